"""What a screen says of a list that can be written to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from feedback_tui.lists.columns import ListColumn, Listing


@dataclass(frozen=True)
class ScreenList:
    """A list that a screen shows, as it can be written."""

    title: str
    """What it is called where there are several, and in the name of its file."""
    columns: tuple[ListColumn[Any], ...]
    rows: Callable[[], Sequence[Any]]
    """Reads every row, in view or not, in the order of the screen; called in a thread."""
    count: int
    """How many rows the screen has now."""
    filter: str = ""
    """What the list is filtered and sorted by, in words; empty: it is whole, in its usual order."""

    @property
    def holds_names(self) -> bool:
        """Whether a column holds the names of complainants and customers."""
        return any(column.holds_names for column in self.columns)


def screen_list(listing: Listing[Any]) -> ScreenList:
    """A list that was read already."""
    return ScreenList(listing.title, listing.columns, lambda: listing.rows, len(listing.rows))
