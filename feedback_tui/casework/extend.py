"""Extending the time for a response."""

from __future__ import annotations

from datetime import date, timedelta

from feedback_tui.casework.duty import Done, Duty, done, find_case
from feedback_tui.casework.obligations import (
    STAGE_1,
    STAGE_2,
    date_problems,
    fixed_deadline,
    refuse_problems,
    require,
    version_of,
)
from feedback_tui.casework.refusals import Problem, Refused
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline, Extension
from feedback_tui.models.steps import ExtensionInput
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.procedures import Allowance
from feedback_tui.words import DeadlineKind, DeadlineState, StepKey, Unit

K = DeadlineKind
_AIMS = (K.STAGE_1_TARGET, K.STAGE_2_TARGET)
_LIMITS = (K.STAGE_1_LIMIT, K.STAGE_2_LIMIT)


def extend(duty: Duty, reference: str, given: ExtensionInput, seen: int | None = None) -> Done:
    """Gives the response a later date, of which the complainant was told on `told_on`.

    The aim moves, and with it the period told; the limit moves only where the new date is past it, which takes what
    the procedure asks for beyond its allowance. Original dates stay on record; the six months do not move (reg 14).
    Raises Refused, BadInput.
    """
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.EXTEND, duty)
        owed = _owed(case)
        if not owed:
            raise Refused(f"{case.reference} – Extend: not possible, no response date is running.")
        now_due = _promised_now(owed)
        refuse_problems(_problems(duty, case, given, owed, now_due))
        for deadline in owed:
            if deadline.kind not in _LIMITS or given.to > deadline.due_on:
                deadline.due_on = given.to
        if not any(deadline.kind is K.RESPONSE_PROMISED for deadline in owed):
            case.deadlines.append(
                fixed_deadline(
                    K.RESPONSE_PROMISED,
                    given.to,
                    given.told_on or duty.today,
                    "the period told to the complainant, as extended",
                    case.stage_number,
                )
            )
        if given.next_update_on is not None:
            case.deadlines.append(
                fixed_deadline(
                    K.NEXT_UPDATE, given.next_update_on, duty.today, "next update promised", case.stage_number
                )
            )
        case.extensions.append(
            Extension(
                stage_number=case.stage_number,
                extended_from=now_due,
                extended_to=given.to,
                reason=given.reason,
                told_on=given.told_on,
                agreed=given.agreed,
                officer=duty.officer,
            )
        )
        work.record(
            StepKey.EXTEND,
            case,
            given.told_on or duty.today,
            from_status=case.status,
            reason=given.reason,
            details={
                "from": now_due.isoformat(),
                "to": given.to.isoformat(),
                "told": given.told_on.isoformat() if given.told_on else None,
                "agreed": given.agreed or None,
            },
        )
    return done(case)


def _owed(case: Case) -> list[Deadline]:
    kinds = STAGE_1 if case.stage_number == 1 else (*STAGE_2, K.RESPONSE_PROMISED)
    return [
        deadline
        for deadline in case.deadlines
        if deadline.kind in kinds
        and deadline.kind is not K.STAGE_2_ACKNOWLEDGEMENT
        and deadline.state is DeadlineState.OPEN
    ]


def _promised_now(owed: list[Deadline]) -> date:
    """The date that the complainant expects: the period told, else the aim, else the limit."""
    for kinds in ((K.RESPONSE_PROMISED,), _AIMS, _LIMITS):
        if found := [deadline.due_on for deadline in owed if deadline.kind in kinds]:
            return found[0]
    raise AssertionError("a response that is owed has a date")


def _problems(duty: Duty, case: Case, given: ExtensionInput, owed: list[Deadline], now_due: date) -> list[Problem]:
    problems = date_problems(
        "told_on",
        "The telling",
        given.told_on,
        duty.today,
        not_before=case.received_on,
        before="the receipt",
    )
    if given.to <= now_due:
        problems.append(
            Problem("to", f"{long_date(given.to)} is not later than the date that stands ({long_date(now_due)}).")
        )
    if not given.reason:
        problems.append(Problem("reason", "Give the reason: the complainant is told why more time is needed."))
    if given.told_on is None:
        problems.append(Problem("told_on", "Give the day the complainant was told of the new date."))
    if given.next_update_on is not None and given.next_update_on > given.to:
        problems.append(Problem("next_update_on", "The next update comes before the new date, not after it."))
    version = version_of(case, duty.register.profile)
    allowance = version.allowance(case.stage_number) if version else None
    furthest = _furthest(duty, allowance, owed)
    if furthest is not None and given.to > furthest and not given.agreed:
        needs = allowance.beyond if allowance else "agreement"
        what = "the complainant’s agreement" if needs == "agreement" else "a good reason, explained to them"
        problems.append(
            Problem("agreed", f"Past {long_date(furthest)}, the most that is allowed, it takes {what}: confirm it.")
        )
    return problems


def _furthest(duty: Duty, allowance: Allowance | None, owed: list[Deadline]) -> date | None:
    """The last day an extension may reach without more; None where the procedure has no limit to go by."""
    limit = next((deadline for deadline in owed if deadline.kind in _LIMITS), None)
    if limit is None:
        return None
    if allowance is None or allowance.at_most is None:
        return limit.original_due_on
    if allowance.unit is Unit.WORKING_DAYS:
        return duty.register.calendar.add(limit.original_due_on, allowance.at_most)
    return limit.original_due_on + timedelta(days=allowance.at_most)
