"""Working days: not Saturday, Sunday or a bank holiday in England; for the council, nor a closure day of its own.

The day after a date is day 1 if it is a working day, else the first working day after it (``domain``, counting days).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

from feedback_tui.plain_error import PlainError

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2000, 2060
OFFICIAL_UNTIL = date(2028, 12, 31)
"""The last day for which the bank holidays of England are announced; later ones are what the rules foretell."""


class OutsideCalendar(PlainError, ValueError):
    """A date outside the years that bank holidays are known for."""


@dataclass(frozen=True)
class DayOff:
    """A day that is skipped, and why: ``Saturday``, ``Good Friday``, the name of a closure."""

    day: date
    why: str


@dataclass(frozen=True)
class WorkingCalendar:
    """The days off that dates are counted with: weekends are implied, `days_off` names the others."""

    days_off: Mapping[date, str]
    official_until: date = OFFICIAL_UNTIL
    first: date = date(FIRST_YEAR, 1, 1)
    last: date = date(LAST_YEAR, 12, 31)
    """The days, both included, that `days_off` is complete for: nothing is counted outside them."""
    closures: frozenset[date] = frozenset()
    """Those of `days_off` that are closure days of the council's own: the law counts them as working days."""

    @cached_property
    def law(self) -> WorkingCalendar:
        """The working days of the law, which know no closures of a council."""
        if not self.closures:
            return self
        kept = {day: why for day, why in self.days_off.items() if day not in self.closures}
        return replace(self, days_off=kept, closures=frozenset())

    def counting(self, *, closures: bool) -> WorkingCalendar:
        """The working days of the council where `closures` count as days off, else those of the law."""
        return self if closures else self.law

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
        self._require(start)
        if working_days == 0:
            return start
        if working_days > 0:
            index = bisect_right(self._working_days, start.toordinal()) + working_days - 1
        else:
            index = bisect_left(self._working_days, start.toordinal()) + working_days
        if not 0 <= index < len(self._working_days):
            most, end = self.farthest(start, back=working_days < 0)
            raise OutsideCalendar(
                f"{abs(working_days)} working days {'after' if working_days > 0 else 'before'} {start.isoformat()} is "
                f"{self._outside_the_years()}: {f'at most {most}' if most else 'none'} can be counted from there"
                f"{f', to {end.isoformat()}' if most else ''}."
            )
        return date.fromordinal(self._working_days[index])

    def farthest(self, start: date, *, back: bool) -> tuple[int, date]:
        """The most working days that can be counted on (or `back`) from `start`, and the day that is; 0: `start`.

        Raises OutsideCalendar where `start` itself is past the known years.
        """
        self._require(start)
        if back:
            most, end = bisect_left(self._working_days, start.toordinal()), self._working_days[0]
        else:
            most = len(self._working_days) - bisect_right(self._working_days, start.toordinal())
            end = self._working_days[-1]
        return most, date.fromordinal(end) if most else start

    def add_at_most(self, start: date, working_days: int) -> date:
        """The day that is `working_days` (not negative) after `start`, or the last one known where that is before it:
        how far a list looks ahead. Raises OutsideCalendar where `start` itself is past the known years.
        """
        return self.add(start, min(working_days, self.farthest(start, back=False)[0]))

    def on_or_after(self, day: date) -> date:
        """`day` itself where it is a working day, else the next one."""
        return day if self.is_working_day(day) else self.add(day, 1)

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; where `end` is before `start`, the same count negative.

        Raises OutsideCalendar past the known years.
        """
        self._require(start)
        self._require(end)
        up_to_end = bisect_right(self._working_days, end.toordinal())
        return up_to_end - bisect_right(self._working_days, start.toordinal())

    def skipped(self, start: date, end: date) -> list[DayOff]:
        """The days after `start` up to and with `end` that do not count, each with its reason."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return [DayOff(day, why) for day in days if (why := self.why_off(day)) is not None]

    def with_closures(self, closures: Mapping[date, str]) -> WorkingCalendar:
        """This calendar with further days off; a day that is a bank holiday already keeps that name."""
        own = frozenset(day for day in closures if day not in self.days_off)
        return replace(self, days_off={**closures, **self.days_off}, closures=self.closures | own)

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hex digits that name this set of days off: the record of what a date was computed with.

        Of the days alone: what a holiday is called changes no date, and the package's names change with its versions.
        """
        days = "\n".join(day.isoformat() for day in sorted(self.days_off) if day.weekday() < 5)
        return sha256(days.encode()).hexdigest()[:12]

    @cached_property
    def mark(self) -> str:
        """What the register names its days off by: like `fingerprint`, and which of them are closure days."""
        return self.fingerprint if not self.closures else f"{self.fingerprint}/{self.law.fingerprint}"

    @cached_property
    def _working_days(self) -> list[int]:
        """Every working day as its ordinal, in order: counting is then looking up. Costs 4 ms, once."""
        off = {day.toordinal() for day in self.days_off}
        days = range(self.first.toordinal(), self.last.toordinal() + 1)
        return [day for day in days if (day - 1) % 7 < 5 and day not in off]

    def _require(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise OutsideCalendar(f"{day.isoformat()} is {self._outside_the_years()}.")

    def _outside_the_years(self) -> str:
        return f"outside the years {self.first.year} to {self.last.year}, whose bank holidays are known"


def both_counts(days_off: Mapping[date, bool], first: date, last: date) -> Iterator[tuple[date, int, int]]:
    """Each working day of the law from `first` to `last`, and how many there were up to it: in law, for the council.

    `days_off`: whether each is a closure day of the council, which is a day off for the council alone.
    """
    in_law = for_council = 0
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        if day.weekday() < 5 and days_off.get(day, True):
            in_law, for_council = in_law + 1, for_council + (day not in days_off)
            yield day, in_law, for_council


def england(years: Iterable[int] = range(FIRST_YEAR, LAST_YEAR + 1)) -> WorkingCalendar:
    """The calendar of England without closure days of any council: bank holidays from the ``holidays`` package.

    `years` follow each other without a gap.
    """
    import holidays

    known = sorted(years)
    found = holidays.country_holidays("GB", subdiv="ENG", years=known)
    return WorkingCalendar(
        {day: name.replace(" (observed)", " (substitute day)") for day, name in found.items() if day.year in known},
        first=date(known[0], 1, 1),
        last=date(known[-1], 12, 31),
    )
