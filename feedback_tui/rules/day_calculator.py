"""The working-day calculator: the date a number of working days from a day, or the working days between two days."""

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
    """Working days after `start` up to and including `end`; negative if `end` is earlier."""
    skipped: tuple[DayOff, ...]
    """The days in between that do not count, including weekends."""
    said: str
    """The answer as a sentence."""
    warning: str
    """A warning if bank holidays are not announced that far; otherwise ""."""

    @property
    def holidays(self) -> tuple[DayOff, ...]:
        """The skipped days that are not weekends."""
        return tuple(off for off in self.skipped if off.day.weekday() < 5)


def days_on(start: date, add: int, calendar: WorkingCalendar) -> Reckoned:
    """Returns the day `add` working days after `start` (negative: before). Raises OutsideCalendar."""
    end = calendar.add(start, add)
    side = "after" if add >= 0 else "before"
    return _reckoned(start, end, calendar, f"{long_date(end)}: {in_words(abs(add))} {side} {long_date(start)}.")


def days_between(start: date, end: date, calendar: WorkingCalendar) -> Reckoned:
    """Returns the working days after `start` up to and including `end`; counted backwards if `end` is earlier. Raises
    OutsideCalendar."""
    count = calendar.between(start, end)
    if end >= start:
        said = f"{in_words(count)} after {long_date(start)}, up to and with {long_date(end)}."
    else:
        said = f"{in_words(count)}: from {long_date(start)} back to {long_date(end)}."
    return _reckoned(start, end, calendar, said)


def reckon(start: date, typed: str, today: date, calendar: WorkingCalendar) -> Reckoned:
    """Returns the answer for typed text: a number of working days to add (``10``, ``-5``), or a date to count to.

    Raises NotADate; OutsideCalendar.
    """
    plain = typed.strip().replace("−", "-")
    if found := re.fullmatch(r"([+-]?\d{1,4}) ?(?:wd)?", plain, re.ASCII):
        return days_on(start, int(found[1]), calendar)
    return days_between(start, typed_date(plain, today, calendar, future=True), calendar)


def in_words(count: int) -> str:
    """Returns ``1 working day``, ``10 working days``."""
    return f"{count} working day{'' if abs(count) == 1 else 's'}"


def unofficial(calendar: WorkingCalendar) -> str:
    """Returns the warning for days after the last announced bank holiday."""
    until = long_date(calendar.official_until)
    return f"{calendar.bank_holidays} are announced up to {until}: past that day the usual ones are counted."


def _reckoned(start: date, end: date, calendar: WorkingCalendar, said: str) -> Reckoned:
    first, last = min(start, end), max(start, end)
    warning = unofficial(calendar) if last > calendar.official_until else ""
    return Reckoned(start, end, calendar.between(start, end), tuple(calendar.skipped(first, last)), said, warning)
