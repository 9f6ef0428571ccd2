"""The columns of a table: their text, their widths, and which are left out first if the table is narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from feedback_tui.widgets.cell_width import Cut

Row = TypeVar("Row")
GAP = 1


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column. Widths are in cells."""

    heading: str
    words: Callable[[Row], str]
    least: int
    best: int
    rank: int
    """The columns with the highest rank are left out first; rank 1 stays longest."""
    grows: bool = False
    """Whether it takes width that is left over."""
    cut: Cut = "end"
    tone: Callable[[Row], str] | None = None
    """Returns the component class that colours the cell; the text says the same."""
    unless_alike: bool = False
    """Whether the column is left out if all rows say the same in it."""
    wants: int = 0
    """The width it must have before a column of a higher rank is shown; 0 means `least`."""


def widths(columns: Sequence[Column[Row]], room: int) -> list[int]:
    """Returns the width of each column so that all fit into `room` cells; 0 for a column that is left out."""
    kept = sorted(range(len(columns)), key=lambda index: columns[index].rank)
    while kept and sum(_first(columns, kept)) + GAP * (len(kept) - 1) > room:
        kept.pop()
    given = [0] * len(columns)
    for index, cells in zip(kept, _first(columns, kept), strict=True):
        given[index] = cells
    left = room - sum(given) - GAP * (len(kept) - 1)
    for index in kept:
        more = min(left, columns[index].best - given[index])
        given[index] += max(more, 0)
        left -= max(more, 0)
    growing = [index for index in kept if columns[index].grows]
    for place, index in enumerate(growing):
        share = left // (len(growing) - place)
        given[index] += share
        left -= share
    return given


def _first(columns: Sequence[Column[Row]], kept: Sequence[int]) -> list[int]:
    """Returns the smallest widths of these columns: at least `wants`, except `least` for those of the highest rank
    kept."""
    last = columns[kept[-1]].rank if kept else 0
    return [
        max(columns[index].least, columns[index].wants) if columns[index].rank < last else columns[index].least
        for index in kept
    ]


def worth_showing(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> tuple[Column[Row], ...]:
    """Returns the columns without those marked `unless_alike` whose text is the same in all of these rows."""
    return tuple(
        column for column in columns if not column.unless_alike or len({column.words(row) for row in rows}) != 1
    )
