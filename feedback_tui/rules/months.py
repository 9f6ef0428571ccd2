"""Limits in months, and the years and quarters of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


def months_from(start: date, months: int) -> date:
    """The last day of a period of `months` calendar months commencing on `start`.

    The day before the corresponding date (6 April, six months: 5 October); where the last month has no such date, its
    last day (31 August, six months: 28 or 29 February). 2009 Regulations, reg 14.
    """
    corresponding = start + relativedelta(months=months)
    if corresponding.day != start.day:
        return corresponding
    return corresponding - timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A stretch of days, both ends included, with the words that name it: ``2022/23``, ``2022/23 Q1``, ``2022-04``."""

    label: str
    start: date
    end: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end


def reporting_year(label: str) -> Span:
    """The year 1 April to 31 March that `label` names: ``2022/23`` (reg 18). Raises ValueError otherwise."""
    found = re.fullmatch(r"(\d{4})[/-](\d{2}|\d{4})", label.strip())
    if found is None:
        raise ValueError(f"“{label}” is not a year: write it as 2022/23 (1 April 2022 to 31 March 2023)")
    first, second = int(found[1]), int(found[2])
    if second % 100 != (first + 1) % 100 or (second > 99 and second != first + 1) or first < 1900:
        raise ValueError(f"“{label}” is not a year: {first}/{(first + 1) % 100:02} would be")
    return Span(f"{first}/{(first + 1) % 100:02}", date(first, 4, 1), date(first + 1, 3, 31))


def year_of(day: date) -> Span:
    """The reporting year that `day` falls in."""
    first = day.year if day.month >= 4 else day.year - 1
    return reporting_year(f"{first}/{(first + 1) % 100:02}")


def quarter(year: Span, number: int) -> Span:
    """Quarter 1 to 4 of a reporting year: Q1 is April to June. Raises ValueError for another number."""
    if number not in (1, 2, 3, 4):
        raise ValueError(f"{number} is not a quarter: use 1, 2, 3 or 4 (Q1 is April to June)")
    start = year.start + relativedelta(months=3 * (number - 1))
    return Span(f"{year.label} Q{number}", start, start + relativedelta(months=3) - timedelta(days=1))


def month(label: str) -> Span:
    """The calendar month that `label` names: ``2022-04``. Raises ValueError otherwise."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", label.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        raise ValueError(f"“{label}” is not a month: write it as 2022-04")
    start = date(int(found[1]), int(found[2]), 1)
    return Span(f"{start:%Y-%m}", start, start + relativedelta(months=1) - timedelta(days=1))


def months_of(span: Span) -> list[str]:
    """The labels of the months that `span` touches, in order: ``2022-04`` …"""
    labels, day = [], span.start.replace(day=1)
    while day <= span.end:
        labels.append(f"{day:%Y-%m}")
        day += relativedelta(months=1)
    return labels


def quarter_of(day: date) -> str:
    """``Q1`` to ``Q4`` of the reporting year that `day` falls in."""
    return f"Q{(day.month - 4) % 12 // 3 + 1}"
