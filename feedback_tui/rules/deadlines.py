"""Calculates the deadlines of a case from its procedure and the days of its steps: what is due, when, and how it was
counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from feedback_tui.enums import Authority, CountsFrom, DeadlineKind, Unit
from feedback_tui.rules.limits import ACKNOWLEDGED_WITHIN, Limit
from feedback_tui.rules.months import months_from
from feedback_tui.rules.procedures import Version
from feedback_tui.rules.sources import SECOND_HAND
from feedback_tui.rules.working_days import DayOff, WorkingCalendar

# Created without a profile's checks, because these two limits come from the law.
QUERY_RULE = "the date their assessment query states"
"""The rule of the deadline for the Ombudsman's assessment query, whose date the query states."""
DRAFT_RULE = "comments on their draft decision"
"""The `rule` of the deadline for comments on the Ombudsman's draft decision: the date in the Ombudsman's letter, or the
calendar days that the profile has for this Ombudsman."""
SIX_MONTHS = Limit.model_construct(
    deadline=DeadlineKind.STATUTORY_LIMIT,
    counts_from=CountsFrom.RECEIPT,
    count=6,
    unit=Unit.MONTHS,
    source="2009 Regulations, reg 14: six months commencing on the day of receipt",
    checked=SECOND_HAND,
    closures_count=False,
)
NO_PROCEDURE_YET = Limit.model_construct(
    deadline=DeadlineKind.ACKNOWLEDGEMENT,
    counts_from=CountsFrom.RECEIPT,
    count=ACKNOWLEDGED_WITHIN,
    unit=Unit.WORKING_DAYS,
    source="2009 Regulations, reg 13: holds while the procedure is not settled",
    checked=SECOND_HAND,
    closures_count=False,
)


@dataclass(frozen=True)
class StageDays:
    """The days of one stage that its times are counted from; None if it has not happened or is not known."""

    requested_on: date | None = None
    """The day it was asked for; for the first stage, the day of receipt."""
    acknowledged_on: date | None = None
    record_agreed_on: date | None = None
    """The day the complainant and the council agreed the written record of the complaint."""
    panel_held_on: date | None = None
    report_received_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """The days that limits are counted from; None if it has not happened or is not known."""

    received_on: date
    acknowledged_on: date | None = None
    consent_on: date | None = None
    review_requested_on: date | None = None
    review_acknowledged_on: date | None = None
    enquiry_on: date | None = None
    stages: Mapping[int, StageDays] = field(default_factory=dict, hash=False, kw_only=True)
    """The days of each stage. What stands in a field above is read from there."""

    def stage(self, number: int) -> StageDays:
        """Returns the days of a stage."""
        days = self.stages.get(number, StageDays())
        match number:
            case 1:
                return replace(days, requested_on=self.received_on, acknowledged_on=self.acknowledged_on)
            case 2 if self.review_requested_on is not None:
                return replace(days, requested_on=self.review_requested_on, acknowledged_on=self.review_acknowledged_on)
        return days

    def start_of(self, limit: Limit) -> date | None:
        """Returns the day that a limit is counted from, or None if it is not known."""
        days = self.stage(limit.deadline.stage or 1)
        match limit.counts_from:
            case CountsFrom.RECEIPT:
                return self.received_on
            case CountsFrom.CONSENT:
                return self.consent_on
            case CountsFrom.OMBUDSMAN_ENQUIRY:
                return self.enquiry_on
            case CountsFrom.REQUEST | CountsFrom.REVIEW_REQUEST:
                return days.requested_on
            case CountsFrom.ACKNOWLEDGEMENT | CountsFrom.REVIEW_ACKNOWLEDGEMENT:
                return days.acknowledged_on
            case CountsFrom.RECORD_AGREED:
                return days.record_agreed_on
            case CountsFrom.PANEL_HELD:
                return days.panel_held_on
            case CountsFrom.REPORT_RECEIVED:
                return days.report_received_on
        return None


def consent_day(authorities: Iterable[tuple[Authority | None, date | None]], received_on: date) -> date | None:
    """Returns the day from which a council's own aim counts if it counts from consent, given the authority of each
    person.

    That is the first consent received; None while consent is only requested, or was refused. If no one's consent is
    needed (own complaint, attorney, MP for a constituent), it is the day of receipt.
    """
    given = list(authorities)
    came = [on for authority, on in given if authority is Authority.CONSENT_RECEIVED and on is not None]
    if came:
        return min(came)
    awaited = (Authority.CONSENT_REQUESTED, Authority.CONSENT_REFUSED, Authority.CONSENT_RECEIVED)
    return None if any(authority in awaited for authority, _ in given) else received_on


@dataclass(frozen=True)
class DueDate:
    """One deadline, and how it was counted. `due_on` is the last day that is in time; None if it cannot be known
    yet."""

    deadline: DeadlineKind
    due_on: date | None
    limit: Limit
    counted_from: date | None
    skipped: tuple[DayOff, ...] = ()

    @property
    def working_days(self) -> int | None:
        """The count of a limit in working days; None for other units."""
        return self.limit.count if self.limit.unit is Unit.WORKING_DAYS else None


def due_once_recounted(due_on: date, original: date, recounted: date) -> date:
    """Returns the due date of a deadline whose original date is now counted as `recounted`.

    An extended date stays as the complainant was told, unless `recounted` is later.
    """
    return recounted if due_on == original else max(due_on, recounted)


def counted(count: int, unit: Unit, start: date, calendar: WorkingCalendar) -> date:
    """Returns the last day in time of a limit of `count` units; for a fixed date, `start` itself.

    Working and calendar days are counted after `start`, which is day 0. Months begin on `start`, and end on the day
    before the corresponding date (`months_from`). A count in working days never ends on a day off: 0 working days from
    a Saturday is the next working day. Raises OutsideCalendar.
    """
    match unit:
        case Unit.WORKING_DAYS:
            return calendar.on_or_after(calendar.add(start, count))
        case Unit.CALENDAR_DAYS:
            return start + timedelta(days=count)
        case Unit.MONTHS:
            return months_from(start, count)
        case Unit.FIXED:
            return start


def count_on(limit: Limit, start: date, calendar: WorkingCalendar) -> date | None:
    """Returns the last day in time of a limit counted from `start`; None if the limit is not stated.

    Counts the council's working days if its closure days apply to this limit, otherwise the law's. Raises
    OutsideCalendar.
    """
    if limit.count is None:
        return None
    return counted(limit.count, limit.unit, start, calendar.counting(closures=limit.closures_count))


def due_date(limit: Limit, facts: Facts, calendar: WorkingCalendar) -> DueDate:
    """Returns one limit counted from the facts, with the days skipped. Raises OutsideCalendar."""
    start = facts.start_of(limit)
    due_on = None if start is None else count_on(limit, start, calendar)
    skipped: tuple[DayOff, ...] = ()
    if start is not None and due_on is not None and limit.unit is Unit.WORKING_DAYS:
        skipped = tuple(calendar.counting(closures=limit.closures_count).skipped(start, due_on))
    return DueDate(limit.deadline, due_on, limit, start, skipped)


def counts_closures(version: Version | None, kind: DeadlineKind) -> bool:
    """Returns whether the council's closure days are days off for a deadline of `kind`, under a version of a procedure.

    Without a procedure (not settled yet) they do not move the acknowledgement (reg 13) and the six months.
    """
    if version is None:
        return kind not in (DeadlineKind.ACKNOWLEDGEMENT, DeadlineKind.STATUTORY_LIMIT)
    return version.counts_closures(kind)


def stated_as(version: Version | None, kind: DeadlineKind, source: str) -> Limit | None:
    """Returns the limit by which a recorded deadline with this source was counted; None if its date was set and not
    counted, or if the profile has another source now."""
    stated = (*(version.limits if version else ()), SIX_MONTHS, NO_PROCEDURE_YET)
    return next((limit for limit in stated if (limit.deadline, limit.source) == (kind, source)), None)


def why_no_closures(version: Version | None, kind: DeadlineKind) -> str:
    """Returns why closure days do not move a deadline of `kind`, as the end of a sentence; "" if they do."""
    if version is None:
        return "" if counts_closures(version, kind) else "it is set by the 2009 Regulations"
    return version.why_no_closures(kind)


def limits_of(version: Version | None, *, regulations_2009: bool) -> tuple[Limit, ...]:
    """Returns all limits that apply: those of the procedure's version, and the six months under the 2009 Regulations.

    Without a procedure (not settled yet): three working days to acknowledge, and the six months.
    """
    stated = (NO_PROCEDURE_YET,) if version is None else version.limits
    return (*stated, SIX_MONTHS) if regulations_2009 or version is None else stated


def due_dates(limits: tuple[Limit, ...], facts: Facts, calendar: WorkingCalendar) -> list[DueDate]:
    """Returns all deadlines from these limits, in the order of the kinds. A date that cannot be known yet is None.
    Raises OutsideCalendar."""
    order = list(DeadlineKind)
    found = [due_date(limit, facts, calendar) for limit in limits]
    return sorted(found, key=lambda due: order.index(due.deadline))
