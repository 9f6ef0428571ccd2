"""Explains a date: the day it counts from, each day counted, each skipped day with its reason, the rule and its
source."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NotRequired, TypedDict

from feedback_tui.enums import DEADLINE_LABELS, DeadlineKind, Unit
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.deadlines import DueDate, Facts, counted, due_dates, limits_of, why_no_closures
from feedback_tui.rules.procedures import Procedure, Version
from feedback_tui.rules.sources import Sourced
from feedback_tui.rules.working_days import ONE_DAY, DayOff, WorkingCalendar
from feedback_tui.text import one_line

WIDTH = 80


class SkippedJson(TypedDict):
    """A day that was not counted."""

    date: str
    why: str


class DeadlineJson(TypedDict):
    """One deadline in ``explain --format json``; a date that cannot be known yet is null."""

    deadline: str
    due_on: str | None
    working_days: int | None
    rule: str
    source: str
    skipped: list[SkippedJson]
    page: NotRequired[str]
    """The place in the source, where `source` does not name it."""
    read_on: NotRequired[str]
    """The day on which the text of the source was read."""
    checked: NotRequired[str]
    """``second-hand`` if its text was not read."""
    closures_not_counted: NotRequired[list[SkippedJson]]
    """Closure days of the council within the period that do not move the date; left out if there are none."""


class ProcedureJson(TypedDict):
    """A procedure's deadlines in ``explain --format json``."""

    procedure: str
    version: str
    received_on: str
    deadlines: list[DeadlineJson]


@dataclass(frozen=True)
class CountedDay:
    """One day of a count."""

    day: date
    number: int | None
    """The number of the day in the count, from 1; None if it is skipped."""
    why: str = ""
    """Why it is skipped; "" if it is not."""


@dataclass(frozen=True)
class Explanation:
    """One deadline and how its date was counted."""

    deadline: DeadlineKind
    rule: str
    source: str
    counted_from: date | None
    """Day 0; None if it has not come yet."""
    due_on: date | None
    """The last day in time as counted; None if it cannot be known yet or is not stated."""
    working_days: int | None
    """The limit in working days; None for other units."""
    days: tuple[CountedDay, ...] = ()
    """Every day after day 0 up to and including the due date; empty for a limit in months and for a fixed date."""
    unknown: str = ""
    """Why there is no date: ``not stated``, ``not known yet``; "" if there is one."""
    warning: str = ""
    """A warning if the date is after the last announced bank holiday; otherwise ""."""
    sourced: Sourced | None = None
    """The figure with its source, if it is stated by the procedure; else None."""
    closures: tuple[DayOff, ...] = ()
    """Closure days of the council within the count that do not move it."""
    why_no_closures: str = ""
    """Why they do not, as the end of a sentence."""

    @property
    def skipped(self) -> tuple[DayOff, ...]:
        """The days that were not counted."""
        return tuple(DayOff(day.day, day.why) for day in self.days if day.number is None)

    def as_json(self) -> DeadlineJson:
        """Returns this deadline in the form of ``explain --format json``."""
        found: DeadlineJson = {
            "deadline": self.deadline.value,
            "due_on": None if self.due_on is None else self.due_on.isoformat(),
            "working_days": self.working_days,
            "rule": self.rule,
            "source": self.source,
            "skipped": [{"date": off.day.isoformat(), "why": off.why} for off in self.skipped],
        }
        if (sourced := self.sourced) is not None:
            if sourced.page:
                found["page"] = sourced.page
            if sourced.read_on is not None:
                found["read_on"] = sourced.read_on.isoformat()
            if sourced.checked is not None:
                found["checked"] = sourced.checked
        if self.closures:
            found["closures_not_counted"] = [{"date": off.day.isoformat(), "why": off.why} for off in self.closures]
        return found

    def lines(self, width: int = WIDTH) -> list[str]:
        """Returns this deadline in words, at most `width` columns wide, with the counted days as one line for each
        week."""
        due = self.unknown if self.due_on is None else long_date(self.due_on)
        start = "" if self.counted_from is None else f", {long_date(self.counted_from)}"
        found = [f"{DEADLINE_LABELS[self.deadline]}: {due}"]
        told = (f"{self.rule}{start}", self._of_the_source(), self.warning, self._of_closures())
        for words in told:
            if words:
                found += textwrap.wrap(words, width, initial_indent="  ", subsequent_indent="    ")
        return found + _weeks(self.days, width)

    def _of_the_source(self) -> str:
        return self.source and f"Source: {self.source if self.sourced is None else self.sourced.cited}"

    def _of_closures(self) -> str:
        if not self.closures:
            return ""
        days = ", ".join(f"{long_date(off.day)} ({one_line(off.why)})" for off in self.closures)
        one = len(self.closures) == 1
        what = "A closure day of the council does" if one else "Closure days of the council do"
        return f"{what} not move it, since {self.why_no_closures}: {days}."


@dataclass(frozen=True)
class ProcedureExplained:
    """All deadlines of one procedure for the days of a case."""

    procedure: Procedure
    version: Version
    received_on: date
    deadlines: tuple[Explanation, ...]

    def as_json(self) -> ProcedureJson:
        """Returns the form of ``explain --format json``."""
        return {
            "procedure": self.procedure.key,
            "version": self.version.version,
            "received_on": self.received_on.isoformat(),
            "deadlines": [deadline.as_json() for deadline in self.deadlines],
        }

    def lines(self, width: int = WIDTH) -> list[str]:
        """Returns everything in words, at most `width` columns wide."""
        heading = (
            f"{self.procedure.name} ({self.procedure.key}), version {self.version.version}, in force from "
            f"{long_date(self.version.in_force_from)}. Received {long_date(self.received_on)}."
        )
        found = textwrap.wrap(heading, width)
        for deadline in self.deadlines:
            found += ["", *deadline.lines(width)]
        return found


def explain_count(
    deadline: DeadlineKind,
    counted_from: date,
    count: int | None,
    unit: Unit,
    calendar: WorkingCalendar,
    *,
    rule: str,
    source: str,
    why_no_closures: str = "",
    sourced: Sourced | None = None,
) -> Explanation:
    """Returns how a recorded date results from its count. A deadline without a count was set by a person or a letter.

    `why_no_closures` says why the council's closure days do not move it; "" if they do. Raises OutsideCalendar.
    """
    closures = calendar.closures if why_no_closures and unit is Unit.WORKING_DAYS else frozenset()
    names = calendar.days_off
    calendar = calendar.counting(closures=not why_no_closures)
    due_on = counted(count or 0, unit, counted_from, calendar)
    days: tuple[CountedDay, ...] = ()
    if unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS):
        days = _day_by_day(counted_from, due_on, calendar if unit is Unit.WORKING_DAYS else None)
    warning = ""
    if unit is Unit.WORKING_DAYS and due_on > calendar.official_until:
        warning = (
            f"{calendar.bank_holidays} are announced up to {long_date(calendar.official_until)}: past that day "
            "the date is what the usual holidays give."
        )
    working_days = count if unit is Unit.WORKING_DAYS else None
    across = tuple(DayOff(day, names[day]) for day in sorted(closures) if counted_from < day <= due_on)
    return Explanation(
        deadline,
        rule,
        source,
        counted_from,
        due_on,
        working_days,
        days,
        warning=warning,
        sourced=sourced,
        closures=across,
        why_no_closures=why_no_closures,
    )


def explain_due(due: DueDate, calendar: WorkingCalendar, version: Version | None = None) -> Explanation:
    """Returns the explanation of one deadline from a procedure; its date is None if it cannot be known yet. Raises
    OutsideCalendar."""
    limit = due.limit
    if due.counted_from is None or limit.count is None:
        unknown = "not stated" if limit.not_stated else "not known yet"
        return Explanation(
            due.deadline,
            limit.rule,
            limit.source,
            due.counted_from,
            None,
            due.working_days,
            unknown=unknown,
            sourced=limit,
        )
    return explain_count(
        due.deadline,
        due.counted_from,
        limit.count,
        limit.unit,
        calendar,
        rule=limit.rule,
        source=limit.source,
        why_no_closures=why_no_closures(version, due.deadline),
        sourced=limit,
    )


def explain_procedure(procedure: Procedure, facts: Facts, calendar: WorkingCalendar) -> ProcedureExplained:
    """Returns all deadlines of a procedure, in its version on the day of receipt. Raises OutsideCalendar."""
    version = procedure.version_on(facts.received_on)
    limits = limits_of(version, regulations_2009=procedure.regulations_2009)
    explained = tuple(explain_due(due, calendar, version) for due in due_dates(limits, facts, calendar))
    return ProcedureExplained(procedure, version, facts.received_on, explained)


def out_of_order(facts: Facts) -> str | None:
    """Returns a sentence if a day of the case is earlier than a day it must follow; otherwise None."""
    review = facts.stage(2)
    for what, day, before, earlier in (
        ("The acknowledgement", facts.acknowledged_on, "the receipt", facts.received_on),
        ("The consent", facts.consent_on, "the receipt", facts.received_on),
        ("The request for Stage 2", review.requested_on, "the receipt", facts.received_on),
        ("The request for Stage 2", review.requested_on, "the acknowledgement", facts.acknowledged_on),
        ("Its acknowledgement", review.acknowledged_on, "the request for Stage 2", review.requested_on),
        ("Its acknowledgement", facts.review_acknowledged_on, "the receipt", facts.received_on),
        ("The Ombudsman’s enquiry", facts.enquiry_on, "the receipt", facts.received_on),
    ):
        if day is not None and earlier is not None and day < earlier:
            return f"{what} ({long_date(day)}) is before {before} ({long_date(earlier)})."
    return next(filter(None, (_stage_out_of_order(facts, number) for number in sorted(facts.stages))), None)


def _stage_out_of_order(facts: Facts, number: int) -> str | None:
    """Returns a sentence if a day of a stage is earlier than the one it follows, or if its clock cannot have begun."""
    days, before = facts.stage(number), facts.stage(number - 1)
    request = (
        (f"the request for Stage {number}", days.requested_on) if number > 1 else ("the receipt", facts.received_on)
    )
    panel = (f"the panel of Stage {number}", days.panel_held_on)
    followed = (
        (f"The acknowledgement of Stage {number}", days.acknowledged_on, request),
        (f"The agreed record of Stage {number}", days.record_agreed_on, request),
        (f"The panel of Stage {number}", days.panel_held_on, request),
        (f"The panel’s report of Stage {number}", days.report_received_on, panel),
    )
    for what, day, (earlier, on) in followed:
        if day is not None and on is None:
            return f"{what} ({long_date(day)}) cannot come before {earlier}: give that day too."
        if day is not None and on is not None and day < on:
            return f"{what} ({long_date(day)}) is before {earlier} ({long_date(on)})."
    if number > 1 and days.requested_on is not None:
        if before.requested_on is None:
            return f"Stage {number} cannot have been asked for before Stage {number - 1}: give the day of that too."
        if days.requested_on < before.requested_on:
            began = "the receipt" if number == 2 else f"the request for Stage {number - 1}"
            return (
                f"The request for Stage {number} ({long_date(days.requested_on)}) is before {began} "
                f"({long_date(before.requested_on)})."
            )
    return None


def _day_by_day(start: date, due_on: date, calendar: WorkingCalendar | None) -> tuple[CountedDay, ...]:
    """Returns every day after `start` up to and including `due_on`; without a calendar every day counts."""
    days, number = [], 0
    for offset in range(1, (due_on - start).days + 1):
        day = start + timedelta(days=offset)
        why = None if calendar is None else calendar.why_off(day)
        number += why is None
        days.append(CountedDay(day, number if why is None else None, why or ""))
    return tuple(days)


def _weeks(days: tuple[CountedDay, ...], width: int) -> list[str]:
    """Returns the days as a calendar: one line for each week, with the number of each counted day, ``–`` for a day off,
    and its name."""
    if not days:
        return []
    indent, column = 15, 4
    found = [" " * indent + "".join(f"{name:>{column}}" for name in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))]
    by_day = {day.day: day for day in days}
    monday = days[0].day - timedelta(days=days[0].day.weekday())
    while monday <= days[-1].day:
        week = [by_day.get(monday + n * ONE_DAY) for n in range(7)]
        cells = "".join(f"{'' if day is None else day.number or '–':>{column}}" for day in week)
        names = ", ".join(day.why for day in week[:5] if day is not None and day.why)
        shown = textwrap.wrap(names, width - indent - 7 * column - 2) or [""]
        found.append(f"{monday:%d %b %Y}".rjust(indent - 1) + f" {cells}  {shown[0]}".rstrip())
        found += [" " * (indent + 7 * column + 2) + rest for rest in shown[1:]]
        monday += 7 * ONE_DAY
    return found
