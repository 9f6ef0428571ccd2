"""The working-day calculator: the day so many working days on, or the working days between two days, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from feedback_tui.rules.dates import long_date, typed_date
from feedback_tui.rules.working_days import DayOff, WorkingCalendar


@dataclass(frozen=True)
class Reckoned:
    """One count of working days."""

    start: date
    end: date
    working_days: int
    """After `start` up to and with `end`; negative where `end` is before it."""
    skipped: tuple[DayOff, ...]
    """The days between that do not count, weekends too."""
    said: str
    """The answer as a sentence."""
    warning: str
    """Set where the bank holidays are not announced up to there."""

    @property
    def holidays(self) -> tuple[DayOff, ...]:
        """The days that are skipped and are no weekend."""
        return tuple(off for off in self.skipped if off.day.weekday() < 5)


def days_on(start: date, add: int, calendar: WorkingCalendar) -> Reckoned:
    """The day `add` working days after `start`; below 0: before it. Raises OutsideCalendar."""
    end = calendar.add(start, add)
    side = "after" if add >= 0 else "before"
    return _reckoned(start, end, calendar, f"{long_date(end)}: {in_words(abs(add))} {side} {long_date(start)}.")


def days_between(start: date, end: date, calendar: WorkingCalendar) -> Reckoned:
    """The working days after `start` up to and with `end`; back where `end` is before it. Raises OutsideCalendar."""
    count = calendar.between(start, end)
    if end >= start:
        said = f"{in_words(count)} after {long_date(start)}, up to and with {long_date(end)}."
    else:
        said = f"{in_words(count)}: from {long_date(start)} back to {long_date(end)}."
    return _reckoned(start, end, calendar, said)


def reckon(start: date, typed: str, today: date, calendar: WorkingCalendar) -> Reckoned:
    """What is typed: a number of working days to add (``10``, ``-5``), or a date to count to.

    Raises NotADate, OutsideCalendar.
    """
    plain = typed.strip().replace("−", "-")
    if found := re.fullmatch(r"([+-]?\d{1,4}) ?(?:wd)?", plain, re.ASCII):
        return days_on(start, int(found[1]), calendar)
    return days_between(start, typed_date(plain, today, calendar, future=True), calendar)


def in_words(count: int) -> str:
    """``1 working day``, ``10 working days``."""
    return f"{count} working day{'' if abs(count) == 1 else 's'}"


def unofficial(calendar: WorkingCalendar) -> str:
    """The warning for a day past those that bank holidays are announced for."""
    until = long_date(calendar.official_until)
    return f"Bank holidays are announced up to {until}: past that day the usual ones are counted."


def _reckoned(start: date, end: date, calendar: WorkingCalendar, said: str) -> Reckoned:
    first, last = min(start, end), max(start, end)
    warning = unofficial(calendar) if last > calendar.official_until else ""
    return Reckoned(start, end, calendar.between(start, end), tuple(calendar.skipped(first, last)), said, warning)
