"""Who is late with what, what one person holds and hands over, and what a caller may be told."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.casework.authority import record_authority
from feedback_tui.casework.bulk import hand_over_each
from feedback_tui.casework.investigator import draft_received
from feedback_tui.casework.people import record_death
from feedback_tui.desk.case.caller_lookup import NOT_SETTLED, where_we_are
from feedback_tui.desk.investigators import OFFICER, handing_over, held_by, investigators, late_cases, mail_to
from feedback_tui.enums import Authority, DeadlineKind, Outcome, Role
from feedback_tui.models.inputs.contact import DraftReceived
from feedback_tui.models.inputs.people import AuthorityInput, Death
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, everything
from tests.conftest import actor_on

D = date


def investigated(register: Register, investigator: str = "Pat Lowe", draft: date | None = None) -> Casework:
    case = Casework(register).log(description="No carer came")
    case.acknowledge(D(2024, 3, 5))
    case.investigate(D(2024, 3, 6), investigator, draft_due_on=draft)
    return case


def test_late_is_what_waits_for_a_draft_that_has_not_come(shropshire: Register) -> None:
    by_draft = investigated(shropshire, draft=D(2024, 3, 25))
    by_aim = investigated(shropshire, "pat lowe")
    came = investigated(shropshire, "Jo Day", draft=D(2024, 3, 25))
    draft_received(came.actor(D(2024, 3, 22)), came.reference, DraftReceived(on=D(2024, 3, 22)))
    today = D(2024, 4, 12)
    late = late_cases(shropshire, "PAT LOWE", today)
    assert [(row.reference, row.deadline, row.days_late) for row in late] == [
        (by_draft.reference, DeadlineKind.DRAFT, 12),
        (by_aim.reference, DeadlineKind.STAGE_1_TARGET, 2),
    ]
    assert [row.response_due_on for row in late] == [D(2024, 6, 7), D(2024, 6, 7)]
    assert [(one.open, len(one.late)) for one in investigators(shropshire, today)] == [(2, 2), (1, 0)]
    assert late_cases(shropshire, "Pat Lowe", D(2024, 3, 25)) == [], "on its last day it is in time"
    text = mail_to("Pat Lowe", late, D(2024, 4, 19))
    assert f"- {by_draft.reference}: draft due Mon 25 March 2024, 12 working days late" in text
    assert "carer" not in text
    assert "carer" in mail_to("Pat Lowe", late, D(2024, 4, 19), with_summaries=True)


def test_all_that_one_holds_is_shown_then_handed_over_and_what_does_not_fit_is_named(shropshire: Register) -> None:
    both = investigated(shropshire, "Sam Reed")
    review = Casework(shropshire).log(procedure="corporate")
    review.acknowledge(D(2024, 3, 5))
    review.respond(D(2024, 3, 6), Outcome.UPHELD)
    review.request_review(D(2024, 3, 7), officer="Kim Ode")
    today = D(2024, 3, 11)
    actor = actor_on(shropshire, today)
    held = held_by(shropshire, "sam reed")
    assert [(row.reference, row.as_officer, row.as_investigator) for row in held] == [(both.reference, True, True)]
    before = everything(shropshire)
    moves = handing_over(held_by(shropshire, "Kim Ode"), "Sam Reed", today)
    (left,) = hand_over_each(actor, moves, check=True).left
    assert "Sam Reed handled stage 1" in left.why_left
    assert everything(shropshire) == before
    result = hand_over_each(actor, handing_over(held, "Lou West", today, OFFICER))
    assert (len(result.done), len(result.left)) == (1, 0)
    page = both.page(today)
    assert (page.officer, page.stages[0].investigator) == ("Lou West", "Sam Reed")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"authority": Authority.CONSENT_REQUESTED, "due_on": D(2024, 3, 19)}, "nothing about the customer yet"),
        ({"authority": Authority.CONSENT_RECEIVED}, "all of it: the customer agreed"),
        ({"authority": Authority.CONSENT_RECEIVED, "may_be_told": "Only about the visits"}, "Only about the visits"),
    ],
)
def test_what_a_caller_may_be_told(shropshire: Register, given: dict[str, object], told: str) -> None:
    case = Casework(shropshire).log(
        customer_name="Ann Lee", correspondent_name="Bea Lee", correspondent_role=Role.FAMILY
    )
    ann, bea = where_we_are(shropshire, case.reference, D(2024, 3, 5)).people
    assert (ann.told, bea.told) == ("all of it: it is about them", NOT_SETTLED)
    on = D(2024, 3, 5)
    record_authority(case.actor(on), case.reference, AuthorityInput(on=on, position=2, **given))
    assert where_we_are(shropshire, case.reference, on).people[1].told.startswith(told)


def test_one_who_has_died_is_said(shropshire: Register) -> None:
    case = Casework(shropshire).log(customer_name="Ann Lee", correspondent_name="Bea Lee")
    on = D(2024, 3, 5)
    record_death(case.actor(on), case.reference, Death(on=on, position=1, carried_on_by=2))
    found = where_we_are(shropshire, case.reference, on)
    assert [(one.name, one.died_on) for one in found.people] == [("Ann Lee", on), ("Bea Lee", None)]
