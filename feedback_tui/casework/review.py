"""Stage 2: asked for, and acknowledged. Its response is sent by ``casework.respond``."""

from __future__ import annotations

from feedback_tui.casework.duty import Done, Duty, done, find_case
from feedback_tui.casework.obligations import (
    cause_deadlines,
    date_problems,
    meet,
    move_on,
    refuse_problems,
    require,
    stage_of,
)
from feedback_tui.casework.refusals import Problem
from feedback_tui.models.case import Stage
from feedback_tui.models.steps import Acknowledgement, ReviewRequest
from feedback_tui.words import DeadlineKind, Status, StepKey


def request_review(duty: Duty, reference: str, given: ReviewRequest, seen: int | None = None) -> Done:
    """Opens Stage 2, with another officer and another investigator than at stage 1.

    Raises Refused where the procedure has one stage, naming what comes next; BadInput.
    """
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.REQUEST_REVIEW, duty)
        first = stage_of(case, 1)
        problems = date_problems(
            "on", "The request", given.on, duty.today, not_before=first.responded_on, before="the stage 1 response"
        )
        stage_1_officer = first.officer or case.officer
        if not given.officer or given.officer.casefold() == stage_1_officer.casefold():
            problems.append(Problem("officer", f"Stage 2 goes to another officer than {stage_1_officer}."))
        if given.investigator and given.investigator.casefold() == (first.investigator or "").casefold():
            problems.append(Problem("investigator", f"{given.investigator} investigated stage 1: name another."))
        refuse_problems(problems)
        case.stages.append(
            Stage(
                number=2,
                procedure=case.procedure,
                procedure_version=case.procedure_version,
                started_on=given.on,
                officer=given.officer,
                investigator=given.investigator or None,
            )
        )
        first.officer = stage_1_officer
        case.stage_number, case.officer = 2, given.officer
        case.closed_on = None
        old = move_on(case, Status.IN_REVIEW)
        cause_deadlines(case, duty)
        work.record(
            StepKey.REQUEST_REVIEW,
            case,
            given.on,
            from_status=old,
            reason=given.reason,
            details={"officer": given.officer, "investigator": given.investigator},
        )
    return done(case)


def acknowledge_review(duty: Duty, reference: str, given: Acknowledgement, seen: int | None = None) -> Done:
    """Records the acknowledgement of a Stage 2 request. Raises Refused, BadInput."""
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.ACKNOWLEDGE_REVIEW, duty)
        stage = stage_of(case)
        refuse_problems(
            date_problems(
                "on", "The acknowledgement", given.on, duty.today, not_before=stage.started_on, before="the request"
            )
        )
        stage.acknowledged_on = given.on
        meet(case, (DeadlineKind.STAGE_2_ACKNOWLEDGEMENT,), given.on)
        cause_deadlines(case, duty)
        work.record(StepKey.ACKNOWLEDGE_REVIEW, case, given.on, from_status=case.status)
    return done(case)
