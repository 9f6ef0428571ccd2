"""Parses dates as officers type them, and as registers store them. Parsing is strict: a legal date is never guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from feedback_tui.plain_error import PlainError
from feedback_tui.rules.months import NEWEST_YEAR, OLDEST_YEAR
from feedback_tui.rules.working_days import OutsideCalendar, WorkingCalendar
from feedback_tui.text import one_line

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEARS: Final = f"its year is not between {OLDEST_YEAR} and {NEWEST_YEAR}"
HOW_TO_TYPE: Final = "write today, fri, 3/4, 3 apr 2026, 2026-04-03, +10wd (working days) or -7d"


class NotADate(PlainError, ValueError):
    """A text that is not a date; the message says what would be one. `why` is the message without the text."""

    def __init__(self, text: str, why: str) -> None:
        self.why = why
        shown = one_line(text, 40)
        super().__init__(f"“{shown}” is not a date: {why}" if shown else f"a date is needed: {why}")


def register_date(text: str) -> date:
    """Returns a date in a register's form: ``YYYY-MM-DD`` or ``DD/MM/YYYY`` only. Raises NotADate."""
    plain = text.strip()
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", plain, re.ASCII):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", plain, re.ASCII):
        day, month, year = (int(part) for part in found.groups())
    else:
        raise NotADate(text, "write YYYY-MM-DD or DD/MM/YYYY")
    return _date(year, month, day, text)


def typed_date(text: str, today: date, calendar: WorkingCalendar, *, future: bool = False) -> date:
    """Returns the date that an officer means by `text`, on the day `today`. Raises NotADate.

    ``fri`` is the last Friday up to and including today (for something done); with `future`, the next one after today.
    ``3/4`` and ``3 apr`` are 3 April (day first) of the nearest year in which it is not after today, with `future` not
    before it. ``+10wd`` counts working days from today, ``+7d``, ``-2w`` and ``+1m`` days, weeks and months. A weekday
    given with a date must agree with it.
    """
    plain = " ".join(text.casefold().split())
    if plain in ("today", "t"):
        return today
    if plain in ("yesterday", "y"):
        return today - timedelta(days=1)
    if plain == "tomorrow":
        return today + timedelta(days=1)
    if found := re.fullmatch(r"([+-]\d{1,4}) ?(wd|d|w|m)", plain, re.ASCII):
        return _shifted(int(found[1]), found[2], text, today, calendar)
    if re.fullmatch(r"[+-]\d+", plain, re.ASCII):
        raise NotADate(text, f"{plain}wd for working days, {plain}d for days")
    if (weekday := _named(plain, WEEKDAYS)) is not None:
        return _weekday(weekday, today, future)
    if found := re.fullmatch(r"(?:([a-z]+),? )?(\S.*)", plain, re.ASCII):
        weekday = None if found[1] is None else _named(found[1], WEEKDAYS)
        if (found[1] is None or weekday is not None) and (parts := _parts(found[2])) is not None:
            return _whole(parts, weekday, text, today, future)
    raise NotADate(text, HOW_TO_TYPE)


def long_date(day: date) -> str:
    """Returns a date in full with its weekday: ``Fri 3 April 2026``."""
    return f"{day:%a} {day.day} {day:%B %Y}"


def short_date(day: date) -> str:
    """Returns a date for a column: ``Fri  3 Apr 2026``."""
    return f"{day:%a} {day.day:>2} {day:%b %Y}"


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """Returns the position in `names` of the name that a word of at least three letters abbreviates, or None."""
    if word == "weds":
        return WEEKDAYS.index("wednesday")
    return next((n for n, name in enumerate(names) if len(word) >= 3 and name.startswith(word)), None)


def _parts(plain: str) -> tuple[int, int, str] | None:
    """Returns day, month, and the year as typed ("" if missing) of a date in figures or with a month's name; None if it
    is neither."""
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain, re.ASCII):
        return int(found[3]), int(found[2]), found[1]
    if found := re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?", plain, re.ASCII):
        return int(found[1]), int(found[3]), found[4] or ""
    if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)? ?([a-z]+),?(?: ?(\d{4}|\d{2}))?", plain, re.ASCII):
        month = _named(found[2], MONTHS)
        return None if month is None else (int(found[1]), month + 1, found[3] or "")
    return None


def _whole(parts: tuple[int, int, str], weekday: int | None, text: str, today: date, future: bool) -> date:
    day, month, year = parts
    if not year:
        found = _nearest(day, month, text, today, future)
    elif len(year) == 4:
        found = _date(int(year), month, day, text)
    else:
        found = _date(2000 + int(year), month, day, text)
        if found.year > today.year + 20:
            raise NotADate(text, f"write the year in full, {found.year - 100} or {found.year}")
    if weekday is not None and found.weekday() != weekday:
        raise NotADate(text, f"{found.day} {found:%B %Y} is a {found:%A}")
    return found


def _date(year: int, month: int, day: int, text: str) -> date:
    if not OLDEST_YEAR <= year <= NEWEST_YEAR:
        raise NotADate(text, _YEARS)
    if not 1 <= month <= 12:
        raise NotADate(text, f"there is no month {month} (the day stands before the month)")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotADate(text, f"{date(year, month, 1):%B %Y} has {last} days")
    return date(year, month, day)


def _shifted(count: int, unit: str, text: str, today: date, calendar: WorkingCalendar) -> date:
    try:
        match unit:
            case "wd":
                return calendar.add(today, count)
            case "w":
                found = today + timedelta(weeks=count)
            case "m":
                found = today + relativedelta(months=count)
            case _:
                found = today + timedelta(days=count)
    except OutsideCalendar:
        raise NotADate(text, _as_far_as_is_known(count, today, calendar)) from None
    except (OverflowError, ValueError):
        raise NotADate(text, _YEARS) from None
    return _date(found.year, found.month, found.day, text)


def _as_far_as_is_known(count: int, today: date, calendar: WorkingCalendar) -> str:
    """Returns what may be typed instead, because the bank holidays `count` working days away are not known."""
    known = f"bank holidays are known from {calendar.first.year} to {calendar.last.year}"
    if not calendar.first <= today <= calendar.last:
        return f"{known}, and today is {long_date(today)}: write the date itself"
    most, end = calendar.farthest(today, back=count < 0)
    if not most:
        return f"{known}: write the date itself"
    return f"{known}: write {'-' if count < 0 else '+'}{most}wd at most, {long_date(end)}"


def _weekday(weekday: int, today: date, future: bool) -> date:
    if future:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def _nearest(day: int, month: int, text: str, today: date, future: bool) -> date:
    # 29 February may be eight years away: 1896 and 1904, 2096 and 2104.
    step = 1 if future else -1
    for year in range(today.year, today.year + 9 * step, step):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            found = date(year, month, day)
            if (found >= today) if future else (found <= today):
                return found
    return _date(today.year, month, day, text)
