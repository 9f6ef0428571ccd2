"""The investigator's half: chased, the draft received, checked, signed off; each with its day, each undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.investigator import chase, check_draft, draft_received, sign_off
from feedback_tui.casework.undo import undo
from feedback_tui.enums import DeadlineKind, DeadlineState, Outcome
from feedback_tui.models.inputs.contact import ChaseInput, DraftCheck, DraftReceived, SignOff
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, one_event, refused

D, K, S = date, DeadlineKind, DeadlineState


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """Investigated by Pat Lowe since 6 March; the draft is due on the 25th."""
    case = Casework(shropshire).log()
    case.acknowledge(D(2024, 3, 5))
    case.investigate(D(2024, 3, 6), draft_due_on=D(2024, 3, 25))
    return case


def chased(case: Casework, on: date, **more: Any) -> StepResult:
    return chase(case.actor(on), case.reference, ChaseInput(on=on, **more))


def received(case: Casework, on: date, today: date | None = None) -> StepResult:
    return draft_received(case.actor(today or on), case.reference, DraftReceived(on=on))


def checked(case: Casework, on: date, **more: Any) -> StepResult:
    return check_draft(case.actor(on), case.reference, DraftCheck(on=on, **more))


def signed(case: Casework, on: date, by: str = "Lou West") -> StepResult:
    return sign_off(case.actor(on), case.reference, SignOff(on=on, by=by))


def test_from_the_chase_to_the_response(shropshire: Register, case: Casework) -> None:
    with one_event(shropshire):
        chased(case, D(2024, 3, 26), escalated_to="Jo Day", why_late="On leave", next_on=D(2024, 4, 2))
    assert case.dates()[K.CHASE] == (S.OPEN, D(2024, 4, 2), D(2024, 4, 2))
    chased(case, D(2024, 4, 3), next_on=D(2024, 4, 5))
    rows = case.page().chases
    assert [(row.investigator, row.escalated_to, row.why_late) for row in rows] == [
        ("Pat Lowe", "Jo Day", "On leave"),
        ("Pat Lowe", None, ""),
    ]
    assert [row.state for row in case.page().deadlines if row.kind is K.CHASE] == [S.OPEN, S.MISSED]
    with one_event(shropshire):
        received(case, D(2024, 4, 4))
    assert case.deadline(K.DRAFT).state is S.MISSED
    assert not [row for row in case.page().open_deadlines if row.kind is K.CHASE]
    checked(case, D(2024, 4, 5), words="Two points are not answered")
    signed(case, D(2024, 4, 8))
    stage = case.page().stages[0]
    assert (stage.draft_received_on, stage.draft_checked_on, stage.draft_checked_by) == (
        D(2024, 4, 4),
        D(2024, 4, 5),
        "Sam Reed",
    )
    assert (stage.signed_off_on, stage.signed_off_by) == (D(2024, 4, 8), "Lou West")
    with refused(shropshire, "before the sign-off", field="on"):
        case.respond(D(2024, 4, 5), Outcome.UPHELD)
    case.respond(D(2024, 4, 9), Outcome.UPHELD)


def test_a_draft_that_went_back_is_due_again(shropshire: Register, case: Casework) -> None:
    received(case, D(2024, 3, 22))
    before = case.page()
    checked(case, D(2024, 3, 25), words="The visit log is missing", again_on=D(2024, 3, 28))
    stage = case.page().stages[0]
    assert stage.draft_received_on is stage.draft_checked_on is None
    assert [(row.state, row.due_on) for row in case.page().deadlines if row.kind is K.DRAFT] == [
        (S.OPEN, D(2024, 3, 28)),
        (S.MET, D(2024, 3, 25)),
    ]
    undo(case.actor(D(2024, 3, 25)), case.reference)
    assert (case.page().stages, case.page().deadlines) == (before.stages, before.deadlines)


def test_a_later_draft_takes_the_check_and_the_sign_off_away(case: Casework) -> None:
    received(case, D(2024, 3, 22))
    checked(case, D(2024, 3, 22), by="Kim Ode")
    signed(case, D(2024, 3, 22))
    received(case, D(2024, 3, 25))
    stage = case.page().stages[0]
    assert stage.draft_received_on == D(2024, 3, 25)
    assert stage.draft_checked_by is stage.signed_off_by is None


@pytest.mark.parametrize(
    ("step", "words", "field"),
    [
        (lambda case: chased(case, D(2024, 3, 5)), "before the start of the investigation", "on"),
        (lambda case: chased(case, D(2024, 3, 26), next_on=D(2024, 3, 26)), "give a later day", "next_on"),
        (lambda case: received(case, D(2024, 3, 5)), "before the start of the investigation", "on"),
        (lambda case: received(case, D(2024, 3, 22), D(2024, 3, 21)), "after today", "on"),
        (lambda case: checked(case, D(2024, 3, 22)), "no draft is recorded as received", ""),
        (lambda case: signed(case, D(2024, 3, 22)), "no draft is recorded as received", ""),
    ],
)
def test_a_draft_that_cannot_be_is_refused_at_its_field(
    shropshire: Register, case: Casework, step: Callable[[Casework], StepResult], words: str, field: str
) -> None:
    with refused(shropshire, words, field=field):
        step(case)


def test_what_is_refused_of_a_draft_that_came(shropshire: Register, case: Casework) -> None:
    received(case, D(2024, 3, 22))
    with refused(shropshire, "on record already", field="on"):
        received(case, D(2024, 3, 22))
    with refused(shropshire, "is before the draft that came", field="on"):
        received(case, D(2024, 3, 21))
    with refused(shropshire, "before the draft came", field="on"):
        checked(case, D(2024, 3, 21))
    with refused(shropshire, "has passed", field="again_on"):
        checked(case, D(2024, 3, 25), again_on=D(2024, 3, 22))
    with refused(shropshire, "after the response is", field="again_on"):
        checked(case, D(2024, 3, 25), again_on=D(2024, 5, 1))
    with refused(shropshire, "Name who signed it off", field="by"):
        signed(case, D(2024, 3, 25), by=" ")
    checked(case, D(2024, 3, 26))
    with refused(shropshire, "before the check", field="on"):
        signed(case, D(2024, 3, 25))


def test_no_one_is_chased_where_no_one_investigates(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure="corporate")
    with refused(shropshire, "no investigator is named"):
        chased(case, D(2024, 3, 6))
    case.acknowledge(D(2024, 3, 5))
    case.respond(D(2024, 3, 6), Outcome.UPHELD)
    case.request_review(D(2024, 3, 11))
    with refused(shropshire, "no investigator is named"):
        chased(case, D(2024, 3, 12))
