"""Verbs that open, refuse and acknowledge Stage 2. The response is sent by ``casework.respond``."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.acknowledge import period_problems
from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    cause_deadlines,
    date_problems,
    fixed_deadline,
    meet,
    move_on,
    refuse_problems,
    require,
    stage_of,
)
from feedback_tui.casework.change import not_named
from feedback_tui.casework.errors import Problem
from feedback_tui.enums import DeadlineKind, DeadlineState, Status, StepKey
from feedback_tui.models.case import Stage
from feedback_tui.models.inputs.stages import Acknowledgement, ReviewRequest, StageRefusal
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.restricted_access import may_open


def request_review(actor: Actor, reference: str, given: ReviewRequest, seen: int | None = None) -> StepResult:
    """Opens Stage 2, with another officer and investigator than at stage 1.

    Raises StepNotAllowed, also if the procedure has one stage, naming what comes next; InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.REQUEST_REVIEW, actor)
        first = stage_of(case, 1)
        problems = date_problems(
            "on", "The request", given.on, actor.today, not_before=first.responded_on, before="the stage 1 response"
        )
        stage_1_officer = first.officer or case.officer
        problems += _same_people(given, stage_1_officer, first.investigator or "")
        if given.officer and not may_open(case.restricted_to, given.officer):
            problems.append(Problem("officer", not_named(case, given.officer)))
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
        cause_deadlines(case, actor)
        work.record(
            StepKey.REQUEST_REVIEW,
            case,
            given.on,
            from_status=old,
            reason=given.reason,
            details={"officer": given.officer, "investigator": given.investigator},
        )
    return done(case)


def acknowledge_review(actor: Actor, reference: str, given: Acknowledgement, seen: int | None = None) -> StepResult:
    """Records the acknowledgement of a Stage 2 request, and the period told with it.

    Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.ACKNOWLEDGE_REVIEW, actor)
        stage = stage_of(case)
        problems = date_problems(
            "on", "The acknowledgement", given.on, actor.today, not_before=stage.started_on, before="the request"
        )
        refuse_problems(problems + period_problems(actor, case, given))
        stage.acknowledged_on = given.on
        meet(case, (DeadlineKind.STAGE_2_ACKNOWLEDGEMENT,), given.on)
        cause_deadlines(case, actor)
        if given.promised_on is not None:
            case.deadlines.append(
                fixed_deadline(
                    DeadlineKind.RESPONSE_PROMISED, given.promised_on, given.on, "the period told to the complainant", 2
                )
            )
        work.record(
            StepKey.ACKNOWLEDGE_REVIEW,
            case,
            given.on,
            from_status=case.status,
            details={
                "channel": given.channel,
                "promised": given.promised_on.isoformat() if given.promised_on else None,
            },
        )
    return done(case)


def refuse_stage(actor: Actor, reference: str, given: StageRefusal, seen: int | None = None) -> StepResult:
    """Records that Stage 2 was asked for and refused, with the reasons and the way to the Ombudsman that were told.

    If Stage 2 was open, its open deadlines are cancelled, and the case goes back to the officer of stage 1. The request
    and the refusal stay on record. Source: the Complaint Handling Codes of both Ombudsmen, 2.3 and 2.4. Raises
    StepNotAllowed, also if the procedure has one stage; InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.REFUSE_STAGE, actor)
        first, opened = stage_of(case, 1), stage_of(case, 2) if case.stage_number == 2 else None
        asked_on = opened.started_on if opened else given.asked_on
        refuse_problems(_refusal_problems(actor, given, first, opened, asked_on))
        first.next_stage_asked_on, first.next_stage_refused_on = asked_on, given.told_on
        first.next_stage_refusal = given.reason
        old = case.status
        if opened is not None:
            for deadline in case.deadlines:
                if deadline.stage_number == 2 and deadline.state is DeadlineState.OPEN:
                    deadline.state = DeadlineState.CANCELLED
            case.stages.remove(opened)
            case.stage_number, case.officer = 1, first.officer or case.officer
            move_on(case, Status.RESPONSE_SENT)
        work.record(
            StepKey.REFUSE_STAGE,
            case,
            given.told_on or actor.today,
            from_status=old,
            details={
                "asked": asked_on.isoformat() if asked_on else None,
                "told": given.told_on.isoformat() if given.told_on else None,
                "ombudsman_right_told": True,
            },
        )
    return done(case)


def _refusal_problems(
    actor: Actor, given: StageRefusal, first: Stage, opened: Stage | None, asked_on: date | None
) -> list[Problem]:
    problems = date_problems(
        "asked_on", "The request", asked_on, actor.today, not_before=first.responded_on, before="the stage 1 response"
    )
    problems += date_problems(
        "told_on", "The telling", given.told_on, actor.today, not_before=asked_on, before="the request for Stage 2"
    )
    if not given.reason:
        problems.append(Problem("reason", "A refusal is written, with its reasons: write them."))
    if asked_on is None:
        problems.append(Problem("asked_on", "Give the day on which they asked for Stage 2."))
    elif opened is not None and given.asked_on not in (None, asked_on):
        problems.append(Problem("asked_on", f"Stage 2 was asked for on {long_date(asked_on)}: leave the day out."))
    if given.told_on is None:
        problems.append(Problem("told_on", "Give the day they were told in writing."))
    if not given.ombudsman_told:
        problems.append(
            Problem("ombudsman_told", "Tell them that they may go to the Ombudsman about this, and record it.")
        )
    return problems


def _same_people(given: ReviewRequest, officer: str, investigator: str) -> list[Problem]:
    """Refuses an officer or investigator for Stage 2 who handled stage 1 in either role."""
    handled = {officer.casefold(): f"{officer} handled stage 1"}
    if investigator:
        handled[investigator.casefold()] = f"{investigator} investigated stage 1"
    problems = []
    if not given.officer:
        problems.append(Problem("officer", f"Name the officer for Stage 2: another than {officer}."))
    elif (why := handled.get(given.officer.casefold())) is not None:
        problems.append(Problem("officer", f"{why}: Stage 2 goes to another officer."))
    if (why := handled.get(given.investigator.casefold())) is not None and given.investigator:
        problems.append(Problem("investigator", f"{why}: Stage 2 goes to another investigator."))
    return problems
