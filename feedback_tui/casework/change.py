"""Verbs that change what was settled: the procedure, the date of receipt, who has the case."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    cause_deadlines,
    date_problems,
    days_taken,
    facts_of,
    refuse_problems,
    require,
    rules_of,
    settle_procedure,
    stage_of,
    version_of,
)
from feedback_tui.casework.errors import Problem
from feedback_tui.enums import CountsFrom, DeadlineState, Kind, StepKey, Unit
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.inputs.stages import Allocation, ProcedureChange, ReceiptCorrection
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.deadlines import counted, counts_closures
from feedback_tui.rules.procedures import Version
from feedback_tui.rules.restricted_access import may_open, named
from feedback_tui.rules.stage_rules import INVESTIGATOR, OFFICER, StageRules


def change_procedure(actor: Actor, reference: str, given: ProcedureChange, seen: int | None = None) -> StepResult:
    """Moves a complaint to another procedure, for example from informal to formal.

    Deadlines are counted again from the original receipt; those of the old procedure stay on record as superseded. The
    six months (reg 14), once running, do not end. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.CHANGE_PROCEDURE, actor)
        problems = date_problems(
            "on", "The change", given.on, actor.today, not_before=case.received_on, before="the receipt"
        )
        if not given.reason:
            problems.append(Problem("reason", "Give the reason: why another procedure applies."))
        if case.procedure is not None and given.procedure.casefold() == case.procedure.casefold():
            problems.append(Problem("procedure", f"It is under {case.procedure} already."))
        refuse_problems(problems)
        old = case.procedure
        if given.provider and case.points:
            case.points[0].provider = given.provider
        settle_procedure(case, given.procedure, actor, given.adult_social_care)
        cause_deadlines(case, actor)
        work.record(
            StepKey.CHANGE_PROCEDURE,
            case,
            given.on,
            from_status=case.status,
            reason=given.reason,
            details={"from": old, "to": case.procedure},
        )
    return done(case)


def correct_receipt(actor: Actor, reference: str, given: ReceiptCorrection, seen: int | None = None) -> StepResult:
    """Corrects the date of receipt. Deadlines counted from it are counted again, and those already met are judged
    again.

    `keep_extended` says whether a date extended by hand stays; InvalidInput asks for it if it is needed and missing.
    The working days taken by the response are counted again. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.CORRECT_RECEIPT, actor)
        refuse_problems(_correction_problems(actor, case, given))
        wrong, stage, starts = case.received_on, stage_of(case, 1), _at_receipt(case)
        case.received_on = stage.started_on = given.received_on
        for deadline in case.deadlines:
            if deadline.counts_from in starts and deadline.unit is not Unit.FIXED:
                _count_from(deadline, given, version_of(case, actor.register.profile), actor)
        if case.procedure is not None and stage.responded_on is None:
            settle_procedure(case, case.procedure, actor)
        cause_deadlines(case, actor)
        if stage.responded_on is not None:
            version = version_of(case, actor.register.profile)
            stage.working_days_taken = days_taken(version, stage, actor.register.calendar, stage.responded_on)
        work.record(
            StepKey.CORRECT_RECEIPT,
            case,
            actor.today,
            from_status=case.status,
            reason=given.reason,
            details={"from": wrong.isoformat(), "to": given.received_on.isoformat()},
        )
    return done(case)


def allocate(actor: Actor, reference: str, given: Allocation, seen: int | None = None) -> StepResult:
    """Assigns a case to another officer, its investigation to another investigator, or both.

    Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.ALLOCATE, actor)
        stage = stage_of(case)
        problems = date_problems(
            "on", "The handing over", given.on, actor.today, not_before=stage.started_on, before="the stage began"
        )
        if not given.officer and not given.investigator:
            problems.append(Problem("officer", "Name the officer, the investigator, or both."))
        if given.investigator and stage.investigation_started_on is None and stage.number == 1:
            problems.append(
                Problem("investigator", "The investigation has not begun: start it, and name the investigator there.")
            )
        if given.officer and not may_open(case.restricted_to, given.officer):
            problems.append(Problem("officer", not_named(case, given.officer)))
        refuse_problems(problems + _other_people_problems(case, given, rules_of(case, actor.register.profile)))
        if given.officer:
            case.officer = stage.officer = given.officer
        if given.investigator:
            stage.investigator = given.investigator
        work.record(
            StepKey.ALLOCATE,
            case,
            given.on,
            from_status=case.status,
            reason=given.reason,
            details={"officer": given.officer, "investigator": given.investigator},
        )
    return done(case)


def not_named(case: Case, officer: str) -> str:
    """Returns the message for assigning a restricted case to an officer who may not open it."""
    only = ", ".join(named(case.restricted_to))
    return f"{officer} may not open it: it is restricted to {only}. Name them there first."


def _other_people_problems(case: Case, given: Allocation, rules: StageRules) -> list[Problem]:
    """Refuses people who handled an earlier stage, where the procedure wants others for this one."""
    named = {OFFICER: given.officer, INVESTIGATOR: given.investigator}
    problems = []
    for field, name in named.items():
        for stage in case.stages:
            earlier = [each.casefold() for each in (stage.officer, stage.investigator) if each]
            if stage.number < rules.number and field in rules.another and name and name.casefold() in earlier:
                goes = f"Stage {rules.number} goes to someone else"
                problems.append(Problem(field, f"{name} handled stage {stage.number}: {goes}."))
    return problems


def _correction_problems(actor: Actor, case: Case, given: ReceiptCorrection) -> list[Problem]:
    problems = date_problems("received_on", "The date of receipt", given.received_on, actor.today)
    if not given.reason:
        problems.append(Problem("reason", "Give the reason: how the right date is known."))
    if given.received_on == case.received_on:
        problems.append(Problem("received_on", f"{long_date(given.received_on)} is the date on record."))
    stage = stage_of(case, 1)
    followed: list[tuple[str, date | None]] = [
        ("the acknowledgement", case.acknowledged_on),
        ("the start of the investigation", stage.investigation_started_on),
        ("the response", stage.responded_on),
        ("the further response", stage.answered_again_on),
        ("the closing", case.closed_on),
    ]
    for record in case.ombudsman:
        followed += [
            ("the Ombudsman's letter", record.received_on),
            ("the reply to the Ombudsman", record.responded_on),
            ("the Ombudsman's decision", record.decided_on),
        ]
    for what, on in followed:
        if on is not None and given.received_on > on:
            problems.append(
                Problem("received_on", f"{long_date(given.received_on)} is after {what} ({long_date(on)}).")
            )
            break
    starts = _at_receipt(case)
    extended = [
        row
        for row in case.deadlines
        if row.counts_from in starts and _was_extended(row) and row.state is DeadlineState.OPEN
    ]
    if extended and given.keep_extended is None and case.kind is Kind.COMPLAINT:
        told = long_date(extended[0].due_on)
        problems.append(Problem("keep_extended", f"The response was extended to {told}: say whether that date stays."))
    return problems


def _at_receipt(case: Case) -> frozenset[CountsFrom]:
    """Returns the starts that fall on the day of receipt; consent is one unless somebody's consent is requested."""
    nobody_asked = facts_of(case).consent_on == case.received_on
    return frozenset({CountsFrom.RECEIPT, CountsFrom.CONSENT} if nobody_asked else {CountsFrom.RECEIPT})


def _was_extended(deadline: Deadline) -> bool:
    return deadline.due_on != deadline.original_due_on and deadline.unit is not Unit.FIXED


def _count_from(deadline: Deadline, given: ReceiptCorrection, version: Version | None, actor: Actor) -> None:
    if deadline.count is None or deadline.state is DeadlineState.SUPERSEDED:
        return
    calendar = actor.register.calendar.counting(closures=counts_closures(version, deadline.kind))
    due_on = counted(deadline.count, deadline.unit, given.received_on, calendar)
    stays = _was_extended(deadline) and (given.keep_extended or deadline.state is not DeadlineState.OPEN)
    deadline.due_on = max(deadline.due_on, due_on) if stays else due_on
    deadline.original_due_on, deadline.counted_from, deadline.calendar = due_on, given.received_on, calendar.fingerprint
    if deadline.met_on is not None:
        deadline.state = DeadlineState.MET if deadline.met_on <= deadline.due_on else DeadlineState.MISSED
