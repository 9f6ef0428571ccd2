"""Working days: not Saturdays, Sundays or bank holidays of a nation; for the council, also not its own closure days.

The day after a date is day 1 if it is a working day; otherwise the first working day after it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

from feedback_tui.plain_error import PlainError
from feedback_tui.rules.nations import Nation

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2000, 2060
OFFICIAL_UNTIL = date(2028, 12, 31)
"""The last day for which bank holidays are announced, in each nation; later ones follow from the usual rules."""


class OutsideCalendar(PlainError, ValueError):
    """A date outside the years with known bank holidays."""


@dataclass(frozen=True)
class DayOff:
    """A day that is skipped, and why: ``Saturday``, ``Good Friday``, the name of a closure."""

    day: date
    why: str


@dataclass(frozen=True)
class WorkingCalendar:
    """The days off used for counting: weekends, and the days in `days_off`."""

    days_off: Mapping[date, str]
    official_until: date = OFFICIAL_UNTIL
    first: date = date(FIRST_YEAR, 1, 1)
    last: date = date(LAST_YEAR, 12, 31)
    """The last day that `days_off` covers, inclusive; `first` is the first. Nothing is counted outside them."""
    closures: frozenset[date] = frozenset()
    """The days of `days_off` that are the council's own closure days, which by law are working days."""
    nation: Nation = Nation.ENGLAND
    """Whose bank holidays are among `days_off`."""

    @property
    def bank_holidays(self) -> str:
        """``Bank holidays``; except for England, with the nation: ``Bank holidays of Scotland``."""
        return "Bank holidays" if self.nation is Nation.ENGLAND else f"Bank holidays of {self.nation.label}"

    @cached_property
    def law(self) -> WorkingCalendar:
        """The calendar of working days by law, without closure days."""
        if not self.closures:
            return self
        kept = {day: why for day, why in self.days_off.items() if day not in self.closures}
        return replace(self, days_off=kept, closures=frozenset())

    def counting(self, *, closures: bool) -> WorkingCalendar:
        """Returns the council's calendar if `closures` count as days off, otherwise the law's."""
        return self if closures else self.law

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.days_off

    def why_off(self, day: date) -> str | None:
        """Returns why `day` is not a working day, or None if it is. A holiday on a weekend is named by its weekday."""
        if day.weekday() >= 5:
            return day.strftime("%A")
        return self.days_off.get(day)

    def add(self, start: date, working_days: int) -> date:
        """Returns the day `working_days` after `start`, which is day 0; a negative number counts back.

        0 returns `start` unchanged, even if it is a day off. Raises OutsideCalendar outside the known years.
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
        """Returns the most working days that can be counted on (or `back`) from `start`, and the day reached; for 0,
        `start`.

        Raises OutsideCalendar if `start` is outside the known years.
        """
        self._require(start)
        if back:
            most, end = bisect_left(self._working_days, start.toordinal()), self._working_days[0]
        else:
            most = len(self._working_days) - bisect_right(self._working_days, start.toordinal())
            end = self._working_days[-1]
        return most, date.fromordinal(end) if most else start

    def add_at_most(self, start: date, working_days: int) -> date:
        """Returns the day `working_days` (not negative) after `start`, or the last known working day if that is
        earlier. Used for how far lists look ahead. Raises OutsideCalendar if `start` is outside the known years."""
        return self.add(start, min(working_days, self.farthest(start, back=False)[0]))

    def on_or_after(self, day: date) -> date:
        """Returns `day` if it is a working day, otherwise the next one. Raises OutsideCalendar."""
        return day if self.is_working_day(day) else self.add(day, 1)

    def between(self, start: date, end: date) -> int:
        """Returns the working days after `start` up to and including `end`; negative if `end` is earlier.

        Raises OutsideCalendar outside the known years.
        """
        self._require(start)
        self._require(end)
        up_to_end = bisect_right(self._working_days, end.toordinal())
        return up_to_end - bisect_right(self._working_days, start.toordinal())

    def skipped(self, start: date, end: date) -> list[DayOff]:
        """Returns the days after `start` up to and including `end` that do not count, each with its reason."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return [DayOff(day, why) for day in days if (why := self.why_off(day)) is not None]

    def with_closures(self, closures: Mapping[date, str]) -> WorkingCalendar:
        """Returns this calendar with further closure days; a day that is already a day off keeps its name and is no
        closure."""
        own = frozenset(day for day in closures if day not in self.days_off)
        return replace(self, days_off={**closures, **self.days_off}, closures=self.closures | own)

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hex digits that identify this set of days off, recorded with each date counted with it.

        Computed from the days alone, because names change no date and differ between versions of the holidays package.
        """
        days = "\n".join(day.isoformat() for day in sorted(self.days_off) if day.weekday() < 5)
        return sha256(days.encode()).hexdigest()[:12]

    @cached_property
    def mark(self) -> str:
        """Identifies the days off of a register: as `fingerprint`, and also which of them are closure days and, except
        for England, whose bank holidays they are."""
        days = self.fingerprint if not self.closures else f"{self.fingerprint}/{self.law.fingerprint}"
        return days if self.nation is Nation.ENGLAND else f"{days}{_OF_A_NATION}{self.nation}"

    @cached_property
    def _working_days(self) -> list[int]:
        """Every working day as its ordinal, in order, so that counting is a look-up. Takes 4 ms, once."""
        off = {day.toordinal() for day in self.days_off}
        days = range(self.first.toordinal(), self.last.toordinal() + 1)
        return [day for day in days if (day - 1) % 7 < 5 and day not in off]

    def _require(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise OutsideCalendar(f"{day.isoformat()} is {self._outside_the_years()}.")

    def _outside_the_years(self) -> str:
        return f"outside the years {self.first.year} to {self.last.year}, whose bank holidays are known"


_OF_A_NATION = "@"


def nation_of(mark: str) -> Nation:
    """Returns the nation that a `mark` names; England where it names none. Raises UnknownWord."""
    _, named, nation = mark.partition(_OF_A_NATION)
    return Nation.read(nation) if named else Nation.ENGLAND


def both_counts(days_off: Mapping[date, bool], first: date, last: date) -> Iterator[tuple[date, int, int]]:
    """Yields each working day by law from `first` to `last`, with the number of working days up to and including it, by
    law and for the council.

    `days_off` says for each day off whether it is a closure day, which is a day off for the council only.
    """
    in_law = for_council = 0
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        if day.weekday() < 5 and days_off.get(day, True):
            in_law, for_council = in_law + 1, for_council + (day not in days_off)
            yield day, in_law, for_council


def england(years: Iterable[int] = range(FIRST_YEAR, LAST_YEAR + 1)) -> WorkingCalendar:
    """Returns the calendar of England without closure days. `years` must be consecutive."""
    return calendar_of(Nation.ENGLAND, years)


def calendar_of(nation: Nation, years: Iterable[int] = range(FIRST_YEAR, LAST_YEAR + 1)) -> WorkingCalendar:
    """Returns the calendar of a nation without closure days, with bank holidays from the ``holidays`` package. They are
    those that GOV.UK publishes (tests/rules/test_nations.py). `years` must be consecutive.
    """
    import holidays

    known = sorted(years)
    found = holidays.country_holidays("GB", subdiv=nation.subdivision, years=known)
    return WorkingCalendar(
        {day: name.replace(" (observed)", " (substitute day)") for day, name in found.items() if day.year in known},
        first=date(known[0], 1, 1),
        last=date(known[-1], 12, 31),
        nation=nation,
    )
