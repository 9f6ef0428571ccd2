"""The counts and times of the summary, in plain loops over the cases."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from feedback_tui.enums import Outcome, Status
from tests.reports.building import Agreed, Given

Values = Callable[[Given], Iterable[str | None]]


def one_decimal(value: Fraction) -> float:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def mean(values: list[int]) -> float | None:
    return one_decimal(Fraction(sum(values), len(values))) if values else None


def spread(values: list[int]) -> dict[str, Any]:
    """The ends, the middle, and the quartiles as a spreadsheet has them."""
    quartiles: list[Any] = [None] * 3
    if values:
        quartiles = statistics.quantiles(values, method="inclusive") if len(values) > 1 else values * 3
    return {
        "n": len(values),
        "average": mean(values),
        "lowest": min(values, default=None),
        "lower_quartile": quartiles[0],
        "median": statistics.median(values) if values else None,
        "upper_quartile": quartiles[2],
        "highest": max(values, default=None),
    }


def tally(words: Iterable[str]) -> dict[str, int]:
    """How often each word stands there, without regard to case, under its most frequent (then first) spelling."""
    listed = list(words)
    found: dict[str, int] = {}
    for plain in {word.casefold() for word in listed}:
        spelt = [word for word in listed if word.casefold() == plain]
        best = sorted(set(spelt), key=lambda word: (-spelt.count(word), word))[0]
        found[best] = len(spelt)
    return found


def per_case(cases: list[Given], values: Values) -> tuple[dict[str, int], int]:
    """Cases under each word, and those with none; the spelling is chosen over all cases that use it."""
    users: dict[str, dict[str, set[int]]] = {}
    without = 0
    for number, case in enumerate(cases):
        words = [word for word in values(case) if word is not None]
        without += not words
        for word in words:
            users.setdefault(word.casefold(), {}).setdefault(word, set()).add(number)
    found = {}
    for spellings in users.values():
        best = sorted(spellings, key=lambda word: (-len(spellings[word]), word))[0]
        found[best] = len(set().union(*spellings.values()))
    return found, without


def investigated(case: Given) -> bool:
    return case.started_on is not None or case.responded_on is not None


def outcome_of(case: Given, outcome: Outcome | None) -> str:
    if outcome is not None:
        return str(outcome)
    if case.status is not Status.CLOSED:
        return "open"
    return "withdrawn" if case.closing_reason == "withdrawn" else "closed without outcome"


def outcomes(words: Iterable[str]) -> dict[str, int]:
    return {"open": 0} | tally(words)


CUTS: dict[str, Values] = {
    "by_procedure": lambda case: [case.procedure],
    "by_team": lambda case: [point.team for point in case.points],
    "by_provider": lambda case: [point.provider for point in case.points],
    "by_category": lambda case: [point.category for point in case.points],
    "by_subcategory": lambda case: [
        f"{point.category} > {point.subcategory}" if point.category and point.subcategory else None
        for point in case.points
    ],
    "by_theme": lambda case: [point.theme for point in case.points],
    "by_channel": lambda case: [case.channel],
    "by_correspondent": lambda case: [None if role is None else str(role) for role in case.roles],
}


def timeliness(cases: list[Given], bands: tuple[int, ...], months: list[str]) -> dict[str, Any]:
    answered = [case for case in cases if case.responded_on is not None]
    days = [case.working_days for case in answered if case.working_days is not None]
    counts = {"responded": len(answered), "average_working_days": mean(days)}
    for name in ("target", "limit"):
        counts[f"within_{name}"] = counts[f"of_{name}"] = 0
    counts["within_extended"] = 0
    for case in answered:
        assert case.responded_on is not None
        in_extension = False
        for name, dues in (("target", case.targets), ("limit", case.limits)):
            live = [due for due in dues if not due.superseded]
            if not live:
                continue
            original = min(due.original for due in live)
            counts[f"of_{name}"] += 1  # type: ignore[operator]
            counts[f"within_{name}"] += case.responded_on <= original  # type: ignore[operator]
            now = max(due.as_it_stands for due in live)
            in_extension |= case.extended and original < case.responded_on <= now
        counts["within_extended"] += in_extension  # type: ignore[operator]
    banded, lower = {}, 0
    for upper in bands:
        banded[f"{lower}-{upper}"] = sum(1 for n in days if lower <= n <= upper)
        lower = upper + 1
    banded[f"{lower}+"] = sum(1 for n in days if n >= lower)
    by_month: dict[str, list[int]] = {label: [] for label in months}
    by_quarter: dict[str, list[int]] = {label: [] for label in quarters(months)}
    for case in answered:
        if case.working_days is not None:
            by_month[str(case.received_on)[:7]].append(case.working_days)
            by_quarter[f"Q{(case.received_on.month + 8) % 12 // 3 + 1}"].append(case.working_days)
    return {
        **counts,
        "bands": banded,
        "working_days": spread(days),
        "by_month": {label: spread(some) for label, some in by_month.items()},
        "by_quarter": {label: spread(some) for label, some in by_quarter.items()},
    }


def acknowledgement(cases: list[Given], as_of: date) -> dict[str, int]:
    within = of = 0
    for case in cases:
        done_on = case.acknowledged_on or case.responded_on
        due = case.acknowledgement
        if done_on is not None:
            of += 1
            within += due is not None and done_on <= due.original
        elif due is not None and due.as_it_stands < min(case.closed_on or as_of, as_of):
            of += 1
    return {"within": within, "of": of}


def kept(agreed: list[Agreed], as_of: date) -> dict[str, int]:
    of = [one for one in agreed if one.done_on or (one.due_on and one.due_on < as_of)]
    return {"within": sum(1 for one in of if one.done_on and one.due_on and one.done_on <= one.due_on), "of": len(of)}


def months_from(start: date, end: date) -> list[str]:
    """The labels of the months from one day to another."""
    there = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    return [f"{month // 12}-{month % 12 + 1:02}" for month in there]


def quarters(months: list[str]) -> list[str]:
    """The labels of the quarters of these months of one reporting year."""
    return [f"Q{number}" for number in sorted({(int(label[5:]) + 8) % 12 // 3 + 1 for label in months})]
