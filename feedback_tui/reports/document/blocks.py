"""What the year on paper consists of, whatever it is shown on: sections of sentences, and tables of values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Share:
    """A cell that says how many of how many, and what part that is. Of nothing there is no share."""

    count: int | Decimal
    base: int | Decimal


@dataclass(frozen=True)
class Between:
    """A cell that says where figures begin and end."""

    low: int | Decimal
    high: int | Decimal


@dataclass(frozen=True)
class Mean:
    """A cell that says an average, and how many figures it is of."""

    average: Decimal
    n: int


Cell = str | int | Decimal | Share | Between | Mean
"""What stands in a table: words, or a figure."""


@dataclass(frozen=True)
class Row:
    """One line of a table: what it is about, and a cell for each further column."""

    label: str
    cells: tuple[Cell, ...]
    behind: tuple[str, ...] = ()
    """The key of each cell's figure, by which its cases are listed; empty for a cell that has none, or no further."""

    def key(self, cell: int) -> str:
        """The key of a cell's figure; nothing where no cases stand behind it."""
        return self.behind[cell] if cell < len(self.behind) else ""


@dataclass(frozen=True)
class Table:
    """One table. `columns` names the label's column first."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    """What the shares are of, and what makes a column add up to another number."""
    bars: tuple[int, ...] = ()
    """A count for each row, where the table is also drawn as bars; else empty."""
    trend: tuple[Decimal | None, ...] = ()
    """A figure for each row, in the order of time, where they are also drawn as a line; None where there is none."""
    parts: tuple[tuple[int, ...], ...] = ()
    """Counts for each row that add up to a whole, where the table is also drawn as stacked bars; their names are those
    of its columns after the first."""
    word_columns: tuple[int, ...] = ()
    """The columns after the first that hold words, not figures: set on the left."""

    def holds_words(self, column: int) -> bool:
        """Whether a column holds words; the first one always does."""
        return column == 0 or column in self.word_columns


@dataclass(frozen=True)
class Written:
    """Paragraphs of the officers' own, under a heading: quotes, or points of a list."""

    title: str
    texts: tuple[str, ...]
    quoted: bool = False


@dataclass(frozen=True)
class Section:
    """One section, with its sentences, its tables and what officers wrote."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    written: tuple[Written, ...] = ()


@dataclass(frozen=True)
class Paper:
    """The whole report."""

    title: str
    council: str
    about: str
    """What was counted, and on which day."""
    sections: tuple[Section, ...]
    as_of: date
    warning: str = ""
    """What must be known before anything else of it, in every format and every file."""
