"""Limits in months, and the years and quarters of reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from feedback_tui.text import one_line

OLDEST_YEAR, NEWEST_YEAR = 1900, 2100
"""A year outside these is a typing error: 0024 for 2024."""


def months_from(start: date, months: int) -> date:
    """Returns the last day of a period of `months` calendar months that begins on `start`.

    It is the day before the corresponding date (6 April, six months: 5 October); if the last month has no such date,
    its last day (31 August, six months: 28 or 29 February). 2009 Regulations, reg 14.
    """
    corresponding = start + relativedelta(months=months)
    if corresponding.day != start.day:
        return corresponding
    return corresponding - timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A span of days, both ends included, with its name: ``2022/23``, ``2022/23 Q1``, ``2022-04``."""

    label: str
    start: date
    end: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end


def reporting_year(label: str) -> Span:
    """Returns the year 1 April to 31 March named by `label`: ``2022/23`` (reg 18). Raises ValueError."""
    found = re.fullmatch(r"(\d{4})[/-](\d{2}|\d{4})", label.strip(), re.ASCII)
    if found is None:
        raise ValueError(f"“{one_line(label, 40)}” is not a year: write it as 2022/23 (1 April 2022 to 31 March 2023)")
    first = int(found[1])
    right = f"{first}/{(first + 1) % 100:02}"
    if not OLDEST_YEAR <= first < NEWEST_YEAR:
        raise ValueError(f"“{found[0]}” is not between {OLDEST_YEAR} and {NEWEST_YEAR}")
    if found[2] not in (right[-2:], str(first + 1)):
        raise ValueError(f"“{found[0]}” is not a year: {right} would be")
    return Span(right, date(first, 4, 1), date(first + 1, 3, 31))


def year_of(day: date) -> Span:
    """Returns the reporting year that contains `day`."""
    first = day.year if day.month >= 4 else day.year - 1
    return Span(f"{first}/{(first + 1) % 100:02}", date(first, 4, 1), date(first + 1, 3, 31))


def quarter(year: Span, number: int) -> Span:
    """Returns quarter 1 to 4 of a reporting year; Q1 is April to June. Raises ValueError for another number."""
    if number not in (1, 2, 3, 4):
        raise ValueError(f"{number} is not a quarter: use 1, 2, 3 or 4 (Q1 is April to June)")
    start = year.start + relativedelta(months=3 * (number - 1))
    return Span(f"{year.label} Q{number}", start, start + relativedelta(months=3) - timedelta(days=1))


def month(label: str) -> Span:
    """Returns the calendar month named by `label`: ``2022-04``. Raises ValueError."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", label.strip(), re.ASCII)
    if found is None or not 1 <= int(found[2]) <= 12 or not OLDEST_YEAR <= int(found[1]) <= NEWEST_YEAR:
        raise ValueError(f"“{one_line(label, 40)}” is not a month: write it as 2022-04")
    start = date(int(found[1]), int(found[2]), 1)
    return Span(f"{start:%Y-%m}", start, start + relativedelta(months=1) - timedelta(days=1))


def months_of(span: Span) -> list[str]:
    """Returns the labels of all months that `span` touches, in order: ``2022-04`` …"""
    labels, day = [], span.start.replace(day=1)
    while day <= span.end:
        labels.append(f"{day:%Y-%m}")
        day += relativedelta(months=1)
    return labels


def quarter_of(day: date) -> str:
    """Returns ``Q1`` to ``Q4`` for the quarter of the reporting year that contains `day`."""
    return f"Q{(day.month - 4) % 12 // 3 + 1}"
