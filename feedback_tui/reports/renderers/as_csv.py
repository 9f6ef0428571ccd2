"""The year's tables for a spreadsheet: one CSV each, figures as plain numbers, and a list of the tables beside them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from feedback_tui.reports.declarations.numbers import Number
from feedback_tui.reports.document.blocks import Between, Cell, Linked, Mean, Paper, Share, Table
from feedback_tui.reports.document.number_format import NONE
from feedback_tui.reports.figure_rows import rounded
from feedback_tui.text import guarded, one_line

LIST = "00-tables.csv"
LONGEST_NAME = 50
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as if it were Windows text."""

PARTS: dict[type, tuple[str, ...]] = {Share: ("number", "of", "%"), Between: ("from", "to"), Mean: ("", "number")}
"""The columns that a cell of several figures becomes."""
Line = list[str | int | Decimal]


def paper_as_csv(whole: Paper) -> dict[str, str]:
    """The text of each file by its name. The names are of our own making, whatever words a register holds."""
    files: dict[str, str] = {}
    warned: list[Line] = [[whole.warning]] if whole.warning else []
    listed: list[Line] = [["File", "Section", "Table", "Note"], *warned, [LIST, "", whole.title, whole.about]]
    for section in whole.sections:
        for table in section.tables:
            name = f"{len(files) + 1:02}-{_slug(table.caption)}.csv"
            files[name] = _text([*_lines(table), *warned])
            listed.append([name, section.title, table.caption, table.note])
    return {LIST: _text(listed), **files}


def _slug(caption: str) -> str:
    words = re.sub("[^a-z0-9]+", "-", caption.casefold()).strip("-")
    return words[:LONGEST_NAME].rstrip("-") or "table"


def _lines(table: Table) -> Iterator[Line]:
    """The table; what a cell says in one breath (a share, a range) stands in columns of its own."""
    parts = [
        next((PARTS[type(row.cells[place])] for row in table.rows if type(row.cells[place]) in PARTS), ("",))
        for place in range(len(table.columns) - 1)
    ]
    header: Line = [table.columns[0]]
    for heading, suffixes in zip(table.columns[1:], parts, strict=True):
        header += [f"{heading}: {suffix}" if suffix else heading for suffix in suffixes]
    yield header
    for row in table.rows:
        line: Line = [row.label]
        for cell, suffixes in zip(row.cells, parts, strict=True):
            said = _said(cell)
            line += [*said, *[""] * (len(suffixes) - len(said))]
        yield line


def _said(cell: Cell) -> Line:
    match cell:
        case Share(count, base):
            percent = rounded(100 * Decimal(count.value), base.value) if base else ""
            return [count.value, base.value, percent]
        case Between(low, high):
            return [low.value, high.value]
        case Mean(average, n):
            return [average.value, n.value]
        case Linked(words, _):
            return [words]
        case str():
            return ["" if cell == NONE else cell]
        case Number(value):
            return [value]


def _text(lines: Iterable[Line]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    for line in lines:
        writer.writerow([guarded(one_line(cell)) if isinstance(cell, str) else _plain(cell) for cell in line])
    return BYTE_ORDER_MARK + out.getvalue()


def _plain(value: int | Decimal) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
