"""The verb that starts the investigation of a complaint."""

from __future__ import annotations

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    cause_deadlines,
    date_problems,
    due_problems,
    fixed_deadline,
    move_on,
    refuse_problems,
    require,
    response_expected,
    responses_owed,
    settle_procedure,
    stage_of,
)
from feedback_tui.casework.errors import Problem
from feedback_tui.casework.log import points_of
from feedback_tui.enums import DeadlineKind, Status, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.inputs.stages import InvestigationStart
from feedback_tui.rules.dates import long_date


def investigate(actor: Actor, reference: str, given: InvestigationStart, seen: int | None = None) -> StepResult:
    """Assigns the complaint to an investigating officer and settles its procedure.

    Deadlines are counted from the original receipt. Raises StepNotAllowed; InvalidInput for a missing investigator or
    procedure, a wrong date, or a draft due after the response.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.INVESTIGATE, actor)
        problems = date_problems(
            "on", "The start", given.on, actor.today, not_before=case.received_on, before="the receipt"
        )
        if not given.investigator:
            problems.append(Problem("investigator", "Name the investigating officer."))
        if case.procedure is None and not given.procedure:
            keys = ", ".join(procedure.key for procedure in actor.register.profile.procedures)
            problems.append(Problem("procedure", f"Settle the procedure first: {keys}."))
        if given.draft_due_on is not None and given.draft_due_on < given.on:
            problems.append(
                Problem("draft_due_on", f"The draft would be due ({long_date(given.draft_due_on)}) before the start.")
            )
        problems += due_problems("draft_due_on", "The draft's date", given.draft_due_on, actor)
        refuse_problems(problems)
        if given.points:
            case.points[:] = points_of(given.points)
        if key := given.procedure or case.procedure:
            settle_procedure(case, key, actor, given.adult_social_care)
        stage = stage_of(case)
        stage.investigation_started_on, stage.investigator = given.on, given.investigator
        stage.officer = case.officer
        old = move_on(case, Status.INVESTIGATING)
        cause_deadlines(case, actor)
        refuse_problems(_draft_problems(case, given))
        if given.draft_due_on is not None:
            case.deadlines.append(
                fixed_deadline(DeadlineKind.DRAFT, given.draft_due_on, given.on, "the investigator's draft")
            )
        work.record(
            StepKey.INVESTIGATE,
            case,
            given.on,
            from_status=old,
            details={"investigator": given.investigator, "procedure": case.procedure},
        )
    return done(case)


def _draft_problems(case: Case, given: InvestigationStart) -> list[Problem]:
    """Returns a problem if the draft would be due after the date by which the response is expected."""
    expected = response_expected(responses_owed(case), given.on)
    if given.draft_due_on is None or expected is None or given.draft_due_on <= expected:
        return []
    return [
        Problem(
            "draft_due_on",
            f"The draft would be due ({long_date(given.draft_due_on)}) after the response is ({long_date(expected)}).",
        )
    ]
