"""Compares the last years, counted from the register or typed by the council."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from sqlalchemy.engine import Connection

from feedback_tui.enums import Kind, Outcome
from feedback_tui.reports.counting.complaints import Tally, count_cuts, tally_complaints
from feedback_tui.reports.counting.feedback import kinds_received, typed_figures
from feedback_tui.reports.counting.ombudsman import received_by_procedure
from feedback_tui.reports.counting.timeliness import average_working_days
from feedback_tui.reports.figure_rows import CLOSED_WITHOUT_OUTCOME, OPEN, ComparedYear, Counts, rounded
from feedback_tui.rules.months import Span, quarter_of, year_of
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.typed_figures import COMPARED, FAMILIES, family_of

YEARS = 3


def compare(connection: Connection, profile: Profile, span: Span, this: ComparedYear) -> tuple[ComparedYear, ...]:
    """Returns the years before `span` of which anything is known, earliest first, then `this`.

    If figures were typed for a year, only these are used: they are typed because the register lacks the year or part of
    it. A quarter or month is compared with the same one in earlier years.
    """
    before = [_known(connection, profile, earlier(span, years)) for years in range(YEARS - 1, 0, -1)]
    return (*(year for year in before if year is not None), this)


def compared(
    label: str,
    *,
    feedback: int,
    compliments: int,
    tally: Tally,
    average: Decimal | None,
    ombudsman: int,
    parts: Mapping[str, Mapping[str, Decimal]],
) -> ComparedYear:
    """Returns the row of a year counted from the register."""
    upheld = tally.outcomes[Outcome.UPHELD.value]
    with_outcome = tally.investigations - tally.outcomes[OPEN] - tally.outcomes[CLOSED_WITHOUT_OUTCOME]
    return ComparedYear(
        label=label,
        typed=False,
        feedback=Decimal(feedback),
        compliments=Decimal(compliments),
        complaints=Decimal(tally.cases),
        investigations=Decimal(tally.investigations),
        average_working_days=average,
        upheld=Decimal(upheld),
        upheld_of=Decimal(with_outcome),
        upheld_percent=rounded(100 * upheld, with_outcome) if with_outcome else None,
        ombudsman=Decimal(ombudsman),
        parts=parts,
    )


def parts_of(
    profile: Profile, cuts: Mapping[str, Counts], averages: Mapping[str | None, Decimal]
) -> dict[str, dict[str, Decimal]]:
    """Returns a year's counts by family and its averages by procedure. A group of procedures has the sum of its
    procedures."""
    found = {family: {word: Decimal(count) for word, count in counts.items()} for family, counts in cuts.items()}
    groups: dict[str, Decimal] = {}
    for procedure in profile.procedures:
        groups[procedure.group] = groups.get(procedure.group, Decimal(0)) + found["procedure"].get(procedure.key, 0)
    found["group"] = {group: count for group, count in groups.items() if count}
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


def _known(connection: Connection, profile: Profile, span: Span) -> ComparedYear | None:
    typed = typed_figures(connection, span.label)
    if any(name in COMPARED or family_of(name) in FAMILIES for name in typed):
        return _as_typed(span.label, typed)
    kinds = kinds_received(connection, span)
    ombudsman = sum(received_by_procedure(connection, span).values())
    if not kinds and not ombudsman:
        return None
    tally, tallies = Tally(), tally_complaints(connection, span)
    for one in tallies.values():
        tally.add(one)
    averages = average_working_days(connection, span)
    cuts = count_cuts(connection, span)
    cuts["procedure"] = {key: tallies[key].cases for key in sorted(filter(None, tallies))}
    return compared(
        span.label,
        feedback=kinds.total(),
        compliments=kinds[Kind.COMPLIMENT],
        tally=tally,
        average=averages.get("all"),
        ombudsman=ombudsman,
        parts=parts_of(profile, cuts, averages),
    )


def _as_typed(label: str, typed: dict[str, Decimal]) -> ComparedYear:
    upheld, base = typed.get("upheld"), typed.get("upheld_of")
    if "upheld_percent" not in typed and upheld is not None and base:
        typed = {**typed, "upheld_percent": rounded(100 * upheld, base)}
    parts: dict[str, dict[str, Decimal]] = {}
    for name, value in typed.items():
        if (family := family_of(name)) in FAMILIES:
            parts.setdefault(family, {})[name.removeprefix(f"{family}: ")] = value
    whole = {name: value for name, value in typed.items() if name in COMPARED}
    return ComparedYear(label=label, typed=True, parts=parts, **whole)
