"""A bank holiday or closure day that came late: which open deadlines move across it, from when to when.

The official list (``bank-holidays.json`` of GOV.UK, division England and Wales) is read here too.
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
from feedback_tui.rules.working_days import DayOff, WorkingCalendar
from feedback_tui.text import one_line

DIVISION: Final = "england-and-wales"
LONGEST_TITLE: Final = 120
NOT_COUNTED: Final = "closure days not counted: the law sets this time"
"""What moved a deadline, where it is counted again as the law counts."""


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """An open deadline as it is on record."""

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
    """One deadline that is counted again: its dates as they were, and as they become.

    The original date moves too: a holiday is no working day, so the limit itself ends later, and an answer on its new
    last day is in time. A date that was extended stays what the complainant was told, unless the limit passes it.
    """

    id: int
    kind: DeadlineKind
    due_from: date
    due_to: date
    original_from: date
    original_to: date


@dataclass(frozen=True)
class LateHoliday:
    """What a changed calendar does to the open deadlines."""

    moves: tuple[Move, ...]
    """By the date they had, then by id."""
    on_a_day_off: tuple[OpenDeadline, ...]
    """Dates that a person or a letter set, or that an extension promised, and that are now days off: they stay, and
    the officer is told."""
    stays: tuple[OpenDeadline, ...] = ()
    """Times of the law across a closure day that was added: the closure does not move them. By their date."""


def late_holiday(
    deadlines: Iterable[OpenDeadline], before: WorkingCalendar, now: WorkingCalendar, in_law: Container[int] = ()
) -> LateHoliday:
    """Which open deadlines the calendar `now` moves, over the calendar `before`; doing it twice moves nothing more.

    A deadline that no changed day lies across stays as it is on record. Those named `in_law` are counted in the working
    days of the law: closure days of the council move none of them. Raises OutsideCalendar.
    """
    changed = {
        closures: changed_days(before.counting(closures=closures), now.counting(closures=closures))
        for closures in (True, False)
    }
    closed = sorted(set(changed[True]) & now.closures)
    # A register has far fewer days of receipt and limits than deadlines: each pair is counted once.
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
    """The days that are working days in one calendar and not in the other, in order."""
    return sorted(day for day in before.days_off.keys() ^ now.days_off.keys() if day.weekday() < 5)


def counted_wrongly(deadlines: Iterable[OpenDeadline], calendar: WorkingCalendar) -> list[Move]:
    """The moves back of open times of the law that closure days had moved, by the date they have; all given are such.

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
    """Whether it was counted in working days, and no person fixed it since."""
    return deadline.count is not None and deadline.unit is Unit.WORKING_DAYS and not deadline.fixed_by_hand


def _lies_across(deadline: OpenDeadline, days: list[date]) -> bool:
    return any(deadline.counted_from < day <= deadline.original_due_on for day in days)


def _to(deadline: OpenDeadline, original: date) -> Move:
    """The move of a deadline whose original date counts to `original` by now."""
    due_on = due_once_recounted(deadline.due_on, deadline.original_due_on, original)
    return Move(deadline.id, deadline.kind, deadline.due_on, due_on, deadline.original_due_on, original)


class BadHolidayFile(PlainError, ValueError):
    """A file that is not the official list of bank holidays; the message is a sentence that says what is wrong."""


@dataclass(frozen=True)
class OfficialHolidays:
    """The bank holidays of England and Wales as published, for whole years."""

    days: tuple[DayOff, ...]
    """Those on weekdays, in order; on a weekend no one works anyway."""
    first: date
    official_until: date
    """The days, both included, that the list speaks for."""


@dataclass(frozen=True)
class HolidayChanges:
    """What an official list adds to the bank holidays on record, and what it takes away."""

    added: tuple[DayOff, ...]
    removed: tuple[DayOff, ...]


def read_official_holidays(written: bytes) -> OfficialHolidays:
    """The bank holidays in a ``bank-holidays.json`` as published: all divisions, or that of England and Wales alone.

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
    events = _events(found)
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
    """How the official list differs from the bank holidays on record, in the years that it speaks for.

    `bank_holidays` are without the council's closure days. Names are not compared: they move no date.
    """
    theirs = {off.day for off in official.days}
    added = tuple(off for off in official.days if off.day not in bank_holidays)
    removed = tuple(
        DayOff(day, why)
        for day, why in sorted(bank_holidays.items())
        if official.first <= day <= official.official_until and day.weekday() < 5 and day not in theirs
    )
    return HolidayChanges(added, removed)


def _events(found: object) -> list[object]:
    what = "This is not the official list of bank holidays"
    if not isinstance(found, dict):
        raise BadHolidayFile(f"{what}: it has no divisions.")
    division = found if "events" in found else found.get(DIVISION)
    if not isinstance(division, dict):
        raise BadHolidayFile(f"{what}: the division {DIVISION} is missing.")
    if (named := division.get("division", DIVISION)) != DIVISION:
        raise BadHolidayFile(f"These are the bank holidays of {one_line(str(named), 40)}, not of {DIVISION}.")
    events = division.get("events")
    if not isinstance(events, list):
        raise BadHolidayFile(f"{what}: {DIVISION} has no list of events.")
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
