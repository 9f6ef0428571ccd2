"""Compliments: thanks passed on, and a quote that has nobody's name in it."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.casework.compliments import quote, thank
from feedback_tui.casework.restrict import restrict
from feedback_tui.casework.undo import undo
from feedback_tui.enums import Kind, Role, YearSection
from feedback_tui.models.inputs.early_closure import Restriction
from feedback_tui.models.inputs.follow_up import Quote, Thanks
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, one_event, refused

RECEIVED, LATER = date(2024, 3, 4), date(2024, 3, 11)


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A compliment of a daughter."""
    return Casework(shropshire).log(
        procedure=None, kind=Kind.COMPLIMENT, description="Ann Lee was cared for so well", customer_name="Ann Lee",
        correspondent_name="Grace Holt", correspondent_role=Role.FAMILY,
    )  # fmt: skip


def test_thanks_are_passed_on_once_with_their_day(case: Casework) -> None:
    sam = case.actor(LATER)
    with refused(case.register, "before the receipt", field="on"):
        thank(sam, case.reference, Thanks(on=date(2024, 3, 1)))
    with refused(case.register, "after today", field="on"):
        thank(sam, case.reference, Thanks(on=date(2024, 3, 12)))
    with one_event(case.register):
        thank(sam, case.reference, Thanks(on=LATER, words="To Pat, at the team meeting"))
    assert case.page().thanked_on == LATER
    assert case.last_event().words == "To Pat, at the team meeting"
    with refused(case.register, "the thanks were passed on already"):
        thank(sam, case.reference, Thanks(on=LATER))
    undo(sam, case.reference)
    assert case.page().thanked_on is None


def test_a_quote_with_a_name_of_the_case_is_refused_unless_it_is_none(case: Casework) -> None:
    sam = case.actor(LATER)
    with refused(case.register, "It still has Ann, Lee, of the names in the case", field="text"):
        quote(sam, case.reference, Quote(text="Ann Lee was cared for so well"))
    with refused(case.register, "stands just so already", field="text"):
        quote(sam, case.reference, Quote(text=""))
    with one_event(case.register):
        quote(sam, case.reference, Quote(text="By the Grace of God she was cared for", no_name=True))
    assert case.page().quote == "By the Grace of God she was cared for"
    assert case.last_event().details == {}
    quote(sam, case.reference, Quote(text="She was cared for so well"))
    undo(sam, case.reference)
    assert case.page().quote == "By the Grace of God she was cared for"


def test_only_a_compliment_is_passed_on_or_quoted(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    with refused(shropshire, "it is a complaint, and that is for a compliment"):
        thank(case.actor(LATER), case.reference, Thanks(on=LATER))
    with refused(shropshire, "it is a complaint, and that is for a compliment"):
        quote(case.actor(LATER), case.reference, Quote(text="x"))


def test_quotes_stand_in_the_report_and_answered_enquiries_are_counted(case: Casework) -> None:
    register = case.register
    quote(case.actor(LATER), case.reference, Quote(text="So well looked after"))
    for role in (Role.MP, Role.MP, Role.COUNCILLOR):
        asked = Casework(register).log(RECEIVED, None, kind=Kind.ENQUIRY, correspondent_role=role)
    asked.respond(LATER)
    found = figures_of(register, reporting_year("2023/24"), LATER)
    assert (found.enquiries.counts, found.enquiries_answered) == ({"MP": 2, "councillor": 1}, {"councillor": 1})
    assert found.words[YearSection.QUOTES] == ("So well looked after",)
    (section,) = [part for part in paper(found).sections if part.title == "Compliments and enquiries"]
    assert "Enquiries answered: councillor 1." in section.paragraphs[0]


def test_the_quote_of_a_restricted_compliment_is_told_to_those_named_for_it(case: Casework) -> None:
    register, year = case.register, reporting_year("2023/24")
    quote(case.actor(LATER), case.reference, Quote(text="So well looked after"))
    restrict(case.actor(LATER), case.reference, Restriction(on=LATER, officers=("Sam Reed",), reason="A colleague"))
    register.reader = "Sam Reed"
    assert figures_of(register, year, LATER).words[YearSection.QUOTES] == ("So well looked after",)
    register.reader = "Kim Ode"
    found = figures_of(register, year, LATER)
    assert found.words[YearSection.QUOTES] == ("restricted",)
    assert found.feedback.total == 1
