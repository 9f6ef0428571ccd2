"""Verbs for the investigator's work: chase, draft received, draft checked, sign-off."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    beginning_of,
    date_problems,
    due_problems,
    fixed_deadline,
    meet,
    refuse_problems,
    require,
    response_expected,
    responses_owed,
    stage_of,
)
from feedback_tui.casework.errors import Problem
from feedback_tui.enums import DeadlineKind, StepKey
from feedback_tui.models.case import Case, Stage
from feedback_tui.models.contact import Chase
from feedback_tui.models.inputs.contact import ChaseInput, DraftCheck, DraftReceived, SignOff
from feedback_tui.rules.dates import long_date

K = DeadlineKind


def chase(actor: Actor, reference: str, given: ChaseInput, seen: int | None = None) -> StepResult:
    """Logs that the investigator was chased: to whom it was escalated, why it is late, when to chase again.

    Raises StepNotAllowed; InvalidInput for a wrong date.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.CHASE, actor)
        stage = stage_of(case)
        problems = _since_the_start("The chase", given.on, stage, actor)
        problems += due_problems("next_on", "The next chase", given.next_on, actor)
        if given.next_on is not None and given.next_on <= max(given.on, actor.today):
            after = long_date(max(given.on, actor.today))
            problems.append(Problem("next_on", f"Chase again after {after}: give a later day."))
        refuse_problems(problems)
        case.chases.append(
            Chase(
                position=len(case.chases) + 1,
                stage_number=stage.number,
                chased_on=given.on,
                investigator=stage.investigator,
                escalated_to=given.escalated_to or None,
                why_late=given.why_late,
                next_on=given.next_on,
            )
        )
        meet(case, (K.CHASE,), given.on)
        if given.next_on is not None:
            rule = f"to chase {stage.investigator} again"
            case.deadlines.append(fixed_deadline(K.CHASE, given.next_on, given.on, rule, stage.number))
        work.record(
            StepKey.CHASE,
            case,
            given.on,
            from_status=case.status,
            details={
                "investigator": stage.investigator,
                "escalated_to": given.escalated_to,
                "chase_again": given.next_on.isoformat() if given.next_on else None,
            },
        )
    return done(case)


def draft_received(actor: Actor, reference: str, given: DraftReceived, seen: int | None = None) -> StepResult:
    """Records that a draft was received; the check and sign-off of an earlier draft are cleared.

    Raises StepNotAllowed; InvalidInput for a wrong date.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.DRAFT_RECEIVED, actor)
        stage = stage_of(case)
        problems = _since_the_start("The draft", given.on, stage, actor)
        if stage.draft_received_on == given.on and stage.draft_checked_on is None:
            problems.append(Problem("on", f"The draft of {long_date(given.on)} is on record already."))
        elif stage.draft_received_on is not None and given.on < stage.draft_received_on:
            problems.append(
                Problem(
                    "on",
                    f"{long_date(given.on)} is before the draft that came on {long_date(stage.draft_received_on)}.",
                )
            )
        refuse_problems(problems)
        _forget_draft(stage)
        stage.draft_received_on = given.on
        meet(case, (K.DRAFT, K.CHASE), given.on)
        work.record(
            StepKey.DRAFT_RECEIVED,
            case,
            given.on,
            from_status=case.status,
            details={"investigator": stage.investigator},
        )
    return done(case)


def check_draft(actor: Actor, reference: str, given: DraftCheck, seen: int | None = None) -> StepResult:
    """Records that the draft was checked. With `again_on` it was sent back, and the next draft is due on that day.

    Raises StepNotAllowed; InvalidInput for a wrong date, or a next draft due after the response.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.DRAFT_CHECKED, actor)
        stage = stage_of(case)
        problems = _since_the_draft("The check", given.on, stage, actor)
        problems += _again_problems(actor, case, given)
        refuse_problems(problems)
        by = given.by or actor.officer
        stage.signed_off_on, stage.signed_off_by = None, None
        if given.again_on is None:
            stage.draft_checked_on, stage.draft_checked_by = given.on, by
        else:
            _forget_draft(stage)
            rule = "the investigator's draft, after it went back"
            case.deadlines.append(fixed_deadline(K.DRAFT, given.again_on, given.on, rule, stage.number))
        work.record(
            StepKey.DRAFT_CHECKED,
            case,
            given.on,
            from_status=case.status,
            reason=given.words,
            details={"by": by, "went_back_until": given.again_on.isoformat() if given.again_on else None},
        )
    return done(case)


def sign_off(actor: Actor, reference: str, given: SignOff, seen: int | None = None) -> StepResult:
    """Records that the responsible person, or someone they named, signed off the response (reg 14).

    Raises StepNotAllowed; InvalidInput without a name or for a wrong date.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.SIGN_OFF, actor)
        stage = stage_of(case)
        problems = _since_the_draft("The sign-off", given.on, stage, actor)
        if stage.draft_checked_on is not None and given.on < stage.draft_checked_on:
            problems += date_problems(
                "on", "The sign-off", given.on, actor.today, not_before=stage.draft_checked_on, before="the check"
            )
        if not given.by:
            problems.append(Problem("by", "Name who signed it off: the responsible person, or whom they named."))
        refuse_problems(problems)
        stage.signed_off_on, stage.signed_off_by = given.on, given.by
        work.record(StepKey.SIGN_OFF, case, given.on, from_status=case.status, details={"by": given.by})
    return done(case)


def _since_the_start(what: str, on: date, stage: Stage, actor: Actor) -> list[Problem]:
    began = stage.investigation_started_on or stage.started_on
    before = beginning_of(stage) if stage.number > 1 else "the start of the investigation"
    return date_problems("on", what, on, actor.today, not_before=began, before=before)


def _since_the_draft(what: str, on: date, stage: Stage, actor: Actor) -> list[Problem]:
    return date_problems("on", what, on, actor.today, not_before=stage.draft_received_on, before="the draft came")


def _again_problems(actor: Actor, case: Case, given: DraftCheck) -> list[Problem]:
    """Returns the problems of the next draft's date: before the check or today, or after the response is expected."""
    again = given.again_on
    if again is None:
        return []
    problems = due_problems("again_on", "The next draft's date", again, actor)
    if again < max(given.on, actor.today):
        problems.append(Problem("again_on", f"{long_date(again)} has passed: give the next draft a day to come."))
    expected = response_expected(responses_owed(case), actor.today)
    if expected is not None and again > expected:
        problems.append(
            Problem(
                "again_on",
                f"The draft would be due ({long_date(again)}) after the response is ({long_date(expected)}).",
            )
        )
    return problems


def _forget_draft(stage: Stage) -> None:
    stage.draft_received_on = stage.draft_checked_on = stage.signed_off_on = None
    stage.draft_checked_by = stage.signed_off_by = None
