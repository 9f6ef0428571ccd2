"""Verbs that open, refuse and acknowledge a stage after the first. The response is sent by ``casework.respond``."""

from __future__ import annotations

from dataclasses import replace
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
    rules_of,
    stage_of,
)
from feedback_tui.casework.change import not_named
from feedback_tui.casework.errors import Problem, StepNotAllowed
from feedback_tui.casework.stage_parts import parts_of
from feedback_tui.enums import DeadlineKind, DeadlineState, StageTime, Status, StepKey
from feedback_tui.models.case import Case, Stage
from feedback_tui.models.inputs.stages import Acknowledgement, ReviewRequest, StageRefusal
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.deadlines import counted
from feedback_tui.rules.restricted_access import may_open
from feedback_tui.rules.stage_rules import INVESTIGATOR, OFFICER, StageRules


def request_review(actor: Actor, reference: str, given: ReviewRequest, seen: int | None = None) -> StepResult:
    """Opens Stage 2, or the next stage that the procedure has; with other people than before if the procedure asks for
    that.

    A request after the procedure's time is accepted, and the last day for it is recorded. Raises StepNotAllowed, also
    if the procedure has no further stage, naming what comes next; InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.REQUEST_REVIEW, actor)
        before, profile = stage_of(case), actor.register.profile
        rules = rules_of(case, profile, before.number + 1)
        problems = date_problems(
            "on",
            "The request",
            given.on,
            actor.today,
            not_before=before.responded_on,
            before=f"the stage {before.number} response",
        )
        problems += officer_problems(case, rules, given.officer, given.investigator)
        if given.officer and not may_open(case.restricted_to, given.officer):
            problems.append(Problem("officer", not_named(case, given.officer)))
        refuse_problems(problems)
        stage = open_stage(case, rules.number, given.on, given.officer, given.investigator)
        stage.ask_by = _ask_by(actor, rules, before)
        case.closed_on = None
        old = move_on(case, Status.IN_REVIEW)
        cause_deadlines(case, actor)
        late = _late(stage)
        work.record(
            StepKey.REQUEST_REVIEW,
            case,
            given.on,
            from_status=old,
            reason=given.reason,
            details={
                "officer": given.officer,
                "investigator": given.investigator,
                **({"asked_late": True} if late else {}),
                **of_stage(stage.number),
            },
        )
    return replace(done(case), remark=late)


def _late(stage: Stage) -> str:
    """Returns a sentence that says that a stage was asked for after the procedure's time; "" if it was in time."""
    if stage.ask_by is None or stage.started_on <= stage.ask_by:
        return ""
    return (
        f"Stage {stage.number} could be asked for until {long_date(stage.ask_by)}: it is opened, and recorded as late."
    )


def cancel_deadlines(case: Case, number: int) -> None:
    """Cancels the open deadlines of a stage that is not answered: it was skipped, or refused after it was opened."""
    for deadline in case.deadlines:
        if deadline.stage_number == number and deadline.state is DeadlineState.OPEN:
            deadline.state = DeadlineState.CANCELLED


def open_stage(case: Case, number: int, on: date, officer: str, investigator: str) -> Stage:
    """Begins a stage on a day, and gives the case to its officer; with "" the case keeps its officer."""
    before = stage_of(case)
    before.officer = before.officer or case.officer
    for deadline in case.deadlines:
        # It was opened before and refused: its times run anew.
        if deadline.stage_number == number and deadline.state is DeadlineState.CANCELLED:
            deadline.state = DeadlineState.SUPERSEDED
    stage = Stage(
        number=number,
        procedure=case.procedure,
        procedure_version=case.procedure_version,
        started_on=on,
        officer=officer or case.officer,
        investigator=investigator or None,
    )
    case.stages.append(stage)
    case.stage_number, case.officer = number, officer or case.officer
    return stage


def of_stage(number: int) -> dict[str, int]:
    """Returns the detail of an event that names its stage. For Stage 2 it is left out, because the name of the step
    says it."""
    return {"stage": number} if number > 2 else {}


def _ask_by(actor: Actor, rules: StageRules, before: Stage) -> date | None:
    """Returns the last day on which a stage may be asked for; None if the procedure states no time."""
    window = rules.asked_within
    if window is None or before.responded_on is None:
        return None
    return counted(window.count, window.unit, before.responded_on, actor.register.calendar.law)


def acknowledge_review(actor: Actor, reference: str, given: Acknowledgement, seen: int | None = None) -> StepResult:
    """Records the acknowledgement of a request for Stage 2 or a later one, and the period told with it.

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
        meet(case, (DeadlineKind.of(stage.number, StageTime.ACKNOWLEDGEMENT),), given.on)
        cause_deadlines(case, actor)
        if given.promised_on is not None:
            case.deadlines.append(
                fixed_deadline(
                    DeadlineKind.RESPONSE_PROMISED,
                    given.promised_on,
                    given.on,
                    "the period told to the complainant",
                    stage.number,
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
                **of_stage(stage.number),
            },
        )
    return done(case)


def refuse_stage(actor: Actor, reference: str, given: StageRefusal, seen: int | None = None) -> StepResult:
    """Records that the next stage was asked for and refused, with the reasons and the way to the Ombudsman that were
    told.

    If the stage was open, its open deadlines are cancelled, and the case goes back to the officer of the stage before.
    The request and the refusal stay on record. Source: the Complaint Handling Codes of both Ombudsmen, 2.3 and 2.4.
    Raises StepNotAllowed, also if the procedure has one stage; InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.REFUSE_STAGE, actor)
        opened = stage_of(case) if case.status is Status.IN_REVIEW else None
        before = stage_of(case, case.stage_number - 1) if opened else stage_of(case)
        if before.skipped_on is not None:
            number = before.number + 1
            raise StepNotAllowed(
                f"{case.reference} – Refuse Stage {number}: not possible, it was gone on to without an answer of stage "
                f"{before.number}. Answer it."
            )
        asked_on = opened.started_on if opened else given.asked_on
        refuse_problems(_refusal_problems(actor, given, before, opened, asked_on))
        before.next_stage_asked_on, before.next_stage_refused_on = asked_on, given.told_on
        before.next_stage_refusal = given.reason
        old = case.status
        if opened is not None:
            cancel_deadlines(case, opened.number)
            for row in parts_of(case, opened.number):
                case.stage_parts.remove(row)
            case.stages.remove(opened)
            case.stage_number, case.officer = before.number, before.officer or case.officer
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
                **of_stage(before.number + 1),
            },
        )
    return done(case)


def _refusal_problems(
    actor: Actor, given: StageRefusal, before: Stage, opened: Stage | None, asked_on: date | None
) -> list[Problem]:
    name = f"Stage {before.number + 1}"
    answered = f"the stage {before.number} response"
    problems = date_problems(
        "asked_on", "The request", asked_on, actor.today, not_before=before.responded_on, before=answered
    )
    problems += date_problems(
        "told_on", "The telling", given.told_on, actor.today, not_before=asked_on, before=f"the request for {name}"
    )
    if not given.reason:
        problems.append(Problem("reason", "A refusal is written, with its reasons: write them."))
    if asked_on is None:
        problems.append(Problem("asked_on", f"Give the day on which they asked for {name}."))
    elif opened is not None and given.asked_on not in (None, asked_on):
        problems.append(Problem("asked_on", f"{name} was asked for on {long_date(asked_on)}: leave the day out."))
    if given.told_on is None:
        problems.append(Problem("told_on", "Give the day they were told in writing."))
    if not given.ombudsman_told:
        problems.append(
            Problem("ombudsman_told", "Tell them that they may go to the Ombudsman about this, and record it.")
        )
    return problems


def officer_problems(case: Case, rules: StageRules, officer: str, investigator: str) -> list[Problem]:
    """Refuses an officer or investigator who handled an earlier stage in either role, if the procedure asks for another
    person."""
    name, before, problems = f"Stage {rules.number}", stage_of(case), []
    handled: dict[str, str] = {}
    for stage in case.stages:
        its_officer = stage.officer or case.officer
        handled.setdefault(its_officer.casefold(), f"{its_officer} handled stage {stage.number}")
        if stage.investigator:
            handled[stage.investigator.casefold()] = f"{stage.investigator} investigated stage {stage.number}"
    if OFFICER in rules.another:
        if not officer:
            other = before.officer or case.officer
            problems.append(Problem("officer", f"Name the officer for {name}: another than {other}."))
        elif (why := handled.get(officer.casefold())) is not None:
            problems.append(Problem("officer", f"{why}: {name} goes to another officer."))
    if INVESTIGATOR in rules.another and investigator and (why := handled.get(investigator.casefold())) is not None:
        problems.append(Problem("investigator", f"{why}: {name} goes to another investigator."))
    return problems
