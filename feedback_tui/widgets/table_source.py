"""Where a table of cases gets its rows from, and the key of its cursor on a folded group."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from feedback_tui.widgets.table_groups import Group, Lines

Row_co = TypeVar("Row_co", covariant=True)


@dataclass(frozen=True)
class Folded:
    """The cursor's key while the cursor is on a folded group."""

    heading: str


class Source(Protocol[Row_co]):
    """The source of the rows. It is called in a worker thread; `groups` and `rows` use the same order."""

    def groups(self) -> list[Group]:
        """Returns the groups in order, each with its count."""

    def rows(self, offset: int, limit: int) -> Sequence[Row_co]:
        """Returns the rows from position `offset` (from 0), at most `limit`."""

    def locate(self, key: Hashable, near: int) -> int | None:
        """Returns the position of the row with this key, or None; `near` is its last known position."""


def folded_position(key: Folded, groups: Sequence[Group]) -> int | None:
    """Returns the position of the first row of a folded group; None if the group is gone."""
    return Lines(groups).heading_of(key.heading)
