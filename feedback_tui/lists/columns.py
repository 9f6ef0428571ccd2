"""What a list consists of: columns, each with a name, a heading and the value it takes from a row, and the rows.

This module imports nothing heavy: the commands that print the first page of the queue load it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from feedback_tui.plain_error import PlainError
from feedback_tui.text import one_line

Value = str | int | bool | Decimal | date | datetime | Sequence[str] | None
"""What a cell may hold. A datetime has a time zone; a sequence is several words of one thing."""

Row = TypeVar("Row")
Progress = Callable[[int], None]
"""Told how many rows are done; an error that it raises ends the work."""
TOLD_EVERY = 200
"""Rows between two tellings of how far it is."""


def quietly(rows: int) -> None:
    """The progress that nobody is told of."""


class UnknownColumn(PlainError, ValueError):
    """A column was asked for that the list does not have."""


@dataclass(frozen=True)
class ListColumn(Generic[Row]):
    """One column of a list."""

    name: str
    """Its key in JSON, and what ``--columns`` calls it."""
    heading: str
    """What a spreadsheet shows above it."""
    value: Callable[[Row], Value]
    """The value for other programs: dates, numbers and closed words as they are stored; None where there is none."""
    words: Callable[[Row], Value] | None = None
    """The value for people, where that is another: what the screen shows. Written to CSV and xlsx."""
    in_json: bool = True
    """Whether JSON has it without being asked. The JSON of a released command never changes its shape."""
    in_sheet: bool = True
    """Whether CSV and xlsx have it without being asked."""
    holds_names: bool = False
    """Whether it holds the names of complainants and customers."""

    def shown(self, row: Row) -> Value:
        """The value for people."""
        return (self.words or self.value)(row)


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """A list as it stands: its columns, and its rows in their order."""

    title: str
    """What it is, in a word or two; the name of the sheet in a spreadsheet."""
    columns: tuple[ListColumn[Row], ...]
    rows: Sequence[Row]
    chosen: tuple[str, ...] = ()
    """The names of the columns that were asked for, in that order; empty: the usual ones of each format."""

    def with_columns(self, names: Sequence[str]) -> Listing[Row]:
        """The same list with these columns alone, in this order. Raises UnknownColumn."""
        known = {column.name for column in self.columns}
        for name in names:
            if name not in known:
                there = ", ".join(column.name for column in self.columns)
                raise UnknownColumn(f"“{one_line(name, 40)}” is not a column of this list. Its columns: {there}.")
        return Listing(self.title, self.columns, self.rows, tuple(dict.fromkeys(names)))

    def without_names(self) -> Listing[Row]:
        """The same list without the columns that hold people's names."""
        kept = tuple(column for column in self.columns if not column.holds_names)
        return Listing(self.title, kept, self.rows, self.chosen)

    @property
    def sheet_columns(self) -> tuple[ListColumn[Row], ...]:
        """The columns of CSV and xlsx."""
        return self._chosen_columns() or tuple(column for column in self.columns if column.in_sheet)

    @property
    def json_columns(self) -> tuple[ListColumn[Row], ...]:
        """The columns of JSON."""
        return self._chosen_columns() or tuple(column for column in self.columns if column.in_json)

    def cells(self, progress: Progress = quietly) -> Iterator[list[Value]]:
        """What each row says for people in each of `sheet_columns`."""
        columns = self.sheet_columns
        for number, row in enumerate(self.rows):
            if not number % TOLD_EVERY:
                progress(number)
            yield [column.shown(row) for column in columns]

    def _chosen_columns(self) -> tuple[ListColumn[Row], ...]:
        of = {column.name: column for column in self.columns}
        return tuple(of[name] for name in self.chosen)


def plain_rows(listing: Listing[Any]) -> list[dict[str, Value]]:
    """The rows for other programs: the values by the names of their columns."""
    columns = listing.json_columns
    return [{column.name: column.value(row) for column in columns} for row in listing.rows]


def yes_or_no(value: bool) -> str:
    """A truth for people."""
    return "yes" if value else "no"
