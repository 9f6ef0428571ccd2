"""The columns of a table of rows: what each says, how wide it may be, and which go first where there is no room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from feedback_tui.widgets.cells import Cut

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


def widths(columns: Sequence[Column[Row]], room: int) -> list[int]:
    """The width of each column in `room` cells; 0 for those that there is no room for."""
    kept = sorted(range(len(columns)), key=lambda index: columns[index].rank)
    while kept and sum(columns[index].least for index in kept) + GAP * (len(kept) - 1) > room:
        kept.pop()
    given = [columns[index].least if index in kept else 0 for index in range(len(columns))]
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
