"""On hold for another process: nothing moves, it is looked at again, and it goes on where it stood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.hold import hold, resume
from feedback_tui.enums import DeadlineKind, DeadlineState, OtherProcess, Outcome, Status, StepKey
from feedback_tui.models.inputs.stages import Hold, Reason
from feedback_tui.storage.register import Register
from tests.casework.cases import AIM, LIMIT, SIX_MONTHS, Casework, one_event, refused

D, K, S = date, DeadlineKind, DeadlineState


def put(case: Casework, today: date = D(2024, 3, 11), **more: object) -> None:
    given = {"on": today, "process": OtherProcess.SAFEGUARDING, "reason": "An enquiry is under way", **more}
    hold(case.actor(today), case.reference, Hold(**{"look_again_on": D(2024, 4, 8), **given}))


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
        resume(case.actor(D(2024, 4, 9)), case.reference, Reason(on=D(2024, 4, 9), reason="It ended"))
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
        resume(case.actor(D(2024, 3, 11)), case.reference, Reason(on=D(2024, 3, 11), reason="x"))
    put(case)
    with refused(shropshire, "looked at again on Mon 8 April 2024, already", field="look_again_on"):
        put(case)
    with refused(shropshire, "before the hold began", field="on"):
        put(case, D(2024, 3, 12), on=D(2024, 3, 8), look_again_on=D(2024, 5, 7))
    with refused(shropshire, "before it began", field="on"):
        resume(case.actor(D(2024, 3, 12)), case.reference, Reason(on=D(2024, 3, 8), reason="x"))


def test_it_is_looked_at_and_stays_on_hold(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.acknowledge(D(2024, 3, 5))
    put(case)
    with one_event(shropshire):
        put(
            case,
            D(2024, 4, 8),
            process=OtherProcess.POLICE,
            reason="The police took it up",
            look_again_on=D(2024, 5, 7),
        )
    looked, again = (row for row in case.page().deadlines if row.kind is K.REVIEW_HOLD)
    assert {(row.state, row.due_on, row.rule) for row in (looked, again)} == {
        (S.MET, D(2024, 4, 8), "on hold: safeguarding"),
        (S.OPEN, D(2024, 5, 7), "on hold: police"),
    }
    assert case.page().status is Status.ON_HOLD
    resume(case.actor(D(2024, 5, 8)), case.reference, Reason(on=D(2024, 5, 8), reason="It ended"))
    assert case.page().status is Status.ACKNOWLEDGED


def test_it_may_be_withdrawn_from_hold_and_reopens_on_hold(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.acknowledge(D(2024, 3, 5))
    put(case)
    before = case.page()
    case.withdraw(D(2024, 3, 12))
    assert case.deadline(K.REVIEW_HOLD).state is S.CANCELLED
    assert case.reopen(D(2024, 3, 13)).status is Status.ON_HOLD
    assert case.page().deadlines == before.deadlines


def test_an_answer_may_be_sent_from_hold_where_it_is_said_and_ends_it(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    put(case)
    with refused(shropshire, "on hold (safeguarding, look again by", "off hold first", field="on_hold_too"):
        case.respond(D(2024, 3, 12), Outcome.UPHELD)
    assert case.respond(D(2024, 3, 12), Outcome.UPHELD, on_hold_too=True).status is Status.RESPONSE_SENT
    assert case.deadline(K.REVIEW_HOLD).state is S.MET
    case.close(D(2024, 3, 12))
    assert case.reopen(D(2024, 3, 13)).status is Status.RESPONSE_SENT
    assert case.deadline(K.REVIEW_HOLD).state is S.MET


def test_stage_2_on_hold_is_no_stage_1(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure="corporate")
    case.acknowledge(D(2024, 3, 5))
    case.respond(D(2024, 3, 6), Outcome.UPHELD)
    case.request_review(D(2024, 3, 7))
    put(case)
    stage_1_steps: list[Callable[[], StepResult]] = [
        lambda: case.acknowledge(D(2024, 3, 12)),
        lambda: case.respond(D(2024, 3, 12), Outcome.UPHELD),
    ]
    for stage_1 in stage_1_steps:
        with refused(shropshire, "Stage 2 is under way", "Possible now: ", "Acknowledge Stage 2"):
            stage_1()
    case.acknowledge_review(D(2024, 3, 12))
    assert case.page().stages[1].acknowledged_on == D(2024, 3, 12)
    assert case.page().acknowledged_on == D(2024, 3, 5)
    with refused(shropshire, "on hold", field="on_hold_too"):
        case.respond_review(D(2024, 3, 13), Outcome.NOT_UPHELD)
    assert case.respond_review(D(2024, 3, 13), Outcome.NOT_UPHELD, on_hold_too=True).status is Status.RESPONSE_SENT
    assert case.page().stages[0].outcome is Outcome.UPHELD


def test_stage_1_on_hold_has_no_stage_2(shropshire: Register) -> None:
    case = Casework(shropshire).log(procedure="corporate")
    put(case)
    with refused(shropshire, "no Stage 2 is under way"):
        case.respond_review(D(2024, 3, 12), Outcome.UPHELD)
