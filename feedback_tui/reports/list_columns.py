"""Lists for export: the cases behind a figure, and the tables of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from feedback_tui.desk.list_columns import column
from feedback_tui.lists.columns import ListColumn, Listing, Value
from feedback_tui.reports.declarations.numbers import Number
from feedback_tui.reports.document.blocks import Between, Cell, Linked, Mean, Paper, Row, Share, Table, Withholding
from feedback_tui.reports.document.number_format import LEAST_BASE, NONE
from feedback_tui.reports.drilldown.cases import Behind, CaseBehind
from feedback_tui.reports.figure_rows import rounded
from feedback_tui.text import one_line

BEHIND: tuple[ListColumn[CaseBehind], ...] = (
    column("reference", "Reference"),
    column("kind", "Kind"),
    column("received_on", "Received on"),
    column("status", "Status"),
    column("summary", "In short"),
    column("counted", "Counted"),
    column("due_on", "Due on"),
    column("done_on", "Done on"),
)
PARTS: dict[type, tuple[str, ...]] = {Share: ("number", "of", "%"), Between: ("from", "to"), Mean: ("", "number")}
"""The columns into which a cell with several figures is split."""
Line = tuple[Value, ...]


def behind_listing(found: Behind) -> Listing[CaseBehind]:
    """Returns the list of the cases behind a figure."""
    return Listing("Cases", BEHIND, found.lines)


def table_listing(table: Table) -> Listing[Line]:
    """Returns a table as a list; a cell with several figures, such as a share, is split into columns."""
    headings, lines = _flat(table)
    return Listing(table.caption, _columns(headings), lines)


def listing_table(key: str, listing: Listing[Any]) -> Table:
    """Returns a list as a table of words."""
    lines = [["" if value is None else str(value) for value in line] for line in listing.cells()]
    columns = tuple(column.heading for column in listing.sheet_columns)
    rows = tuple(Row(label, tuple(words or NONE for words in others)) for label, *others in lines)
    places = tuple(range(1, len(columns)))
    return Table(one_line(listing.title), columns, rows, Withholding.LEFT_OUT, word_columns=places, key=key)


@dataclass(frozen=True)
class _Flat:
    """A table split into one value for each cell."""

    table: Table
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def paper_listing(whole: Paper) -> Listing[Line]:
    """Returns all tables of a document in one list, with columns for the table, the row, and every heading of any
    table."""
    flat = [_Flat(table, *_flat(table)) for section in whole.sections for table in section.tables]
    headings = list(dict.fromkeys(heading for each in flat for heading in each.headings[1:]))
    lines: list[Line] = []
    for each in flat:
        places = [headings.index(heading) for heading in each.headings[1:]]
        for label, *values in each.lines:
            line: list[Value] = [None] * len(headings)
            for place, value in zip(places, values, strict=True):
                line[place] = value
            lines.append((each.table.caption, label, *line))
    return Listing(whole.title, _columns(("Table", "Row", *headings)), lines)


def _columns(headings: Sequence[str]) -> tuple[ListColumn[Line], ...]:
    def at(place: int) -> ListColumn[Line]:
        return ListColumn(headings[place], headings[place], lambda line: line[place])

    return tuple(at(place) for place in range(len(headings)))


def _flat(table: Table) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """Returns the headings and lines of a table with one value in each cell."""
    parts = [
        next((PARTS[type(row.cells[place])] for row in table.rows if type(row.cells[place]) in PARTS), ("",))
        for place in range(len(table.columns) - 1)
    ]
    headings = [table.columns[0]]
    for heading, suffixes in zip(table.columns[1:], parts, strict=True):
        headings += [f"{heading}: {suffix}" if suffix else heading for suffix in suffixes]
    lines = []
    for row in table.rows:
        line: list[Value] = [row.label]
        for cell, suffixes in zip(row.cells, parts, strict=True):
            said = _values(cell)
            line += [*said, *[None] * (len(suffixes) - len(said))]
        lines.append(tuple(line))
    return tuple(headings), tuple(lines)


def _values(cell: Cell) -> list[Value]:
    match cell:
        case Share(count, base):
            percent = rounded(100 * Decimal(count.value), base.value) if base.value >= LEAST_BASE else None
            return [count.value, base.value, percent]
        case Between(low, high):
            return [low.value, high.value]
        case Mean(average, n):
            return [average.value, n.value]
        case Linked(words, _):
            return [words]
        case str():
            return [None if cell == NONE else cell]
        case Number(value):
            return [value]
