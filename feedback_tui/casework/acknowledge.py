"""The verb that acknowledges a case."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    cause_deadlines,
    date_problems,
    due_problems,
    fixed_deadline,
    meet,
    refuse_problems,
    require,
    responses_owed,
)
from feedback_tui.casework.errors import Problem
from feedback_tui.casework.six_months import six_months_end
from feedback_tui.enums import DeadlineKind, Discussion, Kind, Status, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.inputs.stages import Acknowledgement, FirstAcknowledgement
from feedback_tui.rules.dates import long_date


def acknowledge(actor: Actor, reference: str, given: Acknowledgement, seen: int | None = None) -> StepResult:
    """Records the acknowledgement (reg 13). A period told for the response becomes a deadline.

    Raises StepNotAllowed if the case does not allow it, for example because it was acknowledged already; InvalidInput
    for a date before the receipt or after today, or a period that ends before it was told or after the six months (reg
    14).
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.ACKNOWLEDGE, actor)
        record_sent_on = given.record_sent_on if isinstance(given, FirstAcknowledgement) else None
        problems = date_problems(
            "on", "The acknowledgement", given.on, actor.today, not_before=case.received_on, before="the receipt"
        )
        problems += period_problems(actor, case, given)
        problems += date_problems(
            "record_sent_on",
            "The record",
            record_sent_on,
            actor.today,
            not_before=case.received_on,
            before="the receipt",
        )
        no_period = given.promised_on is None and _told(case) is None
        if given.discussion is Discussion.DECLINED and no_period and case.kind is Kind.COMPLAINT:
            problems.append(
                Problem("promised_on", "They declined to discuss it: set the period for the response, and write it.")
            )
        refuse_problems(problems)
        old = case.status
        case.acknowledged_on, case.acknowledged_by = given.on, given.channel or case.channel
        case.discussion = given.discussion
        case.record_sent_on = record_sent_on or case.record_sent_on
        if case.status is Status.LOGGED:
            case.status = Status.ACKNOWLEDGED
        meet(case, (DeadlineKind.ACKNOWLEDGEMENT,), given.on)
        cause_deadlines(case, actor)
        if given.promised_on is not None:
            case.deadlines.append(
                fixed_deadline(
                    DeadlineKind.RESPONSE_PROMISED, given.promised_on, given.on, "the period told to the complainant"
                )
            )
        work.record(
            StepKey.ACKNOWLEDGE,
            case,
            given.on,
            from_status=old,
            details={
                "channel": case.acknowledged_by,
                "discussion": given.discussion,
                "promised": _iso(given.promised_on),
                "record_sent": _iso(record_sent_on),
            },
        )
    return done(case)


def period_problems(actor: Actor, case: Case, given: Acknowledgement) -> list[Problem]:
    """Returns what is wrong with the period told to the complainant (reg 13)."""
    until = given.promised_on
    if until is None:
        return []
    problems = due_problems("promised_on", "The end of the period told", until, actor)
    if until < given.on:
        problems.append(Problem("promised_on", f"The period told ends ({long_date(until)}) before it was told."))
    if (told := _told(case)) is not None:
        problems.append(
            Problem("promised_on", f"The period told ends on {long_date(told)} already: extend it, with the reason.")
        )
    if (end := six_months_end(case)) is not None and until > end:
        problems.append(
            Problem(
                "promised_on",
                f"The six months end on {long_date(end)} (reg 14): tell a period within them. "
                "A longer one is agreed before they end: extend it then.",
            )
        )
    return problems


def _told(case: Case) -> date | None:
    """Returns the end of the period that was told before, or None."""
    told = (deadline.due_on for deadline in responses_owed(case) if deadline.kind is DeadlineKind.RESPONSE_PROMISED)
    return next(told, None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
