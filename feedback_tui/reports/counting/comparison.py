"""The last years side by side: from the register, or from the figures that the council typed for a year."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from sqlalchemy.engine import Connection

from feedback_tui.reports.counting.complaints import Tally, tally_complaints
from feedback_tui.reports.counting.feedback import kinds_received, typed_figures
from feedback_tui.reports.counting.ombudsman import received_by_procedure
from feedback_tui.reports.counting.timeliness import average_working_days
from feedback_tui.reports.shapes import CLOSED_WITHOUT_OUTCOME, OPEN, ComparedYear, rounded
from feedback_tui.rules.months import Span, quarter_of, year_of
from feedback_tui.rules.typed_figures import COMPARED
from feedback_tui.words import Kind, Outcome

YEARS = 3


def compare(connection: Connection, span: Span, this: ComparedYear) -> tuple[ComparedYear, ...]:
    """The years before `span` that anything is known of, the earliest first, then `this` one.

    Figures typed for a year stand for the whole of it: they are typed because the register does not hold the year, or
    not all of it. A quarter or a month is compared with the same one of the years before.
    """
    before = [_known(connection, earlier(span, years)) for years in range(YEARS - 1, 0, -1)]
    return (*(year for year in before if year is not None), this)


def compared(
    label: str,
    *,
    feedback: int,
    compliments: int,
    tally: Tally,
    average: Decimal | None,
    ombudsman: int,
) -> ComparedYear:
    """A year's row from what was counted in the register."""
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
    )


def earlier(span: Span, years: int) -> Span:
    """The same stretch, so many years before, with the label that names it."""
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


def _known(connection: Connection, span: Span) -> ComparedYear | None:
    typed = {name: value for name, value in typed_figures(connection, span.label).items() if name in COMPARED}
    if typed:
        return _as_typed(span.label, typed)
    kinds = kinds_received(connection, span)
    ombudsman = received_by_procedure(connection, span)
    if not kinds and not ombudsman:
        return None
    tally = Tally()
    for one in tally_complaints(connection, span).values():
        tally.add(one)
    return compared(
        span.label,
        feedback=kinds.total(),
        compliments=kinds[Kind.COMPLIMENT],
        tally=tally,
        average=average_working_days(connection, span),
        ombudsman=ombudsman,
    )


def _as_typed(label: str, typed: dict[str, Decimal]) -> ComparedYear:
    upheld, base = typed.get("upheld"), typed.get("upheld_of")
    if "upheld_percent" not in typed and upheld is not None and base:
        typed = {**typed, "upheld_percent": rounded(100 * upheld, base)}
    return ComparedYear(label=label, typed=True, **typed)
