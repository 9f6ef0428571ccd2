"""Dates as officers type them, and as registers hold them. No lenient parser: a legal date is never guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from feedback_tui.rules.working_days import OutsideCalendar, WorkingCalendar

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOW_TO_TYPE: Final = "today, yesterday, fri, 3/4, 3/4/2026, 2026-04-03, +10wd (working days), +7d or -2d"


class NotADate(ValueError):
    """A text that names no date; the message says what would."""


def register_date(text: str) -> date:
    """A date as a register holds it: ``YYYY-MM-DD`` or ``DD/MM/YYYY``, nothing else. Raises NotADate."""
    plain = text.strip()
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", plain, re.ASCII):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", plain, re.ASCII):
        day, month, year = (int(part) for part in found.groups())
    else:
        raise NotADate(f"“{text}” is not a date: write YYYY-MM-DD or DD/MM/YYYY")
    return _date(year, month, day, text)


def typed_date(text: str, today: date, calendar: WorkingCalendar, *, future: bool = False) -> date:
    """The date that an officer means by `text`, on the day `today`. Raises NotADate.

    ``fri`` is the last Friday up to today, for a date of something done; with `future`, the next one after today.
    ``3/4`` is 3 April (day first), of the year that makes it the nearest such day not after today, with `future` not
    before it. ``+10wd`` counts working days from today, ``+7d`` and ``-2d`` calendar days.
    """
    plain = text.strip().casefold()
    if not plain:
        raise NotADate(f"a date is needed: {HOW_TO_TYPE}")
    if plain in ("today", "t", "now"):
        return today
    if plain in ("yesterday", "y"):
        return today - timedelta(days=1)
    if plain == "tomorrow":
        return today + timedelta(days=1)
    if found := re.fullmatch(r"([+-]\d{1,4})\s*(wd|d|w|m)?", plain, re.ASCII):
        return _shifted(int(found[1]), found[2] or "d", text, today, calendar)
    if len(plain) >= 3 and (named := [n for n, day in enumerate(WEEKDAYS) if day.startswith(plain)]):
        return _weekday(named[0], today, future)
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})", plain, re.ASCII):
        return _nearest(int(found[1]), int(found[2]), text, today, future)
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})", plain, re.ASCII):
        year = int(found[3])
        return _date(year if year > 99 else 2000 + year, int(found[2]), int(found[1]), text)
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain, re.ASCII):
        return _date(int(found[1]), int(found[2]), int(found[3]), text)
    raise NotADate(f"“{text.strip()}” is not a date: {HOW_TO_TYPE}")


def long_date(day: date) -> str:
    """A date in full with its weekday: ``Fri 3 April 2026``."""
    return f"{day:%a} {day.day} {day:%B %Y}"


def short_date(day: date) -> str:
    """A date for a column: ``Fri 3 Apr 2026``."""
    return f"{day:%a} {day.day:>2} {day:%b %Y}"


def _date(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotADate(f"“{text.strip()}” is not a date: {error}") from None


def _shifted(count: int, unit: str, text: str, today: date, calendar: WorkingCalendar) -> date:
    try:
        match unit:
            case "wd":
                return calendar.add(today, count)
            case "w":
                return today + timedelta(weeks=count)
            case "m":
                return today + relativedelta(months=count)
            case _:
                return today + timedelta(days=count)
    except (OutsideCalendar, OverflowError, ValueError):
        raise NotADate(f"“{text.strip()}” is too far away") from None


def _weekday(weekday: int, today: date, future: bool) -> date:
    if future:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def _nearest(day: int, month: int, text: str, today: date, future: bool) -> date:
    years = range(today.year, today.year + 9) if future else range(today.year, today.year - 9, -1)
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found >= today) if future else (found <= today):
            return found
    return _date(today.year, month, day, text)
