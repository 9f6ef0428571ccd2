"""The mark “do not destroy”: a marked case is not erased, neither at the end of its retention nor on request."""

from __future__ import annotations

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    date_problems,
    due_problems,
    fixed_deadline,
    meet,
    refuse_problems,
    require,
)
from feedback_tui.casework.errors import Problem
from feedback_tui.enums import DeadlineKind, StepKey
from feedback_tui.models.inputs.keeping import DoNotDestroy
from feedback_tui.models.inputs.stages import Reason
from feedback_tui.rules.dates import long_date

REVIEW = DeadlineKind.KEEPING_REVIEW


def do_not_destroy(actor: Actor, reference: str, given: DoNotDestroy, seen: int | None = None) -> StepResult:
    """Marks a case “do not destroy”, with a date to review that; changes the reason or date of a mark.

    The review stays owed after the case is closed. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.DO_NOT_DESTROY, actor)
        since = case.kept_since
        problems = date_problems(
            "on",
            "The mark",
            given.on,
            actor.today,
            not_before=since or case.received_on,
            before="it was marked" if since else "the receipt",
        )
        if not given.reason:
            problems.append(Problem("reason", "Give the reason: what it must be kept for."))
        if given.review_on <= given.on:
            problems.append(Problem("review_on", f"Look again after {long_date(given.on)}, the day it is marked."))
        problems += due_problems("review_on", "The date to look again", given.review_on, actor)
        refuse_problems(problems)
        meet(case, (REVIEW,), given.on)
        case.kept_since, case.kept_for, case.keeping_review_on = since or given.on, given.reason, given.review_on
        case.deadlines.append(fixed_deadline(REVIEW, given.review_on, given.on, ""))
        work.record(
            StepKey.DO_NOT_DESTROY,
            case,
            given.on,
            from_status=case.status,
            reason=given.reason,
            details={"review": given.review_on.isoformat()},
        )
    return done(case)


def may_be_destroyed(actor: Actor, reference: str, given: Reason, seen: int | None = None) -> StepResult:
    """Ends the mark “do not destroy”. Raises StepNotAllowed, InvalidInput."""
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.MAY_BE_DESTROYED, actor)
        problems = date_problems(
            "on", "The end", given.on, actor.today, not_before=case.kept_since, before="it was marked"
        )
        if not given.reason:
            problems.append(Problem("reason", "Give the reason: why it need not be kept any more."))
        refuse_problems(problems)
        meet(case, (REVIEW,), given.on)
        case.kept_since, case.kept_for, case.keeping_review_on = None, "", None
        work.record(StepKey.MAY_BE_DESTROYED, case, given.on, from_status=case.status, reason=given.reason)
    return done(case)
