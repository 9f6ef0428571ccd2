"""A list of a screen, as it can be written to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from feedback_tui.lists.columns import ListColumn, Listing


@dataclass(frozen=True)
class ScreenList:
    """A list that a screen shows and can write to a file."""

    title: str
    """The name of the list, also used for the file name."""
    columns: tuple[ListColumn[Any], ...]
    rows: Callable[[], Sequence[Any]]
    """Reads all rows, visible or not, in the order of the screen; called in a thread."""
    count: int
    """The number of rows on the screen now."""
    filter: str = ""
    """How the list is filtered and sorted, in words; "" for the whole list in its usual order."""

    @property
    def holds_names(self) -> bool:
        """Whether a column holds the names of complainants and customers."""
        return any(column.holds_names for column in self.columns)


def screen_list(listing: Listing[Any]) -> ScreenList:
    """Returns a list whose rows have been read already."""
    return ScreenList(listing.title, listing.columns, lambda: listing.rows, len(listing.rows))
