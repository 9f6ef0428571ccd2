"""Waiting for another process: on hold, and off it again. No date moves by it; a later one is told and extended."""

from __future__ import annotations

from feedback_tui.casework.close import status_before
from feedback_tui.casework.duty import Done, Duty, done, find_case
from feedback_tui.casework.obligations import (
    date_problems,
    due_problems,
    fixed_deadline,
    meet,
    move_on,
    refuse_problems,
    require,
)
from feedback_tui.casework.refusals import Problem
from feedback_tui.models.steps import Hold, Reason
from feedback_tui.rules.dates import long_date
from feedback_tui.words import DeadlineKind, Status, StepKey


def hold(duty: Duty, reference: str, given: Hold, seen: int | None = None) -> Done:
    """Puts a case on hold for safeguarding, court, police, insurance or disciplinary, until it is looked at again.

    Raises Refused, BadInput.
    """
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.HOLD, duty)
        problems = date_problems(
            "on", "The hold", given.on, duty.today, not_before=case.received_on, before="the receipt"
        )
        problems += date_problems(
            "told_on", "The telling", given.told_on, duty.today, not_before=case.received_on, before="the receipt"
        )
        problems += due_problems("look_again_on", "The date to look again", given.look_again_on, duty)
        if not given.reason:
            problems.append(Problem("reason", "Give the reason: what has to come first, and why."))
        if given.look_again_on <= given.on:
            problems.append(
                Problem("look_again_on", f"Look again after {long_date(given.on)}, the day the hold begins.")
            )
        refuse_problems(problems)
        old = move_on(case, Status.ON_HOLD)
        case.deadlines.append(
            fixed_deadline(
                DeadlineKind.REVIEW_HOLD, given.look_again_on, given.on, f"on hold: {given.process}", case.stage_number
            )
        )
        work.record(
            StepKey.HOLD,
            case,
            given.on,
            from_status=old,
            reason=given.reason,
            details={
                "process": given.process,
                "told": given.told_on.isoformat() if given.told_on else None,
                "look_again": given.look_again_on.isoformat(),
            },
        )
    return done(case)


def resume(duty: Duty, reference: str, given: Reason, seen: int | None = None) -> Done:
    """Takes a case off hold: it goes on where it stood, by the dates it had. Raises Refused, BadInput."""
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.RESUME, duty)
        begun = [row.counted_from for row in case.deadlines if row.kind is DeadlineKind.REVIEW_HOLD]
        refuse_problems(
            date_problems(
                "on",
                "The end of the hold",
                given.on,
                duty.today,
                not_before=max(begun, default=None),
                before="it began",
            )
        )
        meet(case, (DeadlineKind.REVIEW_HOLD,), given.on)
        old = move_on(case, status_before(case))
        work.record(StepKey.RESUME, case, given.on, from_status=old, reason=given.reason)
    return done(case)
