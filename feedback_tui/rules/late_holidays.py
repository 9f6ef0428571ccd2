"""Moves open deadlines when a bank holiday or closure day is added or removed later.

Also reads the official list (``bank-holidays.json`` of GOV.UK), of the division that the register counts by.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Final

from feedback_tui.enums import DeadlineKind, Unit
from feedback_tui.plain_error import PlainError
from feedback_tui.rules.dates import NotADate, register_date
from feedback_tui.rules.deadlines import counted, due_once_recounted
from feedback_tui.rules.nations import Nation
from feedback_tui.rules.working_days import DayOff, WorkingCalendar
from feedback_tui.text import one_line

LONGEST_TITLE: Final = 120
NOT_COUNTED: Final = "closure days not counted: the law sets this time"
"""The recorded reason when a deadline is counted again by law."""


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """An open deadline as recorded."""

    id: int
    kind: DeadlineKind
    counted_from: date
    count: int | None
    unit: Unit
    due_on: date
    original_due_on: date
    fixed_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One deadline that is counted again: its dates before and after.

    The original date moves too: a holiday is not a working day, so the limit itself ends later, and an answer on its
    new last day is in time. An extended date stays as the complainant was told, unless the limit passes it.
    """

    id: int
    kind: DeadlineKind
    due_from: date
    due_to: date
    original_from: date
    original_to: date


@dataclass(frozen=True)
class LateHoliday:
    """The effect of a changed calendar on the open deadlines."""

    moves: tuple[Move, ...]
    """By the earlier due date, then by id."""
    on_a_day_off: tuple[OpenDeadline, ...]
    """Dates set by a person or a letter, or promised by an extension, that are now days off. They stay, and the officer
    is told."""
    stays: tuple[OpenDeadline, ...] = ()
    """Deadlines set by law that span an added closure day, which does not move them. By due date."""


def late_holiday(
    deadlines: Iterable[OpenDeadline], before: WorkingCalendar, now: WorkingCalendar, in_law: Container[int] = ()
) -> LateHoliday:
    """Returns which open deadlines move from the calendar `before` to `now`; applying it twice moves nothing more.

    A deadline that no changed day falls within stays as recorded. Deadlines whose ids are in `in_law` count the law's
    working days, so closure days do not move them. Raises OutsideCalendar.
    """
    changed = {
        closures: changed_days(before.counting(closures=closures), now.counting(closures=closures))
        for closures in (True, False)
    }
    closed = sorted(set(changed[True]) & now.closures)
    # A register has far fewer pairs of start and count than deadlines, so each pair is counted once.
    recount = cache(
        lambda start, count, closures: counted(count, Unit.WORKING_DAYS, start, now.counting(closures=closures))
    )
    moves, told, stay = [], [], []
    for deadline in sorted(deadlines, key=lambda deadline: (deadline.due_on, deadline.id)):
        closures = deadline.id not in in_law
        move = _move(deadline, changed[closures], partial(recount, closures=closures))
        if move is not None:
            moves.append(move)
        due_on = deadline.due_on if move is None else move.due_to
        if due_on != deadline.due_on:
            continue
        if not closures and due_on == deadline.original_due_on:
            if _is_counted(deadline) and _lies_across(deadline, closed):
                stay.append(deadline)
        elif due_on in changed[True] and not now.is_working_day(due_on):
            told.append(deadline)
    return LateHoliday(tuple(moves), tuple(told), tuple(stay))


def changed_days(before: WorkingCalendar, now: WorkingCalendar) -> list[date]:
    """Returns the days that are working days in only one of the calendars, in order."""
    return sorted(day for day in before.days_off.keys() ^ now.days_off.keys() if day.weekday() < 5)


def counted_wrongly(deadlines: Iterable[OpenDeadline], calendar: WorkingCalendar) -> list[Move]:
    """Returns the moves that correct open deadlines set by law which closure days had moved, by current due date. All
    `deadlines` must be set by law.

    Earlier versions of the program counted every deadline with the council's closure days. Raises OutsideCalendar.
    """
    by_law = cache(lambda start, count: counted(count, Unit.WORKING_DAYS, start, calendar.law))
    moves = []
    for deadline in sorted(deadlines, key=lambda deadline: (deadline.due_on, deadline.id)):
        if deadline.count is None or not _is_counted(deadline):
            continue
        original = by_law(deadline.counted_from, deadline.count)
        if original != deadline.original_due_on:
            moves.append(_to(deadline, original))
    return moves


def _move(deadline: OpenDeadline, changed: list[date], recount: Callable[[date, int], date]) -> Move | None:
    if deadline.count is None or not _is_counted(deadline) or not _lies_across(deadline, changed):
        return None
    original = recount(deadline.counted_from, deadline.count)
    return None if original == deadline.original_due_on else _to(deadline, original)


def _is_counted(deadline: OpenDeadline) -> bool:
    """Returns whether the deadline is counted in working days and was not fixed by a person."""
    return deadline.count is not None and deadline.unit is Unit.WORKING_DAYS and not deadline.fixed_by_hand


def _lies_across(deadline: OpenDeadline, days: list[date]) -> bool:
    return any(deadline.counted_from < day <= deadline.original_due_on for day in days)


def _to(deadline: OpenDeadline, original: date) -> Move:
    """Returns the move of a deadline whose original date is now `original`."""
    due_on = due_once_recounted(deadline.due_on, deadline.original_due_on, original)
    return Move(deadline.id, deadline.kind, deadline.due_on, due_on, deadline.original_due_on, original)


class BadHolidayFile(PlainError, ValueError):
    """A file that is not the official list of bank holidays; the message says what is wrong."""


@dataclass(frozen=True)
class OfficialHolidays:
    """The published bank holidays of one division, for whole years."""

    days: tuple[DayOff, ...]
    """The bank holidays on weekdays, in order; those on weekends change nothing."""
    first: date
    official_until: date
    """The last day covered by the list, inclusive; `first` is the first."""


@dataclass(frozen=True)
class HolidayChanges:
    """The differences between an official list and the recorded bank holidays."""

    added: tuple[DayOff, ...]
    removed: tuple[DayOff, ...]


def read_official_holidays(written: bytes, nation: Nation = Nation.ENGLAND) -> OfficialHolidays:
    """Returns a nation's bank holidays in a ``bank-holidays.json`` as published: all divisions, or only its own.

    Raises BadHolidayFile.
    """
    try:
        found = json.loads(written.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadHolidayFile("The file is not text in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise BadHolidayFile(f"The file is not JSON: line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise BadHolidayFile("The file is nested too deeply to be the list of bank holidays.") from None
    except ValueError:  # a number of thousands of digits
        raise BadHolidayFile("The file is not the list of bank holidays.") from None
    events = _events(found, nation.division)
    days: dict[date, str] = {}
    for number, event in enumerate(events, start=1):
        day, why = _holiday(number, event)
        if day in days:
            raise BadHolidayFile(f"Bank holiday {number} has the date {day.isoformat()} a second time.")
        days[day] = why
    if not days:
        raise BadHolidayFile("The list has no bank holidays in it.")
    weekdays = tuple(DayOff(day, days[day]) for day in sorted(days) if day.weekday() < 5)
    return OfficialHolidays(weekdays, date(min(days).year, 1, 1), date(max(days).year, 12, 31))


def changes(bank_holidays: Mapping[date, str], official: OfficialHolidays) -> HolidayChanges:
    """Returns how the official list differs from the recorded bank holidays, in the years that it covers.

    `bank_holidays` must not include the council's closure days. Names are not compared, because they move no date.
    """
    theirs = {off.day for off in official.days}
    added = tuple(off for off in official.days if off.day not in bank_holidays)
    removed = tuple(
        DayOff(day, why)
        for day, why in sorted(bank_holidays.items())
        if official.first <= day <= official.official_until and day.weekday() < 5 and day not in theirs
    )
    return HolidayChanges(added, removed)


def _events(found: object, wanted: str) -> list[object]:
    what = "This is not the official list of bank holidays"
    if not isinstance(found, dict):
        raise BadHolidayFile(f"{what}: it has no divisions.")
    division = found if "events" in found else found.get(wanted)
    if not isinstance(division, dict):
        raise BadHolidayFile(f"{what}: the division {wanted} is missing.")
    if (named := division.get("division", wanted)) != wanted:
        raise BadHolidayFile(f"These are the bank holidays of {one_line(str(named), 40)}, not of {wanted}.")
    events = division.get("events")
    if not isinstance(events, list):
        raise BadHolidayFile(f"{what}: {wanted} has no list of events.")
    return events


def _holiday(number: int, event: object) -> tuple[date, str]:
    title, day = (event.get("title"), event.get("date")) if isinstance(event, dict) else (None, None)
    if not isinstance(title, str) or not isinstance(day, str) or not title.strip():
        raise BadHolidayFile(f"Bank holiday {number} needs a title and a date.")
    try:
        on = register_date(day)
    except NotADate as error:
        raise BadHolidayFile(f"Bank holiday {number}, {one_line(title, 40)}: {error}.") from None
    notes = event.get("notes") if isinstance(event, dict) else None
    substitute = " (substitute day)" if isinstance(notes, str) and notes.casefold() == "substitute day" else ""
    return on, one_line(title, LONGEST_TITLE - len(substitute)) + substitute
