"""The last years beside each other, each counted in plain loops or typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from feedback_tui.enums import Status
from feedback_tui.rules.procedures import Profile
from tests.reports.building import Given
from tests.reports.naive import summary
from tests.reports.naive_counts import months_from, one_decimal, quarters

Typed = dict[str, dict[str, Decimal]]
"""Figures as typed: by year, then by name."""


def typed_words(typed: dict[str, Decimal], families: Iterable[str]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for name, value in typed.items():
        family, colon, word = name.partition(": ")
        if name == "activity":
            family, colon, word = "activity", ": ", "in all"
        if colon and family in families:
            found.setdefault(family, {})[word] = float(value)
    return found


ALWAYS = ("activity", "council")
COUNTED_FAMILIES = (
    "team", "procedure", "group", "channel", "theme", "average_working_days", "outcome", "group_investigations",
    "group_upheld", "group_upheld_of", "group_average_working_days",
)  # fmt: skip
WHOLE = (
    "feedback", "compliments", "enquiries", "complaints", "investigations", "average_working_days", "upheld",
    "upheld_of", "upheld_percent", "ombudsman",
)  # fmt: skip


def label_of(start: date, end: date) -> str:
    """The label of a year, a quarter or a month."""
    months = months_from(start, end)
    first = start.year - (start.month < 4)
    year = f"{first}/{(first + 1) % 100:02}"
    return {12: year, 3: f"{year} {quarters(months)[0]}", 1: months[0]}[len(months)]


def comparison(
    cases: list[Given], profile: Profile, start: date, end: date, as_of: date, typed: Typed
) -> list[dict[str, Any]]:
    """The year, quarter or month from `start` to `end` beside those of the years before."""
    running = start <= as_of < end
    there = [case for case in cases if case.status is not Status.VOID and case.received_on <= as_of]
    begins = min((case.received_on for case in there), default=None)
    years = []
    for back in range(5, -1, -1):
        first, after = start.replace(year=start.year - back), end + timedelta(days=1)
        last = after.replace(year=after.year - back) - timedelta(days=1)
        label, waited = label_of(first, last), min(14, (last - first).days // 6)
        given = typed.get(label, {})
        day = as_of
        if running and back:
            leap = (as_of.month, as_of.day) == (2, 29)
            day = as_of.replace(year=as_of.year - back, day=28 if leap else as_of.day)
        counted = None
        if back < 3:
            counted = counted_year(cases, profile, first, last, day if running else as_of)
            if back and not counted["feedback"] and not counted["ombudsman"]:
                counted = None
        if counted is not None:
            within = begins is not None and (begins - first).days > waited and begins <= last
            counted["counted_from"] = str(begins) if within else None
            counted["counted_to"] = str(day) if running else None
            counted["parts"] |= typed_words(given, ALWAYS)
            years.append(counted)
        elif given:
            upheld, of = given.get("upheld"), given.get("upheld_of")
            if "upheld_percent" not in given and upheld is not None and of:
                given = {
                    **given,
                    "upheld_percent": Decimal(one_decimal(Fraction(upheld) * 100 / Fraction(of))).quantize(
                        Decimal("0.1")
                    ),
                }
            years.append(
                {
                    "label": label,
                    **{name: float(given[name]) if name in given else None for name in WHOLE},
                    "typed": True,
                    "counted_from": None,
                    "counted_to": None,
                    "parts": typed_words(given, (*COUNTED_FAMILIES, *ALWAYS)),
                }
            )
    return years


def counted_year(cases: list[Given], profile: Profile, start: date, end: date, as_of: date) -> dict[str, Any]:
    """One year as the register counts it."""
    found = summary(cases, profile, start, end, as_of, label_of(start, end))
    complaints, ended = found["complaints"], found["code"]["all_complaints"]
    upheld = found["outcomes"]["stage_1"].get("upheld", 0)
    of = ended["with_outcome"]
    averages = {key: one["average_working_days"] for key, one in found["stage_1"].items() if key != "all"}
    groups = found["groups"]
    no_outcome = ("open", "closed without outcome")
    return {
        "label": found["year"]["label"],
        "feedback": found["feedback"]["total"],
        "compliments": found["feedback"]["by_kind"].get("compliment", 0),
        "enquiries": found["feedback"]["by_kind"].get("enquiry", 0),
        "complaints": complaints["cases"],
        "investigations": complaints["investigations"],
        "average_working_days": found["stage_1"]["all"]["average_working_days"],
        "upheld": upheld,
        "upheld_of": of,
        "upheld_percent": one_decimal(Fraction(100 * upheld, of)) if of else None,
        "ombudsman": found["ombudsman"]["received"],
        "typed": False,
        "parts": {
            "team": complaints["by_team"],
            "theme": complaints["by_theme"],
            "channel": complaints["by_channel"],
            "procedure": complaints["by_procedure"],
            "outcome": {word: n for word, n in found["outcomes"]["stage_1"].items() if word not in no_outcome},
            "group": {name: group["cases"] for name, group in groups.items()},
            "group_investigations": {name: group["investigations"] for name, group in groups.items()},
            "group_upheld": {name: group["outcomes"].get("upheld", 0) for name, group in groups.items()},
            "group_upheld_of": {
                name: sum(n for word, n in group["outcomes"].items() if word not in no_outcome)
                for name, group in groups.items()
            },
            "group_average_working_days": {
                name: average
                for name, group in groups.items()
                if (average := group["average_working_days"]) is not None
            },
            "average_working_days": {key: value for key, value in averages.items() if value is not None},
        },
    }
