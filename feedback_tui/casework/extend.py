"""The verb that extends the time for a response."""

from __future__ import annotations

from datetime import date, timedelta

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    AIMS,
    LIMITS,
    beginning_of,
    date_problems,
    due_problems,
    fixed_deadline,
    meet,
    move_responses,
    refuse_problems,
    require,
    response_expected,
    responses_owed,
    stage_of,
    standing,
    version_of,
)
from feedback_tui.casework.errors import Problem, StepNotAllowed
from feedback_tui.casework.missed_aims import aim_moved
from feedback_tui.casework.six_months import six_months_end
from feedback_tui.enums import DeadlineKind, StepKey, Unit
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline, Extension
from feedback_tui.models.inputs.stages import ExtensionInput
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.deadlines import counts_closures
from feedback_tui.rules.lifecycle.lifecycle import instead
from feedback_tui.rules.limits import Allowance
from feedback_tui.rules.procedures import Version

K = DeadlineKind
AS_EXTENDED = "the period told to the complainant, as extended"


def extend(actor: Actor, reference: str, given: ExtensionInput, seen: int | None = None) -> StepResult:
    """Extends the response to a later date; the complainant was told of it on `told_on`.

    The aim and the period told move; the limit moves only if the new date is past it, which needs what the procedure
    requires beyond its allowance. Original dates stay on record. The six months do not move (reg 14): a date past them
    must be agreed by the complainant, and recorded, before they end. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.EXTEND, actor)
        owed = responses_owed(case)
        now_due = response_expected(owed)
        if now_due is None:
            possible = instead(standing(case, actor.register.profile))
            raise StepNotAllowed(
                f"{case.reference} – Extend: not possible, no date for the response is running. {possible}"
            )
        refuse_problems(_problems(actor, case, given, owed, now_due))
        move_responses(owed, given.to)
        for deadline in owed:
            aim_moved(deadline)
        if not any(deadline.kind is K.RESPONSE_PROMISED for deadline in owed):
            case.deadlines.append(
                fixed_deadline(
                    K.RESPONSE_PROMISED,
                    given.to,
                    given.told_on or actor.today,
                    AS_EXTENDED,
                    case.stage_number,
                )
            )
        meet(case, (K.NEXT_UPDATE,), given.told_on or actor.today)
        if given.next_update_on is not None:
            case.deadlines.append(
                fixed_deadline(
                    K.NEXT_UPDATE, given.next_update_on, actor.today, "next update promised", case.stage_number
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
                agreed_by=given.agreed_by,
                agreed_on=given.agreed_on,
                agreed_how=given.agreed_how,
                officer=actor.officer,
            )
        )
        work.record(
            StepKey.EXTEND,
            case,
            given.told_on or actor.today,
            from_status=case.status,
            reason=given.reason,
            details={
                "from": now_due.isoformat(),
                "to": given.to.isoformat(),
                "told": given.told_on.isoformat() if given.told_on else None,
                "agreed": given.agreed or None,
                "agreed_on": given.agreed_on.isoformat() if given.agreed_on else None,
                "agreed_how": given.agreed_how,
            },
        )
    return done(case)


def _problems(actor: Actor, case: Case, given: ExtensionInput, owed: list[Deadline], now_due: date) -> list[Problem]:
    stage = stage_of(case)
    problems = date_problems(
        "told_on", "The telling", given.told_on, actor.today, not_before=stage.started_on, before=beginning_of(stage)
    )
    problems += due_problems("to", "The new date", given.to, actor)
    if case.procedure is None:
        problems.append(Problem("procedure", "Settle the procedure first: it says how far this may be extended."))
    if given.to <= now_due:
        problems.append(
            Problem("to", f"{long_date(given.to)} is not later than the date that stands ({long_date(now_due)}).")
        )
    if not given.reason:
        problems.append(Problem("reason", "Give the reason: the complainant is told why more time is needed."))
    if given.told_on is None:
        problems.append(Problem("told_on", "Give the day the complainant was told of the new date."))
    elif given.told_on > given.to:
        problems.append(
            Problem("told_on", f"They were told ({long_date(given.told_on)}) when the new date had passed.")
        )
    if given.next_update_on is not None:
        if given.next_update_on > given.to:
            problems.append(Problem("next_update_on", "The next update comes before the new date, not after it."))
        elif given.told_on is not None and given.next_update_on <= given.told_on:
            problems.append(Problem("next_update_on", "The next update comes after the day they were told."))
    return problems + _agreement_problems(actor, case, given, owed)


def _agreement_problems(actor: Actor, case: Case, given: ExtensionInput, owed: list[Deadline]) -> list[Problem]:
    """Returns what is wrong with how far the response is extended."""
    end = six_months_end(case)
    if end is not None and given.to > end:
        return _past_six_months(actor, case, given, end)
    version = version_of(case, actor.register.profile)
    allowance = version.allowance(case.stage_number) if version else None
    furthest = _furthest(actor, version, allowance, owed)
    if furthest is None or given.to <= furthest or given.agreed:
        return []
    needs_agreement = allowance is None or allowance.beyond == "agreement"
    what = "the complainant’s agreement" if needs_agreement else "a good reason, explained to them"
    return [Problem("agreed", f"Past {long_date(furthest)}, the most that is allowed, it takes {what}: confirm it.")]


def _past_six_months(actor: Actor, case: Case, given: ExtensionInput, end: date) -> list[Problem]:
    """Checks an extension past the six months: it must be agreed before they end (reg 14), and who agreed, when and how
    is recorded."""
    told_on = given.told_on or actor.today
    if actor.today > end or told_on > end:
        return [
            Problem(
                "to",
                f"The six months ended on {long_date(end)}: longer had to be agreed, and recorded, before (reg 14). "
                "Write to the complainant with the reason, and send the response as soon as it can be.",
            )
        ]
    if not given.agreed:
        return [
            Problem(
                "agreed",
                f"The six months end on {long_date(end)} (reg 14): past them it takes the complainant’s agreement "
                "before they end. Confirm it, or choose an earlier date.",
            )
        ]
    problems = date_problems(
        "agreed_on", "The agreement", given.agreed_on, actor.today, not_before=case.received_on, before="the receipt"
    )
    if given.agreed_on is not None and given.agreed_on > end:
        problems.append(
            Problem("agreed_on", f"It had to be agreed before the six months ended on {long_date(end)} (reg 14).")
        )
    for field, what in (("agreed_by", "Say who agreed"), ("agreed_on", "Give the day"), ("agreed_how", "Say how")):
        if not getattr(given, field):
            problems.append(Problem(field, f"{what}: an agreement past the six months is kept on record (reg 14)."))
    return problems


def _furthest(actor: Actor, version: Version | None, allowance: Allowance | None, owed: list[Deadline]) -> date | None:
    """Returns the last day that an extension may reach without agreement or special reasons; None if there is neither
    aim nor limit.

    Without a limit it is the original aim, else the original limit plus the allowance (in its unit).
    """
    limit = next((deadline for deadline in owed if deadline.kind in LIMITS), None)
    if limit is None:
        return next((deadline.original_due_on for deadline in owed if deadline.kind in AIMS), None)
    if allowance is None or allowance.at_most is None:
        return limit.original_due_on
    if allowance.unit is Unit.WORKING_DAYS:
        closures = counts_closures(version, limit.kind)
        return actor.register.calendar.counting(closures=closures).add(limit.original_due_on, allowance.at_most)
    return limit.original_due_on + timedelta(days=allowance.at_most)
