"""Names that are written differently find each other in every place where a person is looked for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.casework.erase import erase
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.casework.people import correct_person
from feedback_tui.desk.case_list import Order
from feedback_tui.desk.case_list import cases as case_list
from feedback_tui.desk.earlier_cases import earlier_cases
from feedback_tui.desk.filters.case_filter import EVERY, CaseFilter, Field, How, Term
from feedback_tui.desk.filters.text_match import parts_of
from feedback_tui.desk.find import find
from feedback_tui.desk.name_suggestions import people_named
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.sort_and_group import Arrangement, Grouping, QueueOrder
from feedback_tui.desk.subject_access import held_on
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.people import PersonCorrection
from feedback_tui.models.inputs.stages import Erasure
from feedback_tui.models.register_row import RegisterRow
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register
from feedback_tui.text import folded, folded_words
from tests.casework.cases import Casework
from tests.conftest import actor_on

D = date
TODAY = D(2026, 4, 15)
PAIRS = (
    *(("O'Hara", "O’Hara"), ("O’Hara", "OHara"), ("O`Hara", "o'hara"), ("O´Hara", "OHARA"), ("D‘Arcy", "D'Arcy")),
    *(("Élodie", "Elodie"), ("Siân", "Sian"), ("Zoë", "ZOE"), ("Núñez", "nunez"), ("Nguyễn", "Nguyen")),
    *(("Łukasz", "Lukasz"), ("Bjørn", "Bjorn"), ("Weiß", "Weiss"), ("Đorđe", "Dorde"), ("Þóra", "Thora")),
    *(("Ævar", "Aevar"), ("Œuvray", "Oeuvray"), ("Şahin", "Sahin"), ("İlker", "Ilker"), ("Yılmaz", "Yilmaz")),
    *(("Παπαδόπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ"), ("Ёлкин", "Елкин"), ("محمّد", "محمد"), ("Ｍｕｌｌｅｒ", "Müller")),
    *(("Smith-Jones", "SmithJones"), ("Smith‑Jones", "Smith-Jones"), ("Smith–Jones", "Smith Jones")),
    *(("Al Hassan", "Al-Hassan"), ("AlHassan", "Al-Hassan"), ("Jean−Luc", "Jean-Luc"), ("Ivan\u200dov", "Ivanov")),
    *(("E\u0301lodie", "Élodie"), ("Ångström", "Angstrom"), ("mac\u00a0Donald", "Mac Donald"), ("Gal·la", "Galla")),
)
WAYS = [pair for one, other in PAIRS for pair in ((one, other), (other, one))]


@pytest.mark.parametrize(("stored", "asked"), WAYS)
def test_two_ways_to_write_a_name_are_one(stored: str, asked: str) -> None:
    assert folded(stored).replace(" ", "") == folded(asked).replace(" ", "")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet="abcdefgh xyz", max_size=30))
def test_plain_words_need_no_second_form(text: str) -> None:
    assert folded_words(text) == []


def test_what_is_stored_stays_as_it_was_written(shropshire: Register) -> None:
    case = Casework(shropshire).log(customer_name="Łukasz O’Hara-Weiß")
    assert case.page().people[0].name == "Łukasz O’Hara-Weiß"


def test_every_place_finds_every_way(shropshire: Register) -> None:
    names = dict.fromkeys(stored for stored, _ in WAYS)
    cases = {
        stored: Casework(shropshire).log(D(2026, 4, 7), customer_name=f"Kim {stored}").reference for stored in names
    }
    missed = []
    for stored, asked in WAYS:
        wanted = cases[stored]
        where = {
            "earlier cases": [row.reference for row in earlier_cases(shropshire, asked, most=100)],
            "find": [row.reference for row in find(shropshire, asked, most=100).cases],
            "subject access": [page.reference for page in held_on(shropshire, asked, TODAY).cases],
            "person:": _listed(shropshire, Field.PERSON, asked),
        }
        missed += [f"{place}: {stored} by {asked}" for place, found in where.items() if wanted not in found]
        if not any(folded(stored) in folded(name) for name in people_named(shropshire, asked, most=100)):
            missed.append(f"names: {stored} by {asked}")
    assert missed == []
    assert check(shropshire).findings == ()


def _listed(register: Register, field: Field, name: str) -> list[str]:
    found = EVERY
    for part in parts_of(name):
        found &= CaseFilter((Term(field, How.HAS, (part,)),))
    return [row.reference for row in case_list(register, TODAY, found, limit=200)]


def test_a_name_in_the_words_of_another_case_is_mentioned(shropshire: Register) -> None:
    Casework(shropshire).log(D(2026, 4, 7), customer_name="Sean O’Hara")
    other = Casework(shropshire).log(D(2026, 4, 8), description="It was Mr O'Hara of Łódź Street, and Al Hassan")
    assert held_on(shropshire, "OHara", TODAY).mentions == (other.reference,)
    assert held_on(shropshire, "Al-Hassan", TODAY).mentions == (other.reference,)
    assert [row.reference for row in find(shropshire, "lodz ohara").cases] == [other.reference]
    assert find(shropshire, "o’hara").count == 2


def test_a_name_that_is_corrected_or_erased_is_not_found_any_more(shropshire: Register) -> None:
    case = Casework(shropshire).log(D(2026, 4, 7), customer_name="Łukasz Weiß", correspondent_name="Łukasz Weiß")
    given = PersonCorrection(on=TODAY, position=1, name="Jan Kowalski")
    correct_person(case.actor(TODAY), case.reference, given)
    assert [row.reference for row in earlier_cases(shropshire, "kowalski")] == [case.reference]
    assert earlier_cases(shropshire, "lukasz") == []
    case.withdraw(TODAY)
    erase(
        case.actor(TODAY),
        case.reference,
        Erasure(on=TODAY, reason="They asked", nevertheless="It was about someone else"),
    )
    assert earlier_cases(shropshire, "kowalski") == []
    assert check(shropshire).findings == ()


def test_references_stand_in_the_order_of_their_numbers(shropshire: Register) -> None:
    names = ("ASC-26-9", "ASC-26-10", "ASC-26-0100", "ASC-25-11", "B2", "B10")
    rows = [RegisterRow(reference=name, kind=Kind.COMMENT, received_on=D(2026, 4, 7)) for name in names]
    import_cases(actor_on(shropshire, TODAY), rows)
    listed = [row.reference for row in case_list(shropshire, TODAY, order=Order.REFERENCE)]
    assert listed == ["ASC-25-11", "ASC-26-9", "ASC-26-10", "ASC-26-0100", "B2", "B10"]
    arranged = Arrangement(Grouping.NOTHING, QueueOrder.REFERENCE)
    assert [row.reference for row in queue(shropshire, TODAY, arranged=arranged)] == listed
