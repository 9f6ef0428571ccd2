"""The sections on the last years, on how the tables add up, and on the event record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from feedback_tui.reports.declarations.declaration import Division, Measure
from feedback_tui.reports.declarations.numbers import Number, Numbers
from feedback_tui.reports.declarations.year_comparison import (
    AVERAGES,
    COMPARED,
    FAMILIES,
    GROUPS,
    PROCEDURES,
    THEMES,
    UPHELD,
    UPHELD_OF,
    UPHELD_PERCENT,
)
from feedback_tui.reports.document.blocks import Cell, Row, Section, Sentence, Table, Withholding, sentence
from feedback_tui.reports.document.number_format import NONE, joined, number, procedure_names, share, some
from feedback_tui.reports.figure_rows import Figures, rounded
from feedback_tui.reports.reconciliation import reconcile


def last_years(figures: Figures) -> Section:
    """Returns the section that compares the last years, with the change to this one."""
    if len(figures.comparison) < 2:
        return Section("The last years", ("Nothing is known of the years before: no figures of theirs to compare.",))
    years = {year.label: Numbers(year, {}, f"comparison.{year.label}.") for year in figures.comparison}
    rows = []
    for figure in COMPARED:
        known = [year.known(figure) for year in years.values()]
        rows.append(Row(figure.words, (*map(some, known), _changed(known[-2], known[-1]))))
    typed = [year.label for year in figures.comparison if year.typed]
    note = "Change is from the year before, in number and as a percentage of the year before."
    if typed:
        note += f" {', '.join(typed)}: figures as the council typed them from earlier reports."
    columns = ("Figure", *years, "Change")
    table = Table("The last years side by side", columns, tuple(rows), Withholding.LEFT_OUT, note, key="comparison")
    upheld = joined("; ", [sentence(f"{label} ", _upheld(year)) for label, year in years.items()])
    said = sentence("Upheld, of the investigations with an outcome: ", upheld, ".")
    return Section("The last years", (said,), (table, *_by_part(figures, years)))


def _by_part(figures: Figures, years: Mapping[str, Numbers]) -> Iterator[Table]:
    """Yields the tables of the last years by procedure, team, theme and so on, if an earlier year has any."""
    names = procedure_names(figures.procedures)
    for division in FAMILIES:
        known = [year.words(division) for year in years.values()]
        if not any(known[:-1]) or (division is GROUPS and len(set().union(*known)) < 2):
            continue
        rows = []
        for word in _united(known):
            each = [_of_word(word, of, year, division) for of, year in zip(known, years.values(), strict=True)]
            label = names.get(word, word) if division in (PROCEDURES, AVERAGES) else word
            cells = tuple(_with_rank(value, of, division) for value, of in zip(each, known, strict=True))
            rows.append(Row(label, (*cells, _changed(each[-2], each[-1]))))
        note = "Change is from the year before."
        if division is THEMES:
            note += " The rank of a theme in its year stands beside its number."
        columns = (division.thing, *years, "Change")
        key = f"comparison.{division.key}"
        yield Table(division.words, columns, tuple(rows), Withholding.LEFT_OUT, note, key=key)


def _united(known: Sequence[Mapping[str, Number]]) -> list[str]:
    """Returns the words of all years, this year's first. Words that differ only in case are one."""
    words: dict[str, str] = {}
    for of_year in reversed(known):
        for word in of_year:
            words.setdefault(word.casefold(), word)
    return list(words.values())


def _of_word(word: str, counts: Mapping[str, Number], year: Numbers, division: Division) -> Number | None:
    """Returns a year's figure for a word. In a year counted from the register, a missing word is zero."""
    found = {other.casefold(): value for other, value in counts.items()}
    unknown = year.row.typed or division.measure is Measure.AVERAGE
    return found.get(word.casefold(), None if unknown else year.word(division, word))


def _with_rank(value: Number | None, of_year: Mapping[str, Number], division: Division) -> Cell:
    if value is None or division is not THEMES or not value:
        return some(value)
    rank = 1 + sum(1 for other in of_year.values() if other.value > value.value)
    return Sentence.of([(f"{number(value)} ({rank})", (value,))])


def adding_up(figures: Figures) -> Section:
    """Returns the section with every table's total, its base, and what explains a difference."""
    rows = tuple(Row(one.words, (one.total, one.base, one.explained_by or "adds up")) for one in reconcile(figures))
    return Section(
        "How the tables add up",
        (),
        (
            Table(
                "Each table against its base",
                ("Table", "Total", "Base", "What explains a difference"),
                rows,
                Withholding.LEFT_OUT,
                word_columns=(3,),
                key="reconciliation",
            ),
        ),
    )


def the_record(figures: Figures) -> Section:
    """Returns the section with the anchor: the last event, by which a later check can prove the record unchanged."""
    event, _, digest = figures.anchor.partition(":")
    return Section(
        "The record",
        (
            f"When this was made the last event on record was number {event}. The next line, kept with this report, "
            "shows later whether anything up to it was changed: feedback-tui check --anchors takes this file.",
            f"{event}:{digest}",
        ),
    )


def _changed(before: Number | None, now: Number | None) -> str:
    if before is None or now is None:
        return NONE
    change = Decimal(now.value) - before.value
    words = "no change" if not change else f"{change:+,}"
    if change and before:
        words += f" ({rounded(100 * change, before.value):+}% of {number(before)})"
    return Sentence.of([(words, (before, now))])


def _upheld(year: Numbers) -> str:
    upheld, of, percent = map(year.known, (UPHELD, UPHELD_OF, UPHELD_PERCENT))
    if upheld is not None and of is not None:
        return share(upheld, of)
    if percent is None:
        return "not known"
    return Sentence.of([(f"{percent.value}% as typed, its number not known", (percent,))])
