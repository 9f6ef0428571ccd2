"""Verbs that put a case on hold for another process and take it off again. No deadline moves; a later date needs an
extension."""

from __future__ import annotations

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    date_problems,
    due_problems,
    fixed_deadline,
    meet,
    move_on,
    refuse_problems,
    require,
    settle,
)
from feedback_tui.casework.close import status_before
from feedback_tui.casework.errors import Problem
from feedback_tui.casework.missed_aims import told_of_delay
from feedback_tui.enums import DeadlineKind, DeadlineState, Status, StepKey
from feedback_tui.models.inputs.stages import Hold, Reason
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.hold_reasons import hold_rule

REVIEW = DeadlineKind.REVIEW_HOLD


def hold(actor: Actor, reference: str, given: Hold, seen: int | None = None) -> StepResult:
    """Puts a case on hold for another process, such as safeguarding or court, with a date to review the hold.

    A case already on hold gets another review date or another process. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.HOLD, actor)
        stands = next((row for row in case.deadlines if row.kind is REVIEW and row.state is DeadlineState.OPEN), None)
        since = stands.counted_from if stands else None
        problems = date_problems(
            "on",
            "The hold",
            given.on,
            actor.today,
            not_before=since or case.received_on,
            before="the hold began" if since else "the receipt",
        )
        problems += date_problems(
            "told_on", "The telling", given.told_on, actor.today, not_before=case.received_on, before="the receipt"
        )
        problems += due_problems("look_again_on", "The date to look again", given.look_again_on, actor)
        if not given.reason:
            problems.append(Problem("reason", "Give the reason: what has to come first, and why."))
        if given.look_again_on <= given.on:
            problems.append(
                Problem("look_again_on", f"Look again after {long_date(given.on)}, the day the hold begins.")
            )
        rule = hold_rule(given.process)
        if stands is not None and (stands.due_on, stands.rule) == (given.look_again_on, rule):
            said = f"It is on hold for that, and looked at again on {long_date(stands.due_on)}, already."
            problems.append(Problem("look_again_on", said))
        refuse_problems(problems)
        if stands is not None:
            settle(stands, given.on)
        if given.told_on is not None:
            told_of_delay(case, given.told_on)
        old = move_on(case, Status.ON_HOLD)
        case.deadlines.append(fixed_deadline(REVIEW, given.look_again_on, given.on, rule, case.stage_number))
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


def resume(actor: Actor, reference: str, given: Reason, seen: int | None = None) -> StepResult:
    """Takes a case off hold: it returns to its former status, with its deadlines unchanged. Raises StepNotAllowed,
    InvalidInput."""
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.RESUME, actor)
        begun = [row.counted_from for row in case.deadlines if row.kind is REVIEW]
        refuse_problems(
            date_problems(
                "on",
                "The end of the hold",
                given.on,
                actor.today,
                not_before=max(begun, default=None),
                before="it began",
            )
        )
        meet(case, (REVIEW,), given.on)
        old = move_on(case, status_before(case))
        work.record(StepKey.RESUME, case, given.on, from_status=old, reason=given.reason)
    return done(case)
