"""Counts what was received by kind, month and quarter, and the council's headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from feedback_tui.enums import Kind
from feedback_tui.reports.counting.counted_cases import CASE, TYPED, in_order, received, rows
from feedback_tui.reports.figure_rows import Counts, Feedback, Headline, rounded
from feedback_tui.rules.months import Span, months_of, quarter_of, year_of
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.typed_figures import ACTIVITY


def count_feedback(connection: Connection, span: Span, as_of: date) -> Feedback:
    """Counts all feedback received in `span`. Months and quarters without any are included as zero."""
    kinds: Counter[Kind] = Counter()
    months = Counter(dict.fromkeys(months_of(span), 0))
    quarters = Counter({quarter_label(first_of(label), span): 0 for label in months})
    query = (
        select(CASE.c.kind, CASE.c.received_on, func.count())
        .where(received(span))
        .group_by(CASE.c.kind, CASE.c.received_on)
    )
    for kind, day, count in rows(connection, query):
        kinds[kind] += count
        months[f"{day:%Y-%m}"] += count
        quarters[quarter_label(day, span)] += count
    total = kinds.total()
    begun = sum(1 for label in months if first_of(label) <= as_of) or len(months)
    return Feedback(
        total=total,
        by_kind=in_order(kinds, Kind),
        by_month=dict(months),
        by_quarter=dict(quarters),
        months=begun,
        monthly_average=rounded(total, begun),
    )


def kinds_received(connection: Connection, span: Span) -> Counter[Kind]:
    """Counts the feedback received in `span` by kind."""
    query = select(CASE.c.kind, func.count()).where(received(span)).group_by(CASE.c.kind)
    return Counter(dict(map(tuple, rows(connection, query))))


def count_headline(
    profile: Profile, kinds: Counts, procedures: Counts, groups: Counts, ombudsman: int, activity: Decimal | None
) -> Headline:
    """Returns the sum of the parts that the profile's headline names. A case in two parts counts twice."""
    counts = {"kind": kinds, "procedure": procedures, "group": groups, "ombudsman": {"": ombudsman}}
    parts: dict[str, int] = {}
    for part in profile.headline:
        family, _, word = part.partition(":")
        parts[part] = counts[family].get(word, 0)
    return Headline(sum(parts.values()), parts, activity)


def activity_typed(typed: Mapping[str, Decimal]) -> tuple[dict[str, Decimal], Decimal | None]:
    """Returns the parts of the year's activity by name, and the total: typed as one figure, else the sum; None if
    neither was typed."""
    parts = words_of(typed, ACTIVITY)
    return parts, typed.get(ACTIVITY, sum(parts.values(), Decimal(0)) if parts else None)


def words_of(typed: Mapping[str, Decimal], family: str) -> dict[str, Decimal]:
    """Returns the typed figures of a family, by their own names."""
    before = f"{family}: "
    return {name.removeprefix(before): typed[name] for name in sorted(typed) if name.startswith(before)}


def typed_figures(connection: Connection, label: str) -> dict[str, Decimal]:
    """Returns the figures typed for the year `label`, by name; values that are not numbers are left out."""
    query = select(TYPED.c.name, TYPED.c.value).where(TYPED.c.year == label)
    found = {name: _number(value) for name, value in rows(connection, query)}
    return {name: value for name, value in found.items() if value is not None}


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().removesuffix("%").replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def first_of(month: str) -> date:
    """Returns the first day of a month such as ``2022-04``."""
    return date.fromisoformat(f"{month}-01")


def quarter_label(day: date, span: Span) -> str:
    """Returns ``Q1``; with the year if the span covers more than one reporting year, so that labels are unique."""
    if year_of(span.start) == year_of(span.end):
        return quarter_of(day)
    return f"{year_of(day).label} {quarter_of(day)}"
