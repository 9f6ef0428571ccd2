"""The last years side by side, and whether every table adds up."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from feedback_tui.reports.paper.figures_in_words import NONE, one, share, some
from feedback_tui.reports.paper.shapes import Row, Section, Table
from feedback_tui.reports.shapes import ComparedYear, Figures, rounded

COMPARED: tuple[tuple[str, Callable[[ComparedYear], Decimal | None]], ...] = (
    ("Feedback", lambda year: year.feedback),
    ("Compliments", lambda year: year.compliments),
    ("Complaint cases", lambda year: year.complaints),
    ("Investigations", lambda year: year.investigations),
    ("Average working days to respond", lambda year: year.average_working_days),
    ("Investigations upheld", lambda year: year.upheld),
    ("Went to the Ombudsman", lambda year: year.ombudsman),
)
TABLES = {
    "feedback.by_kind": "Feedback by kind",
    "feedback.by_month": "Feedback by month",
    "feedback.by_quarter": "Feedback by quarter",
    "complaints.by_procedure": "Complaint cases by procedure",
    "complaints.by_team": "Complaint cases by team",
    "complaints.by_provider": "Complaint cases by provider",
    "complaints.by_category": "Complaint cases by category",
    "complaints.by_subcategory": "Complaint cases by sub-category",
    "complaints.by_theme": "Complaint cases by theme",
    "complaints.by_channel": "Complaint cases by channel",
    "complaints.by_correspondent": "Complaint cases by complainant",
    "complaints.investigations": "Investigations, of complaint cases",
    "outcomes.stage_1": "Outcomes at stage 1",
    "outcomes.stage_2": "Outcomes at Stage 2",
    "stage_1.responded": "Responses, of investigations",
    "stage_1.bands": "Working days to respond",
    "groups": "Groups of procedures",
    "ombudsman.received": "Ombudsman: not accepted and taken up",
    "learning.by_area": "Points of learning, of cases with any",
    "compliments.by_team": "Compliments by team",
    "compliments.by_source": "Compliments by where they were recorded",
    "enquiries.by_role": "Enquiries by who enquired",
}


def last_years(figures: Figures) -> Section:
    """Each figure of the last years, and the change to this one; nothing to show for a first year."""
    years = figures.comparison
    if len(years) < 2:
        return Section("The last years", ("Nothing is known of the years before: no figures of theirs to compare.",))
    rows = [Row(label, (*(some(value(year)) for year in years), _change(years, value))) for label, value in COMPARED]
    typed = [year.label for year in years if year.typed]
    note = "Change is from the year before, in number and as a percentage of the year before."
    if typed:
        note += f" {', '.join(typed)}: figures as the council typed them from earlier reports."
    columns = ("Figure", *(year.label for year in years), "Change")
    table = Table("The last years side by side", columns, tuple(rows), note)
    upheld = [f"{year.label} {_upheld(year)}" for year in years]
    said = f"Upheld, of the investigations with an outcome: {'; '.join(upheld)}."
    return Section("The last years", (said,), (table,))


def adding_up(figures: Figures) -> Section:
    """Every table's total against its base, and what explains a difference."""
    rows = tuple(
        Row(TABLES[row.table], (row.total, row.base, row.explained_by or "adds up")) for row in figures.reconciliation
    )
    return Section(
        "How the tables add up",
        (),
        (
            Table(
                "Each table against its base",
                ("Table", "Total", "Base", "What explains a difference"),
                rows,
                word_columns=(3,),
            ),
        ),
    )


def _change(years: tuple[ComparedYear, ...], value: Callable[[ComparedYear], Decimal | None]) -> str:
    before, now = value(years[-2]), value(years[-1])
    if before is None or now is None:
        return NONE
    change = now - before
    words = "no change" if not change else f"{change:+,}"
    if not change or not before:
        return words
    return f"{words} ({rounded(100 * change, before):+}% of {one(before)})"


def _upheld(year: ComparedYear) -> str:
    if year.upheld is not None and year.upheld_of is not None:
        return share(year.upheld, year.upheld_of)
    return "not known" if year.upheld_percent is None else f"{year.upheld_percent}% as typed, its number not known"
