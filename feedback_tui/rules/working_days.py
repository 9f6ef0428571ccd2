"""Working days: not Saturday, Sunday, a bank holiday in England, nor a closure day that the council has added.

The day after a date is day 1 if it is a working day, else the first working day after it (``domain``, counting days).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2000, 2060
OFFICIAL_UNTIL = date(2028, 12, 31)
"""The last day for which the bank holidays of England are announced; later ones are what the rules foretell."""


class OutsideCalendar(ValueError):
    """A date outside the years that bank holidays are known for."""


@dataclass(frozen=True)
class DayOff:
    """A day that is skipped, and why: ``Saturday``, ``Good Friday``, ``closure: …``."""

    day: date
    why: str


@dataclass(frozen=True)
class WorkingCalendar:
    """The days off that dates are counted with: weekends are implied, `days_off` names the others."""

    days_off: Mapping[date, str]
    official_until: date = OFFICIAL_UNTIL
    _span: tuple[date, date] = field(default=(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), repr=False)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.days_off

    def why_off(self, day: date) -> str | None:
        """Why `day` is not a working day, or None where it is one. A holiday on a weekend is named by the weekend."""
        if day.weekday() >= 5:
            return day.strftime("%A")
        return self.days_off.get(day)

    def add(self, start: date, working_days: int) -> date:
        """The day that is `working_days` after `start`, which itself is day 0; a negative number counts back.

        0 gives `start` unchanged, working day or not. Raises OutsideCalendar past the known years.
        """
        step = ONE_DAY if working_days >= 0 else -ONE_DAY
        day, left = start, abs(working_days)
        while left:
            day = self._inside(day + step)
            if self.is_working_day(day):
                left -= 1
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; where `end` is before `start`, the same count negative."""
        if end < start:
            return -self.between(end, start)
        self._inside(start), self._inside(end)
        days = (end - start).days
        whole_weeks, rest = divmod(days, 7)
        count = whole_weeks * 5 + sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
        return count - sum(start < off <= end for off in self._weekdays_off)

    def skipped(self, start: date, end: date) -> list[DayOff]:
        """The days after `start` up to and with `end` that do not count, each with its reason."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return [DayOff(day, why) for day in days if (why := self.why_off(day)) is not None]

    def with_closures(self, closures: Mapping[date, str]) -> WorkingCalendar:
        """This calendar with further days off."""
        return WorkingCalendar({**closures, **self.days_off}, self.official_until)

    @cached_property
    def _weekdays_off(self) -> list[date]:
        return sorted(day for day in self.days_off if day.weekday() < 5)

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hex digits that name this set of days off: the record of what a date was computed with."""
        days = "\n".join(f"{day.isoformat()} {self.days_off[day]}" for day in self._weekdays_off)
        return sha256(days.encode()).hexdigest()[:12]

    def _inside(self, day: date) -> date:
        if not self._span[0] <= day <= self._span[1]:
            raise OutsideCalendar(f"{day:%Y-%m-%d} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
        return day


def england(years: Iterable[int] = range(FIRST_YEAR, LAST_YEAR + 1)) -> WorkingCalendar:
    """The calendar of England without closure days of any council: bank holidays from the ``holidays`` package."""
    import holidays

    found = holidays.country_holidays("GB", subdiv="ENG", years=years)
    return WorkingCalendar({day: name.replace(" (observed)", " (substitute day)") for day, name in found.items()})
