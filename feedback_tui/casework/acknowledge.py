"""Acknowledging a case."""

from __future__ import annotations

from feedback_tui.casework.duty import Done, Duty, done, find_case
from feedback_tui.casework.obligations import (
    cause_deadlines,
    date_problems,
    fixed_deadline,
    meet,
    refuse_problems,
    require,
)
from feedback_tui.casework.refusals import Problem
from feedback_tui.models.steps import Acknowledgement
from feedback_tui.rules.dates import long_date
from feedback_tui.words import DeadlineKind, Discussion, Kind, Status, StepKey


def acknowledge(duty: Duty, reference: str, given: Acknowledgement, seen: int | None = None) -> Done:
    """Records the acknowledgement (reg 13), and the period told to the complainant as a deadline where it was told.

    Raises Refused where it was acknowledged already or has been answered; BadInput for a date before the receipt.
    """
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.ACKNOWLEDGE, duty)
        problems = date_problems(
            "on", "The acknowledgement", given.on, duty.today, not_before=case.received_on, before="the receipt"
        )
        if given.promised_on is not None and given.promised_on < given.on:
            problems.append(
                Problem("promised_on", f"The period told ends ({long_date(given.promised_on)}) before it was told.")
            )
        if given.discussion is Discussion.DECLINED and given.promised_on is None and case.kind is Kind.COMPLAINT:
            problems.append(
                Problem("promised_on", "They declined to discuss it: set the period for the response, and write it.")
            )
        refuse_problems(problems)
        old = case.status
        case.acknowledged_on, case.acknowledged_by = given.on, given.channel or case.channel
        case.discussion = given.discussion
        if case.status is Status.LOGGED:
            case.status = Status.ACKNOWLEDGED
        meet(case, (DeadlineKind.ACKNOWLEDGEMENT,), given.on)
        cause_deadlines(case, duty)
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
            details={"channel": case.acknowledged_by, "discussion": given.discussion, "promised": _iso(given)},
        )
    return done(case)


def _iso(given: Acknowledgement) -> str | None:
    return given.promised_on.isoformat() if given.promised_on else None
