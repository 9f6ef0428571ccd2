"""The last years side by side, and whether every table adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from feedback_tui.reports.document.blocks import Cell, Row, Section, Table
from feedback_tui.reports.document.number_format import NONE, number, one, procedure_names, share, some
from feedback_tui.reports.figure_rows import ComparedYear, Figures, rounded

COMPARED: tuple[tuple[str, Callable[[ComparedYear], Decimal | None]], ...] = (
    ("Feedback", lambda year: year.feedback),
    ("Compliments", lambda year: year.compliments),
    ("Complaint cases", lambda year: year.complaints),
    ("Investigations", lambda year: year.investigations),
    ("Average working days to respond", lambda year: year.average_working_days),
    ("Investigations upheld", lambda year: year.upheld),
    ("Went to the Ombudsman", lambda year: year.ombudsman),
)
FAMILIES = (
    ("group", "The last years by group of procedures", "Group"),
    ("procedure", "The last years by procedure", "Procedure"),
    ("average_working_days", "Average working days of the last years by procedure", "Procedure"),
    ("team", "The last years by team", "Team"),
    ("channel", "The last years by channel", "Channel"),
    ("theme", "The last years by theme", "Theme"),
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
    "complaints.with_provider.by_subcategory": "Complaints about providers by sub-category",
    "complaints.refused": "Not accepted, by reason",
    "complaints.investigations": "Investigations, of complaint cases",
    "outcomes.stage_1": "Outcomes at stage 1",
    "outcomes.stage_2": "Outcomes at Stage 2",
    "outcomes.by_procedure": "Outcomes by procedure",
    "outcomes.by_team": "Outcomes by team",
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
    return Section("The last years", (said,), (table, *_by_part(figures)))


def _by_part(figures: Figures) -> Iterator[Table]:
    """The last years by what their complaints were under, about, and came in by; nothing that only this year has."""
    years, names = figures.comparison, procedure_names(figures.procedures)
    for family, caption, thing in FAMILIES:
        known = [year.parts.get(family, {}) for year in years]
        if not any(known[:-1]) or (family == "group" and len(set().union(*known)) < 2):
            continue
        rows = []
        for word in _united(known):
            each = [_of_word(word, year, family) for year in years]
            label = names.get(word, word) if family in ("procedure", "average_working_days") else word
            cells = tuple(_with_rank(value, of, family) for value, of in zip(each, known, strict=True))
            rows.append(Row(label, (*cells, _changed(each[-2], each[-1]))))
        note = "Change is from the year before."
        if family == "theme":
            note += " The rank of a theme in its year stands beside its number."
        yield Table(caption, (thing, *(year.label for year in years), "Change"), tuple(rows), note)


def _united(known: Sequence[Mapping[str, Decimal]]) -> list[str]:
    """Every word of any year, whatever its capitals, this year's first."""
    words: dict[str, str] = {}
    for of_year in reversed(known):
        for word in of_year:
            words.setdefault(word.casefold(), word)
    return list(words.values())


def _of_word(word: str, year: ComparedYear, family: str) -> Decimal | None:
    """A year's figure of a word; of a year that is counted in the register what does not stand there is zero."""
    found = {other.casefold(): value for other, value in year.parts.get(family, {}).items()}
    nothing = None if year.typed or family == "average_working_days" else Decimal(0)
    return found.get(word.casefold(), nothing)


def _with_rank(value: Decimal | None, of_year: Mapping[str, Decimal], family: str) -> Cell:
    if value is None or family != "theme" or not value:
        return some(value)
    return f"{number(value)} ({1 + sum(1 for other in of_year.values() if other > value)})"


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


def the_record(figures: Figures) -> Section:
    """What this report proves later of the record that it was made from."""
    event, _, digest = figures.anchor.partition(":")
    return Section(
        "The record",
        (
            f"When this was made the last event on record was number {event}. The next line, kept with this report, "
            "shows later whether anything up to it was changed: feedback-tui check --anchors takes this file.",
            f"{event}:{digest}",
        ),
    )


def _change(years: tuple[ComparedYear, ...], value: Callable[[ComparedYear], Decimal | None]) -> str:
    return _changed(value(years[-2]), value(years[-1]))


def _changed(before: Decimal | None, now: Decimal | None) -> str:
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
