"""Withholds small counts for publication, with other counts that would reveal them.

The guarantee is for each table: no withheld line can be calculated from its other lines and totals. What could reveal a
line of another table is left out: all sentences, and tables marked `Withholding.LEFT_OUT`, whose lines add up to those
of other tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from feedback_tui.reports.declarations.numbers import Number
from feedback_tui.reports.document.blocks import Cell, Mean, Paper, Row, Section, Share, Table, Withholding
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.formats import NOT_FOR_PUBLISHING

WITHHELD = "*"
PLAIN = 2
"""The number of cells in a line with a number and its share. There the rest of the whole is in the other lines."""


def publishable(figures: Figures, limit: int) -> Paper:
    """Returns the report without any count from 1 to `limit` - 1 in a table, and without what reveals one."""
    whole = paper(figures)
    first = whole.sections[0]
    sections = []
    for section in whole.sections:
        # The tables of the first section add up to the bases of all other tables.
        apart = section is first and any(smalls(table, limit) for table in first.tables[:1])
        tables = () if apart else tuple(made for table in section.tables if (made := _published(table, limit)))
        if tables or section.written:
            sections.append(Section(section.title, tables=tables, written=section.written))
    about = (
        f"{whole.about} Counts under {limit} are withheld ({WITHHELD}), and so are others where they would give one "
        "away. Sentences, groups of procedures and earlier years are left out for the same reason."
    )
    return replace(whole, about=about, sections=tuple(sections), warning=NOT_FOR_PUBLISHING)


def smalls(table: Table, limit: int) -> set[int]:
    """Returns the indexes of the lines with a count from 1 to `limit` - 1."""
    return {
        place
        for place, row in enumerate(table.rows)
        if any(0 < count < limit for count in _counts(row, differences=table.withholding is Withholding.LINE_BY_LINE))
    }


def withheld(numbers: Sequence[int], small: set[int]) -> set[int] | None:
    """Returns the indexes of the lines to withhold, at least `small`, if the total of `numbers` is known.

    Lines of zero are printed. A reader knows that withheld lines are at least 1, so there must be two or more, and
    their sum must exceed their number. Returns None if no choice achieves that.
    """
    if not small:
        return set()
    chosen = set(small)
    others = sorted((n, place) for place, n in enumerate(numbers) if n and place not in chosen)
    while len(chosen) < 2 or sum(numbers[place] for place in chosen) <= len(chosen):
        if not others:
            return None
        chosen.add(others.pop(0)[1])
    return chosen


def _published(table: Table, limit: int) -> Table | None:
    if table.withholding is Withholding.LEFT_OUT:
        return None
    small = smalls(table, limit)
    if table.withholding is Withholding.LINE_BY_LINE:
        hidden: set[int] | None = small
    else:
        lines = [place for place, row in enumerate(table.rows) if not row.total]
        if small - set(lines):
            return None
        numbers = [next(iter(_counts(table.rows[place])), 0) for place in lines]
        chosen = withheld(numbers, {lines.index(place) for place in small})
        hidden = None if chosen is None else {lines[place] for place in chosen}
    if hidden is None:
        return None
    # Withheld lines are sorted by label, because their place in an order by size would reveal their count.
    gone = [Row(row.label, (WITHHELD,) * len(row.cells)) for place, row in enumerate(table.rows) if place in hidden]
    gone.sort(key=lambda row: row.label.casefold())
    shown = [row for place, row in enumerate(table.rows) if place not in hidden]
    rows = (*(row for row in shown if not row.total), *gone, *(row for row in shown if row.total))
    if hidden:
        return replace(table, rows=rows, bars=(), parts=(), trend=())
    return replace(table, rows=rows)


def _counts(row: Row, *, differences: bool = False) -> list[int]:
    """Returns the counts that a line reveals, the first figure first. For a share without its total in other lines,
    base and remainder too."""
    found = [count for cell in row.cells if (count := _count(cell)) is not None]
    if differences or len(row.cells) != PLAIN:
        shares = [cell for cell in row.cells if isinstance(cell, Share)]
        for cell in shares:
            found += [int(cell.base.value), int(cell.base.value - cell.count.value)]
    return found + [abs(a - b) for a in found for b in found] if differences else found


def _count(cell: Cell) -> int | None:
    match cell:
        case Number(int() as value) | Share(Number(value), _) | Mean(_, Number(value)):
            return int(value)
        case _:
            return None
