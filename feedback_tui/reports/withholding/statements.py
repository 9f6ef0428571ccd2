"""Reads from a document which counts its numbers state, and how these counts are related."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from feedback_tui.reports.declarations import received, statutory_returns, timeliness
from feedback_tui.reports.declarations.declaration import Measure
from feedback_tui.reports.declarations.numbers import Number
from feedback_tui.reports.document.blocks import Cell, Paper, Share, Table, stated
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.withholding.counts import (
    AGAIN,
    COUNTS,
    REGULATION_18,
    TOTAL,
    Count,
    base_of,
    keyed_counts,
    meant,
)
from feedback_tui.reports.withholding.relations import Relations, relate_all, relate_headline

LONGEST = 10**6
"""The upper end of the open band of working days: more than any response takes."""


@dataclass(frozen=True)
class Statements:
    """The counts that a document states, and their relations."""

    relations: Relations
    counts: Mapping[str, Count]
    """The count of each number, by its key."""
    places: Mapping[tuple[str, int], int]
    """The place of each number, by its key and value."""
    fixed: frozenset[int]
    """The places of the counts that are always printed."""

    def place(self, number: Number) -> int | None:
        """Returns the place of a number; None if it is not a count."""
        return self.places.get((number.key, int(number.value))) if is_count(number) else None

    def base(self, number: Number) -> int | None:
        """Returns the place of the number of cases behind an average, a rate or an amount; None if none is declared."""
        scope = self.counts.get(number.key)
        base = None if scope is None else base_of(scope.of)
        while scope is not None and base is not None:
            if (place := self.relations.places.get(replace(scope, of=base))) is not None:
                return place
            base = base_of(base)
        return None

    def bands(self, scope: Count) -> list[tuple[tuple[int, int], int]]:
        """Returns the bands of working days that the document has for a scope: (first day, last day) and place."""
        found = []
        for count, place in self.relations.places.items():
            if count.of is timeliness.WITH_DAYS and len(count.words) == 1 and _same_scope(count, scope):
                ((dimension, word),) = count.words
                if dimension == timeliness.BANDS.thing and word not in (None, AGAIN, TOTAL):
                    low, _, high = str(word).partition("-")
                    found.append(((int(low.rstrip("+")), int(high or LONGEST)), place))
        return found

    def same(self, scope: Count, other: Count) -> bool:
        """Whether two scopes hold the same responses."""
        return _same_scope(scope, other)

    def scopes_around(self, scope: Count) -> list[Count]:
        """Returns those scopes for which the document has bands of working days and which include all cases of
        `scope`."""
        scopes = {
            Count("", procedures=count.procedures, months=count.months)
            for count in self.relations.places
            if count.of is timeliness.WITH_DAYS and count.words
        }
        return [
            one for one in scopes if _inside(scope.procedures, one.procedures) and _inside(scope.months, one.months)
        ]


def _same_scope(count: Count, scope: Count) -> bool:
    return (count.procedures, count.months, count.year) == (scope.procedures, scope.months, scope.year)


def _inside(part: frozenset[str] | None, whole: frozenset[str] | None) -> bool:
    return whole is None or (part is not None and part <= whole)


def is_count(number: Number) -> bool:
    """Returns whether a number is a count, and not an average, a rate, an amount or a figure typed by the council."""
    measure = getattr(number.figure, "measure", Measure.COUNT)
    return measure in COUNTS and number.value == int(number.value)


def numbers_in(table: Table) -> Iterator[Number]:
    """Yields the numbers of a table's cells and note."""
    for row in table.rows:
        for cell in row.cells:
            yield from stated(cell)
    yield from stated(table.note)


def numbers_of_paper(whole: Paper) -> Iterator[Number]:
    """Yields every number in a document's paragraphs and tables."""
    for section in whole.sections:
        for paragraph in section.paragraphs:
            yield from stated(paragraph)
        for table in section.tables:
            yield from numbers_in(table)


def statements(whole: Paper, figures: Figures) -> Statements:
    """Returns the counts that a document states about these figures, and the relations between them."""
    found, keyed = Relations(), keyed_counts(figures)
    places: dict[tuple[str, int], int] = {}
    composed: list[Number] = []
    for number in numbers_of_paper(whole):
        if not is_count(number) or (number.key, int(number.value)) in places:
            continue
        value, count = int(number.value), keyed.get(number.key)
        if count is None or found.values[found.add(count, value)] != value:
            # Its meaning is not declared, or a number with another value has the same meaning: a count of its own.
            count = Count(f"{number.key}: {value}")
            if number.made_of:
                composed.append(number)
        places[number.key, value] = found.add(count, value)
    for cell in (
        cell for section in whole.sections for table in section.tables for row in table.rows for cell in row.cells
    ):
        if isinstance(cell, Share):
            part, base = (places[one.key, int(one.value)] for one in (cell.count, cell.base))
            found.shares.add((part, base))
    relate_all(found)
    relate_headline(found, _headline(keyed))
    by_key = {key: place for (key, _), place in places.items()}
    for number in composed:
        _composed(found, places[number.key, int(number.value)], number, by_key)
    for section in whole.sections:
        for table in section.tables:
            _adding_up(found, table, places)
    under = figures.scopes.get(f"{statutory_returns.REGULATION_18.key}.{statutory_returns.UNDER_THE_REGULATIONS}")
    fixed = (
        []
        if under is None
        else [Count(of).within(under, figures.procedures) for figure in REGULATION_18 if (of := meant(figure))]
    )
    return Statements(found, keyed, places, frozenset(found.known(fixed)))


def _headline(keyed: Mapping[str, Count]) -> list[Count]:
    prefix = f"{received.FEEDBACK.key}.{received.HEADLINE.key}.{received.HEADLINE_PARTS.key}."
    return [count for key, count in keyed.items() if key.startswith(prefix)]


def _composed(found: Relations, place: int, number: Number, places: Mapping[str, int]) -> None:
    """Relates a number that is a sum or difference of others to these others."""
    added = [places[key] for sign, key in number.made_of if sign > 0 and key in places]
    taken = [places[key] for sign, key in number.made_of if sign < 0 and key in places]
    if taken:
        found.minor.add(place)
    found.relate([place, *taken], added, counts=False)


def _adding_up(found: Relations, table: Table, places: Mapping[tuple[str, int], int]) -> None:
    """Relates the lines of a table to the total, in each column whose lines add up to it."""

    def place(number: Number | None) -> int | None:
        return places.get((number.key, int(number.value))) if number is not None and is_count(number) else None

    for column in range(len(table.columns) - 1):
        lines = [first_count(row.cells[column]) for row in table.rows if not row.total]
        totals = [first_count(row.cells[column]) for row in table.rows if row.total]
        bases = {_base(row.cells[column]) for row in table.rows if not row.total}
        totals += bases if len(bases) == 1 else ()
        parts = [one for one in map(place, lines) if one is not None]
        added = sum(found.values[part] for part in parts)
        for whole in {one for one in map(place, totals) if one is not None}:
            if len(set(parts)) > 1 and found.values[whole] == added and whole not in parts:
                found.relate([whole], parts)


def first_count(cell: Cell) -> Number | None:
    """Returns the first count in a cell; None if it has none."""
    return next((number for number in stated(cell) if is_count(number)), None)


def _base(cell: Cell) -> Number | None:
    return cell.base if isinstance(cell, Share) else None
