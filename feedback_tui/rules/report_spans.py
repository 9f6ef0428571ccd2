"""Parses the span of a report as typed: a year, a quarter, a month, or from one day to another."""

from __future__ import annotations

import re
from datetime import date

from feedback_tui.rules import months
from feedback_tui.rules.dates import NotADate, register_date
from feedback_tui.rules.months import NEWEST_YEAR, OLDEST_YEAR, Span
from feedback_tui.rules.working_days import FIRST_YEAR
from feedback_tui.text import one_line

HOW = "write a year (2025/26), a quarter (2025/26 Q2), a month (2025-06), or two days (2025-06-01 to 2025-08-15)"
_QUARTER = re.compile(r"(?:(\S+)\s+)?q([1-4])", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}/\d{2,4}", re.ASCII)
_BETWEEN = re.compile(r"\s+(?:to|-|–|until)\s+|\s*\.\.\s*", re.IGNORECASE)


def span_of(text: str, today: date) -> Span:
    """Returns the span that `typed` means; ``Q2`` alone is in the reporting year of `today`. Raises ValueError."""
    return countable(_meant(text, today))


def countable(span: Span) -> Span:
    """Returns the span. Raises ValueError if it begins before working days can be counted."""
    if span.start.year < FIRST_YEAR:
        raise ValueError(
            f"{span.label} begins before {FIRST_YEAR}, from when working days can be counted: nothing in a register "
            "was received then"
        )
    return span


def _meant(text: str, today: date) -> Span:
    words = " ".join(text.split())
    if (found := _QUARTER.fullmatch(words)) is not None:
        year = months.reporting_year(found[1]) if found[1] else months.year_of(today)
        return months.quarter(year, int(found[2]))
    ends = _BETWEEN.split(words)
    if len(ends) == 2:
        return between(_day(ends[0]), _day(ends[1]))
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", words, re.ASCII) and not _is_year(words):
        return months.month(words)
    try:
        return months.reporting_year(words)
    except ValueError as error:
        if _YEAR.fullmatch(words):
            raise ValueError(str(error)) from None
        raise ValueError(f"“{one_line(text, 40)}” is no span of a report: {HOW}") from None


def between(start: date, end: date) -> Span:
    """Returns the span from one day to another, both included; named as a year, quarter or month if it is exactly one.
    Raises ValueError."""
    if end < start:
        raise ValueError(f"{end} is before {start}: the first day comes first")
    if not (start.year >= OLDEST_YEAR and end.year <= NEWEST_YEAR):
        raise ValueError(f"a report is of days between {OLDEST_YEAR} and {NEWEST_YEAR}")
    year = months.year_of(start)
    named = [year, *(months.quarter(year, number) for number in (1, 2, 3, 4)), months.month(f"{start:%Y-%m}")]
    same = next((span for span in named if (span.start, span.end) == (start, end)), None)
    return same or Span(f"{start} to {end}", start, end)


def step(span: Span, steps: int) -> Span:
    """Returns the span that many steps later (negative: earlier): for a quarter other quarters, for a month other
    months, otherwise spans of as many days. Raises ValueError."""
    size = _months_in(span)
    if size is None:
        days = (span.end - span.start) + date.resolution
        return between(span.start + steps * days, span.end + steps * days)
    first = span.start.year * 12 + span.start.month - 1 + steps * size
    last = first + size
    return between(_first_of(first), _first_of(last) - date.resolution)


def _months_in(span: Span) -> int | None:
    """Returns the number of whole months in a span; None if it starts or ends within a month."""
    after = span.end + date.resolution
    if span.start.day != 1 or after.day != 1:
        return None
    return (after.year - span.start.year) * 12 + after.month - span.start.month


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _is_year(words: str) -> bool:
    """Returns whether ``YYYY-NN`` is a reporting year: ``2011-12`` is one, ``2011-11`` is a month."""
    first, _, second = words.partition("-")
    return (int(first) + 1) % 100 == int(second)


def _day(text: str) -> date:
    try:
        return register_date(text)
    except NotADate as error:
        raise ValueError(str(error)) from None
