"""Days as small integers, so that counting working days a million times is fast."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from feedback_tui.rules.working_days import WorkingCalendar

BEFORE: Final = 30
"""The number of days known before the first day of the register."""
AFTER: Final = 500
"""The number of days known after its last day, for limits and extensions."""


class Days:
    """The days around a register, numbered from 0, with their working days counted once."""

    def __init__(self, first: date, last: date, calendar: WorkingCalendar) -> None:
        self.start = first - timedelta(days=BEFORE)
        dates = [self.start + timedelta(days=n) for n in range((last - self.start).days + AFTER)]
        self.dates = dates
        self.text = [day.isoformat() for day in dates]
        """Each day as YYYY-MM-DD."""
        self._working = [n for n, day in enumerate(dates) if calendar.is_working_day(day)]
        working = set(self._working)
        self._count = []
        count = 0
        for n in range(len(dates)):
            count += n in working
            self._count.append(count)

    def number(self, day: date) -> int:
        """Returns the number of `day`."""
        return (day - self.start).days

    def is_working(self, day: int) -> bool:
        """Returns whether the day is a working day."""
        return self._count[day] > self._count[day - 1]

    def add(self, day: int, working_days: int) -> int:
        """Returns the day that many working days after `day` (negative: before), as ``WorkingCalendar.add`` counts."""
        if working_days > 0:
            return self._working[self._count[day] + working_days - 1]
        if working_days < 0:
            return self._working[self._count[day - 1] + working_days]
        return day
