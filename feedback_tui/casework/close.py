"""The ends of a case, and the way back: withdraw, close, reopen, logged in error."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.duty import Done, Duty, done, find_case
from feedback_tui.casework.obligations import (
    bring_back,
    date_problems,
    end_open,
    move_on,
    refuse_problems,
    require,
    stage_of,
)
from feedback_tui.casework.refusals import Problem
from feedback_tui.models.case import Case
from feedback_tui.models.steps import Closing, Reason, Withdrawal
from feedback_tui.words import ClosingReason, Kind, Outcome, Status, StepKey


def withdraw(duty: Duty, reference: str, given: Withdrawal, seen: int | None = None) -> Done:
    """Closes a case that the complainant withdrew; an investigation under way ends as withdrawn. Raises Refused."""
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.WITHDRAW, duty)
        refuse_problems(
            date_problems(
                "on", "The withdrawal", given.on, duty.today, not_before=case.received_on, before="the receipt"
            )
        )
        _end(case, given.on, ClosingReason.WITHDRAWN)
        old = move_on(case, Status.CLOSED)
        work.record(StepKey.WITHDRAW, case, given.on, from_status=old, reason=given.reason)
    return done(case)


def close_case(duty: Duty, reference: str, given: Closing, seen: int | None = None) -> Done:
    """Closes a case. A complaint that was not answered takes a closing reason; open actions and redress stay owed.

    Raises Refused, BadInput.
    """
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.CLOSE, duty)
        stage = stage_of(case)
        answered = stage.responded_on is not None
        last, before = (stage.responded_on, "the response") if answered else (case.received_on, "the receipt")
        problems = date_problems("on", "The closing", given.on, duty.today, not_before=last, before=before)
        if case.kind is Kind.COMPLAINT and not answered and given.reason is None:
            problems.append(
                Problem(
                    "reason",
                    f"No response was sent: send it first, or give the reason for closing: {', '.join(ClosingReason)}.",
                )
            )
        if answered and given.reason is not None:
            problems.append(Problem("reason", "It was answered: a closing reason is for a case that never was."))
        refuse_problems(problems)
        _end(case, given.on, given.reason)
        old = move_on(case, Status.CLOSED)
        work.record(
            StepKey.CLOSE, case, given.on, from_status=old, reason=given.words, details={"reason": given.reason}
        )
    return done(case)


def reopen(duty: Duty, reference: str, given: Reason, seen: int | None = None) -> Done:
    """Opens a closed case again as it was, with the deadlines it had: reopening moves none. Raises Refused."""
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.REOPEN, duty)
        problems = date_problems(
            "on", "The reopening", given.on, duty.today, not_before=case.closed_on, before="the closing"
        )
        if not given.reason:
            problems.append(Problem("reason", "Give the reason for reopening."))
        refuse_problems(problems)
        stage = stage_of(case)
        if stage.responded_on is None:
            stage.outcome = None
        case.closed_on, case.closing_reason = None, None
        old = move_on(case, _status_before(case))
        bring_back(case)
        work.record(StepKey.REOPEN, case, given.on, from_status=old, reason=given.reason)
    return done(case)


def void(duty: Duty, reference: str, given: Reason, seen: int | None = None) -> Done:
    """Marks a case as logged in error: it stays on record and counts nowhere. Raises Refused, BadInput."""
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.VOID, duty)
        problems = date_problems("on", "The date", given.on, duty.today)
        if not given.reason:
            problems.append(Problem("reason", "Give the reason: a case is never removed without one."))
        refuse_problems(problems)
        end_open(case, keep=())
        old = move_on(case, Status.VOID)
        work.record(StepKey.VOID, case, given.on, from_status=old, reason=given.reason)
    return done(case)


def _end(case: Case, on: date, reason: ClosingReason | None) -> None:
    case.closed_on, case.closing_reason = on, reason
    stage = stage_of(case)
    if case.kind is Kind.COMPLAINT and stage.responded_on is None and stage.investigation_started_on is not None:
        stage.outcome = Outcome.WITHDRAWN if reason is ClosingReason.WITHDRAWN else Outcome.NO_FINDING
    end_open(case)


def _status_before(case: Case) -> Status:
    """Where a closed case stood, from what was done to it."""
    stage = stage_of(case)
    if stage.responded_on is not None:
        return Status.RESPONSE_SENT
    if stage.number == 2:
        return Status.IN_REVIEW
    if stage.investigation_started_on is not None:
        return Status.INVESTIGATING
    return Status.ACKNOWLEDGED if case.acknowledged_on is not None else Status.LOGGED
