"""The columns of a table of rows: what each says, how wide it may be, and which go first where there is no room."""

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
    """1 stays longest where the screen is narrow."""
    grows: bool = False
    """Takes what is left over."""
    cut: Cut = "end"
    tone: Callable[[Row], str] | None = None
    """The component class that colours the cell; its words say the same."""
    unless_alike: bool = False
    """It makes room where it says the same in every row."""
    wants: int = 0
    """Cells that it has before any column that goes sooner is shown; 0: its least."""


def widths(columns: Sequence[Column[Row]], room: int) -> list[int]:
    """The width of each column in `room` cells; 0 for those that there is no room for."""
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
    """The cells that these columns have at first: what one wants, where another that goes sooner is still there."""
    last = columns[kept[-1]].rank if kept else 0
    return [
        max(columns[index].least, columns[index].wants) if columns[index].rank < last else columns[index].least
        for index in kept
    ]


def worth_showing(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> tuple[Column[Row], ...]:
    """The columns without those that give way where all of these rows say the same in them."""
    return tuple(
        column for column in columns if not column.unless_alike or len({column.words(row) for row in rows}) != 1
    )
