"""Compares the last years, counted from the register or typed by the council.

A span that is not over is compared with the same days of earlier years, as the register was on the same day of each
year. A typed figure never replaces a counted one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from feedback_tui.enums import Kind, Outcome
from feedback_tui.reports.counting.as_it_stood import as_it_stood
from feedback_tui.reports.counting.complaints import Tally, count_cuts, tally_complaints
from feedback_tui.reports.counting.counted_cases import CASE, counts_at_all
from feedback_tui.reports.counting.feedback import kinds_received, typed_figures, words_of
from feedback_tui.reports.counting.ombudsman import received_by_procedure
from feedback_tui.reports.counting.timeliness import days_by_procedure
from feedback_tui.reports.figure_rows import CLOSED_WITHOUT_OUTCOME, OPEN, ComparedYear, Counts, rounded
from feedback_tui.rules.months import Span, quarter_of, year_of
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.typed_figures import ACTIVITY, COMPARED, COUNCIL_WIDE, FAMILIES, family_of

YEARS = 3
"""The number of years counted from the register, including the year of the report."""
TYPED_YEARS = 6
"""The largest number of years shown. Years before the counted ones are shown with typed figures."""
LATE_BEGINNING = 14
"""Days. If the first feedback of a register comes in this soon after the start of a span, the register is taken to hold
the whole span."""


def compare(
    connection: Connection, profile: Profile, span: Span, as_of: date, this: ComparedYear
) -> tuple[ComparedYear, ...]:
    """Returns the years before `span` that have any figure, earliest first, and then `this`, the year of the report.

    For a quarter or month, the same quarter or month of earlier years is returned.
    """
    begins = connection.scalar(select(func.min(CASE.c.received_on)).where(counts_at_all()))
    to = as_of if span.start <= as_of < span.end else None
    before = []
    for years in range(TYPED_YEARS - 1, 0, -1):
        there = earlier(span, years)
        typed = typed_figures(connection, there.label)
        known = None
        if years < YEARS and to is not None:
            same_day = to - relativedelta(years=years)
            with as_it_stood(connection, same_day):
                known = _counted(connection, profile, Span(there.label, there.start, same_day), same_day)
            known = known and replace(known, counted_to=same_day)
        elif years < YEARS:
            known = _counted(connection, profile, there, as_of)
        if known is not None:
            before.append(_with_activity(replace(known, counted_from=_begun_within(there, begins)), typed))
        elif any(name in COMPARED or name == ACTIVITY or family_of(name) in _TYPED for name in typed):
            before.append(_as_typed(there.label, typed))
    typed = typed_figures(connection, span.label)
    return (*before, _with_activity(replace(this, counted_from=_begun_within(span, begins), counted_to=to), typed))


def _begun_within(span: Span, begins: date | None) -> date | None:
    """Returns the day on which the register begins if it is within `span`, later than `LATE_BEGINNING` days after the
    start (less for a short span); else None, because the register holds all of the span or none."""
    late = min(LATE_BEGINNING, (span.end - span.start).days // 6)
    return begins if begins is not None and span.start + timedelta(days=late) < begins <= span.end else None


def compared(
    label: str,
    *,
    kinds: Mapping[str, int],
    tally: Tally,
    average: Decimal | None,
    ombudsman: int,
    parts: Mapping[str, Mapping[str, Decimal]],
) -> ComparedYear:
    """Returns the row of a year counted from the register."""
    upheld, with_outcome = tally.outcomes[Outcome.UPHELD.value], _with_outcome(tally)
    return ComparedYear(
        label=label,
        typed=False,
        feedback=Decimal(sum(kinds.values())),
        compliments=Decimal(kinds.get(Kind.COMPLIMENT, 0)),
        enquiries=Decimal(kinds.get(Kind.ENQUIRY, 0)),
        complaints=Decimal(tally.cases),
        investigations=Decimal(tally.investigations),
        average_working_days=average,
        upheld=Decimal(upheld),
        upheld_of=Decimal(with_outcome),
        upheld_percent=rounded(100 * upheld, with_outcome) if with_outcome else None,
        ombudsman=Decimal(ombudsman),
        parts=parts,
    )


def _with_outcome(tally: Tally) -> int:
    return tally.investigations - tally.outcomes[OPEN] - tally.outcomes[CLOSED_WITHOUT_OUTCOME]


def parts_of(
    profile: Profile,
    cuts: Mapping[str, Counts],
    averages: Mapping[str | None, Decimal],
    tallies: Mapping[str | None, Tally],
    averages_of_groups: Mapping[str, Decimal],
) -> dict[str, dict[str, Decimal]]:
    """Returns a year's figures by family (``team``, ``group``, …), each by word: counts, and average working days."""
    found = {family: {word: Decimal(count) for word, count in counts.items()} for family, counts in cuts.items()}
    total, groups = Tally(), dict[str, Tally]()
    for procedure in profile.procedures:
        if (tally := tallies.get(procedure.key)) is not None:
            groups.setdefault(procedure.group, Tally()).add(tally)
    for tally in tallies.values():
        total.add(tally)
    ended = {
        word: count for word, count in total.outcome_counts().items() if word not in (OPEN, CLOSED_WITHOUT_OUTCOME)
    }
    found["outcome"] = {word: Decimal(count) for word, count in ended.items()}
    found["group"] = {name: Decimal(tally.cases) for name, tally in groups.items() if tally.cases}
    there = {name: groups[name] for name in found["group"]}
    found["group_investigations"] = {name: Decimal(tally.investigations) for name, tally in there.items()}
    found["group_upheld"] = {name: Decimal(tally.outcomes[Outcome.UPHELD.value]) for name, tally in there.items()}
    found["group_upheld_of"] = {name: Decimal(_with_outcome(tally)) for name, tally in there.items()}
    found["group_average_working_days"] = dict(averages_of_groups)
    found["average_working_days"] = {key: averages[key] for key in found["procedure"] if key in averages}
    return found


def earlier(span: Span, years: int) -> Span:
    """Returns the same span so many years before, with its label."""
    start = span.start - relativedelta(years=years)
    end = span.end + timedelta(days=1) - relativedelta(years=years) - timedelta(days=1)
    year = year_of(start)
    if span == year_of(span.start):
        return year
    if span.label == f"{year_of(span.start).label} {quarter_of(span.start)}":
        return Span(f"{year.label} {quarter_of(start)}", start, end)
    if span.label == f"{span.start:%Y-%m}":
        return Span(f"{start:%Y-%m}", start, end)
    return Span(f"{start} to {end}", start, end)


def _counted(connection: Connection, profile: Profile, span: Span, as_of: date) -> ComparedYear | None:
    """Returns a year counted from the register; None if the register has no feedback of that year."""
    kinds = kinds_received(connection, span)
    ombudsman = sum(received_by_procedure(connection, span).values())
    if not kinds and not ombudsman:
        return None
    tally, tallies = Tally(), tally_complaints(connection, span, as_of)
    for one in tallies.values():
        tally.add(one)
    days = days_by_procedure(connection, span)
    averages = {procedure: rounded(*parts) for procedure, parts in days.items()}
    cuts = count_cuts(connection, span)
    cuts["procedure"] = {key: tallies[key].cases for key in sorted(filter(None, tallies))}
    of_groups = {
        name: average
        for name in {procedure.group for procedure in profile.procedures}
        if (average := _average(days, {one.key for one in profile.procedures if one.group == name})) is not None
    }
    return compared(
        span.label,
        kinds={kind.value: count for kind, count in kinds.items()},
        tally=tally,
        average=_average(days, set(days)),
        ombudsman=ombudsman,
        parts=parts_of(profile, cuts, averages, tallies, of_groups),
    )


def _average(days: Mapping[str | None, tuple[int, int]], procedures: set[str | None] | set[str]) -> Decimal | None:
    some = [found for procedure, found in days.items() if procedure in procedures]
    return rounded(sum(total for total, _ in some), sum(count for _, count in some)) if some else None


_ALWAYS_TYPED = (ACTIVITY, COUNCIL_WIDE)
"""The families of figures that cannot be counted from a register."""
_TYPED = (*FAMILIES, *_ALWAYS_TYPED)


def _with_activity(year: ComparedYear, typed: Mapping[str, Decimal]) -> ComparedYear:
    """Returns a counted year with the typed figures that cannot be counted: the activity and the council's totals."""
    return replace(year, parts={**year.parts, **_typed_parts(typed, _ALWAYS_TYPED)})


def _typed_parts(typed: Mapping[str, Decimal], families: tuple[str, ...]) -> dict[str, dict[str, Decimal]]:
    found = {family: words_of(typed, family) for family in families}
    if ACTIVITY in typed:
        found[ACTIVITY] = {"in all": typed[ACTIVITY], **found[ACTIVITY]}
    return {family: words for family, words in found.items() if words}


def _as_typed(label: str, typed: dict[str, Decimal]) -> ComparedYear:
    upheld, base = typed.get("upheld"), typed.get("upheld_of")
    if "upheld_percent" not in typed and upheld is not None and base:
        typed = {**typed, "upheld_percent": rounded(100 * upheld, base)}
    whole: dict[str, Any] = {name: value for name, value in typed.items() if name in COMPARED}
    return ComparedYear(label=label, typed=True, parts=_typed_parts(typed, _TYPED), **whole)
