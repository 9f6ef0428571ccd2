"""The parts of a list: columns (name, heading, value of a row) and rows.

This module imports little, because the commands that print the queue's first page load it.
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
"""The values a cell can have. A datetime has a time zone; a sequence is several words."""

Row = TypeVar("Row")
Progress = Callable[[int], None]
"""Called with the number of rows done. An error that it raises stops the work."""
TOLD_EVERY = 200
"""Rows between two calls of Progress."""


def quietly(rows: int) -> None:
    """A Progress that does nothing."""


class UnknownColumn(PlainError, ValueError):
    """The list has no column of this name."""


@dataclass(frozen=True)
class ListColumn(Generic[Row]):
    """One column of a list."""

    name: str
    """The key in JSON, and the name for ``--columns``."""
    heading: str
    """The heading in a spreadsheet."""
    value: Callable[[Row], Value]
    """Returns the value for other programs: dates, numbers and closed words as stored; None if there is none."""
    words: Callable[[Row], Value] | None = None
    """Returns the value for people, if it differs: what the screen shows. Used in CSV and xlsx."""
    in_json: bool = True
    """Whether it is in JSON by default. The JSON of a released command keeps its shape."""
    in_sheet: bool = True
    """Whether it is in CSV and xlsx by default."""
    holds_names: bool = False
    """Whether it holds the names of complainants and customers."""

    def shown(self, row: Row) -> Value:
        """Returns the value for people."""
        return (self.words or self.value)(row)


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """A list: its columns, and its rows in order."""

    title: str
    """The title in a word or two; the sheet's name in a workbook."""
    columns: tuple[ListColumn[Row], ...]
    rows: Sequence[Row]
    chosen: tuple[str, ...] = ()
    """The names of the columns asked for, in order; empty for each format's default columns."""

    def with_columns(self, names: Sequence[str]) -> Listing[Row]:
        """Returns the list with only these columns, in this order. Raises UnknownColumn."""
        known = {column.name for column in self.columns}
        for name in names:
            if name not in known:
                there = ", ".join(column.name for column in self.columns)
                raise UnknownColumn(f"“{one_line(name, 40)}” is not a column of this list. Its columns: {there}.")
        return Listing(self.title, self.columns, self.rows, tuple(dict.fromkeys(names)))

    def without_names(self) -> Listing[Row]:
        """Returns the list without the columns that hold people's names."""
        kept = tuple(column for column in self.columns if not column.holds_names)
        return Listing(self.title, kept, self.rows, self.chosen)

    @property
    def sheet_columns(self) -> tuple[ListColumn[Row], ...]:
        """The columns for CSV and xlsx."""
        return self._chosen_columns() or tuple(column for column in self.columns if column.in_sheet)

    @property
    def json_columns(self) -> tuple[ListColumn[Row], ...]:
        """The columns for JSON."""
        return self._chosen_columns() or tuple(column for column in self.columns if column.in_json)

    def cells(self, progress: Progress = quietly) -> Iterator[list[Value]]:
        """Yields for each row its values for people, in the order of `sheet_columns`. Calls `progress` every
        `TOLD_EVERY` rows."""
        columns = self.sheet_columns
        for number, row in enumerate(self.rows):
            if not number % TOLD_EVERY:
                progress(number)
            yield [column.shown(row) for column in columns]

    def _chosen_columns(self) -> tuple[ListColumn[Row], ...]:
        of = {column.name: column for column in self.columns}
        return tuple(of[name] for name in self.chosen)


def plain_rows(listing: Listing[Any]) -> list[dict[str, Value]]:
    """Returns the rows for other programs: values by column name."""
    columns = listing.json_columns
    return [{column.name: column.value(row) for column in columns} for row in listing.rows]


def yes_or_no(value: bool) -> str:
    """Returns “yes” or “no”."""
    return "yes" if value else "no"
