"""Verbs that end a case or undo that: withdraw, close, reopen, mark as logged in error."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.actor import Actor, StepResult, done, find_case, owed_undated
from feedback_tui.casework.case_deadlines import (
    bring_back,
    date_problems,
    due_problems,
    end_open,
    fixed_deadline,
    last_step,
    move_on,
    refuse_problems,
    require,
    stage_of,
    version_of,
)
from feedback_tui.casework.early_closure import require_nothing_joined
from feedback_tui.casework.errors import Problem
from feedback_tui.casework.reopened_deadlines import count_with_days_off_of_now
from feedback_tui.enums import ClosingReason, DeadlineKind, DeadlineState, Kind, Outcome, Status, StepKey
from feedback_tui.models.case import Case, Stage
from feedback_tui.models.inputs.stages import Closing, Reason, Reopening, Withdrawal
from feedback_tui.rules.dates import long_date

PROMISED_AGAIN = "a further response promised on reopening"
_BEFORE_INVESTIGATION = (
    ClosingReason.NOT_ACCEPTED,
    ClosingReason.SIGNPOSTED,
    ClosingReason.TRANSFERRED,
    ClosingReason.DUPLICATE,
)
"""Closing reasons that are decided before an investigation begins."""


def withdraw(actor: Actor, reference: str, given: Withdrawal, seen: int | None = None) -> StepResult:
    """Closes a case that the complainant withdrew; an investigation under way gets the outcome withdrawn.

    Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.WITHDRAW, actor)
        last, before = last_step(case)
        refuse_problems(date_problems("on", "The withdrawal", given.on, actor.today, not_before=last, before=before))
        _end(case, given.on, ClosingReason.WITHDRAWN)
        old = move_on(case, Status.CLOSED)
        work.record(StepKey.WITHDRAW, case, given.on, from_status=old, reason=given.reason)
        left = owed_undated(case)
    return done(case, left)


def close_case(actor: Actor, reference: str, given: Closing, seen: int | None = None) -> StepResult:
    """Closes a case. An unanswered complaint needs a closing reason. Open actions and redress stay owed.

    Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.CLOSE, actor)
        last, before = last_step(case)
        problems = date_problems("on", "The closing", given.on, actor.today, not_before=last, before=before)
        refuse_problems(problems + _reason_problems(case, given))
        _end(case, given.on, given.reason)
        old = move_on(case, Status.CLOSED)
        work.record(
            StepKey.CLOSE, case, given.on, from_status=old, reason=given.words, details={"reason": given.reason}
        )
        left = owed_undated(case)
    return done(case, left)


def reopen(actor: Actor, reference: str, given: Reason, seen: int | None = None) -> StepResult:
    """Reopens a closed case in its former status, with the deadlines that closing had cancelled.

    An answered case may be answered again, by `promised_on` if the complainant was told a date (`Reopening`). Deadlines
    are counted again if days off changed meanwhile. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.REOPEN, actor)
        problems = date_problems(
            "on", "The reopening", given.on, actor.today, not_before=case.closed_on, before="the closing"
        )
        if not given.reason:
            problems.append(Problem("reason", "Give the reason for reopening."))
        promised_on = given.promised_on if isinstance(given, Reopening) else None
        stage = stage_of(case)
        refuse_problems(problems + _promise_problems(actor, stage, given.on, promised_on))
        if stage.responded_on is None:
            stage.outcome = None
        case.closed_on, case.closing_reason = None, None
        case.not_accepted = case.refusal_told_on = case.passed_on_to = case.duplicate_of_id = None
        case.reopened_on = given.on
        bring_back(case)
        if promised_on is not None:
            case.deadlines.append(
                fixed_deadline(DeadlineKind.RESPONSE_PROMISED, promised_on, given.on, PROMISED_AGAIN, stage.number)
            )
        count_with_days_off_of_now(case, version_of(case, actor.register.profile), actor.register.calendar)
        old = move_on(case, status_before(case))
        promise = {"promised": promised_on.isoformat()} if promised_on else None
        work.record(StepKey.REOPEN, case, given.on, from_status=old, reason=given.reason, details=promise)
    return done(case)


def void(actor: Actor, reference: str, given: Reason, seen: int | None = None) -> StepResult:
    """Marks a case as logged in error: it stays on record and is counted nowhere. Raises
    StepNotAllowed, InvalidInput."""
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.VOID, actor)
        problems = date_problems("on", "The date", given.on, actor.today)
        if not given.reason:
            problems.append(Problem("reason", "Give the reason: a case is never removed without one."))
        refuse_problems(problems)
        require_nothing_joined(work, case, "Logged in error")
        end_open(case, keep=())
        old = move_on(case, Status.VOID)
        work.record(StepKey.VOID, case, given.on, from_status=old, reason=given.reason)
    return done(case)


def _promise_problems(actor: Actor, stage: Stage, on: date, promised_on: date | None) -> list[Problem]:
    """Returns what is wrong with the date promised for a further response."""
    if promised_on is None:
        return []
    if stage.responded_on is None:
        return [Problem("promised_on", "It was not answered: the dates that it had run again.")]
    if promised_on < on:
        return [Problem("promised_on", f"{long_date(promised_on)} is before the reopening ({long_date(on)}).")]
    return due_problems("promised_on", "The date promised", promised_on, actor)


def _reason_problems(case: Case, given: Closing) -> list[Problem]:
    """Checks the closing reason: only for an unanswered case, and some reasons only before an investigation."""
    stage = stage_of(case)
    if stage.responded_on is not None:
        if given.reason is None:
            return []
        return [Problem("reason", "It was answered: a closing reason is for a case that never was.")]
    if case.kind is not Kind.COMPLAINT:
        return []
    begun = stage.number > 1 or stage.investigation_started_on is not None
    reasons = [reason for reason in ClosingReason if not (begun and reason in _BEFORE_INVESTIGATION)]
    if given.reason in reasons:
        return []
    fitting = f"Reasons that fit: {', '.join(reasons)}."
    if given.reason is None:
        words = f"No response was sent: send it first, or give the reason for closing. {fitting}"
    else:
        words = f"“{given.reason}” is decided before the investigation, which has begun: send the response. {fitting}"
    return [Problem("reason", words)]


def _end(case: Case, on: date, reason: ClosingReason | None) -> None:
    stage = stage_of(case)
    case.closed_on = on
    if stage.number == 1:
        case.closing_reason = reason
    begun = stage.number > 1 or stage.investigation_started_on is not None
    if case.kind is Kind.COMPLAINT and stage.responded_on is None and begun:
        stage.outcome = Outcome.WITHDRAWN if reason is ClosingReason.WITHDRAWN else Outcome.NO_FINDING
    end_open(case)


def status_before(case: Case) -> Status:
    """Returns the status of a case before it was closed or put on hold, derived from the steps on record."""
    stage = stage_of(case)
    if any(row.kind is DeadlineKind.REVIEW_HOLD and row.state is DeadlineState.OPEN for row in case.deadlines):
        return Status.ON_HOLD
    if stage.responded_on is not None:
        return Status.RESPONSE_SENT
    if stage.number > 1:
        return Status.IN_REVIEW
    if stage.investigation_started_on is not None:
        return Status.INVESTIGATING
    return Status.ACKNOWLEDGED if case.acknowledged_on is not None else Status.LOGGED
