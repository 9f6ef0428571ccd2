"""On hold for another process: nothing moves, it is looked at again, and it goes on where it stood."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.hold import hold, resume
from feedback_tui.models.steps import Hold, Reason
from feedback_tui.storage.register import Register
from feedback_tui.words import DeadlineKind, DeadlineState, OtherProcess, Status, StepKey
from tests.casework.cases import AIM, LIMIT, SIX_MONTHS, Casework, one_event, refused

D, K, S = date, DeadlineKind, DeadlineState


def put(case: Casework, today: date = D(2024, 3, 11), **more: object) -> None:
    given = {"on": today, "process": OtherProcess.SAFEGUARDING, "reason": "An enquiry is under way", **more}
    hold(case.duty(today), case.reference, Hold(**{"look_again_on": D(2024, 4, 8), **given}))


def test_a_hold_moves_no_date(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.acknowledge(D(2024, 3, 5))
    case.investigate(D(2024, 3, 6))
    before = case.dates()
    with one_event(shropshire):
        put(case, told_on=D(2024, 3, 11))
    assert case.page().status is Status.ON_HOLD
    after = case.dates()
    assert after.pop(K.REVIEW_HOLD) == (S.OPEN, D(2024, 4, 8), D(2024, 4, 8))
    assert after == before
    assert after[K.STAGE_1_TARGET][2] == AIM
    assert after[K.STAGE_1_LIMIT][2] == LIMIT
    assert after[K.STATUTORY_LIMIT][2] == SIX_MONTHS
    event = case.last_event()
    assert (event.step, event.words) == (StepKey.HOLD, "An enquiry is under way")
    assert event.details["process"] == "safeguarding"


def test_it_goes_on_where_it_stood(shropshire: Register) -> None:
    for step, stood in (
        (lambda case: None, Status.LOGGED),
        (lambda case: case.acknowledge(D(2024, 3, 5)), Status.ACKNOWLEDGED),
        (lambda case: case.investigate(D(2024, 3, 6)), Status.INVESTIGATING),
    ):
        case = Casework(shropshire).log()
        step(case)
        put(case)
        resume(case.duty(D(2024, 4, 9)), case.reference, Reason(on=D(2024, 4, 9), reason="It ended"))
        assert case.page().status is stood
        assert case.deadline(K.REVIEW_HOLD).state is S.MISSED


def test_what_a_hold_refuses(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    with refused(shropshire, "Look again after", field="look_again_on"):
        put(case, look_again_on=D(2024, 3, 11))
    with refused(shropshire, "before the receipt", field="on"):
        put(case, on=D(2024, 3, 1))
    with refused(shropshire, "Give the reason", field="reason"):
        put(case, reason=" ")
    with refused(shropshire, "it is not on hold", "Possible now"):
        resume(case.duty(D(2024, 3, 11)), case.reference, Reason(on=D(2024, 3, 11), reason="x"))
    put(case)
    with refused(shropshire, "on hold"):
        put(case)
    with refused(shropshire, "before it began", field="on"):
        resume(case.duty(D(2024, 3, 12)), case.reference, Reason(on=D(2024, 3, 8), reason="x"))


def test_an_answer_may_be_sent_from_hold(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    put(case)
    case.withdraw(D(2024, 3, 12))
    assert case.deadline(K.REVIEW_HOLD).state is S.CANCELLED
