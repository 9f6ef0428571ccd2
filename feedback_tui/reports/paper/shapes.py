"""What the year on paper consists of, whatever it is shown on: sections of sentences and tables, text only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of a table: what it is about, and a cell for each further column."""

    label: str
    cells: tuple[str, ...]


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
    word_columns: tuple[int, ...] = ()
    """The columns after the first that hold words, not figures: set on the left."""

    def holds_words(self, column: int) -> bool:
        """Whether a column holds words; the first one always does."""
        return column == 0 or column in self.word_columns


@dataclass(frozen=True)
class Section:
    """One section, with its sentences and its tables."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Paper:
    """The whole report."""

    title: str
    council: str
    about: str
    """What was counted, and on which day."""
    sections: tuple[Section, ...]
