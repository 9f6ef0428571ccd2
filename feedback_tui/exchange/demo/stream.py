"""Makes the whole register of the demo: a number of cases over some years, in order of receipt, one row at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from dateutil.relativedelta import relativedelta

from feedback_tui.exchange.demo.cases import Cases, Fate, Plan, Row
from feedback_tui.exchange.demo.council import Council
from feedback_tui.exchange.demo.days import Days
from feedback_tui.models.register_row import COLUMNS
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile import load_profile
from feedback_tui.rules.working_days import england

DEFAULT_PROFILE = "westmarch"
_SEASON = (1.12, 1.0, 1.08, 1.0, 1.02, 1.14, 0.92, 0.84, 1.0, 1.2, 1.04, 0.64)
"""How busy each month is, from January."""
_WEEK = (1.3, 1.15, 1.1, 1.05, 0.95, 0.14, 0.1)
"""How busy each weekday is, from Monday."""


def fictional_register(
    cases: int, until: date, seed: int = 1, years: int = 2, profile: Profile | None = None
) -> Iterator[Row]:
    """Yields `cases` invented cases received in the `years` up to and including `until`, in order of receipt.

    Each row has every register column and is valid on the day `until`. The same arguments give the same rows. The first
    cases make sure that on `until` something is due today, soon, and overdue (if `until` is not a working day, only
    actions are due on it). Words and procedures are those of the profile (default: the fictional council
    ``westmarch``). Only one row and the names of the last few hundred people are in memory. Raises ValueError for less
    than one year.
    """
    if years < 1:
        raise ValueError(f"{years} years: a register covers one at least")
    first = until - relativedelta(years=years) + relativedelta(days=1)
    calendar = england()
    days = Days(first, until, calendar)
    council = Council(profile or load_profile(DEFAULT_PROFILE))
    rng = Random(f"{seed} {cases} {until} {years}")
    start, end = days.number(first), days.number(until)
    plans = _plans(council, days, start, end)[:cases]
    made = Cases(council, days, end, rng, dict.fromkeys(COLUMNS, ""))
    year, number, short_year = 0, 0, ""
    for day, count in zip(range(start, end + 1), _spread(cases, start, end, plans, days, rng), strict=True):
        planned = [plan for planned_on, plan in plans if planned_on == day]
        if count and days.dates[day].year != year:
            year, number, short_year = days.dates[day].year, 0, f"{days.dates[day]:%y}"
        for nth in range(count):
            number += 1
            reference = council.reference.format(year=short_year, number=number)
            yield made.row(reference, day, planned[nth] if nth < len(planned) else None)


def _plans(council: Council, days: Days, start: int, end: int) -> list[tuple[int, Plan]]:
    """Returns the complaints needed for the last day, each with its day of receipt."""
    today = days.dates[end]
    found: list[tuple[int, Plan]] = []
    for rank, key in enumerate(council.procedures.names[:3]):
        terms = council.terms(key, today)
        # Deadlines today, on the next working days, and some working days ago; more for the first procedure.
        backs = (0, 1, 2, -3) if rank == 0 else (0, 1, -11)
        dues = [(terms.acknowledge, Fate.NOT_ACKNOWLEDGED)] if rank == 0 else []
        dues += [(count, Fate.UNDER_WAY) for count in (terms.aim, terms.limit) if count is not None]
        found += [
            (days.add(end, back - count), Plan(key, fate)) for count, fate in dues for back in backs if back <= count
        ]
    key = council.procedures.names[0]
    found.append((end - 150, Plan(key, Fate.WITH_OMBUDSMAN)))
    found.append((end - 120, Plan(key, Fate.ACTION_OWED)))
    return [(day, plan) for day, plan in found if start <= day <= end]


def _spread(cases: int, start: int, end: int, plans: list[tuple[int, Plan]], days: Days, rng: Random) -> list[int]:
    """Returns how many cases are received on each day from `start` to `end`: `cases` in all, including planned ones."""
    counts = [0] * (end - start + 1)
    for day, _ in plans:
        counts[day - start] += 1
    weights = []
    for day in range(start, end + 1):
        when = days.dates[day]
        quiet = 1.0 if days.is_working(day) or when.weekday() > 4 else 0.1
        weights.append(_SEASON[when.month - 1] * _WEEK[when.weekday()] * quiet * rng.uniform(0.5, 1.5))
    left, total, passed, given = cases - len(plans), sum(weights), 0.0, 0
    for index, weight in enumerate(weights):
        passed += weight
        upto = round(left * passed / total)
        counts[index] += upto - given
        given = upto
    return counts
