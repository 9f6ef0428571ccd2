"""The parts of a document: sections with sentences and tables. Every number in them is a declared figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from feedback_tui.reports.declarations.numbers import Number, Piece


class Sentence(str):
    """A text that states figures. `pieces` are its parts in order, each with the figures that it states."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, pieces: Iterable[Piece | tuple[str, tuple[Number, ...]]]) -> Sentence:
        """Returns the sentence made of these pieces."""
        listed = tuple(piece if isinstance(piece, Piece) else Piece(*piece) for piece in pieces)
        made = cls("".join(piece.words for piece in listed))
        made.pieces = listed
        return made

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The figures that it states."""
        return tuple(number for piece in self.pieces for number in piece.numbers)


def pieces_of(words: str) -> tuple[Piece, ...]:
    """Returns the pieces of a sentence; a plain string is one piece without figures."""
    return words.pieces if isinstance(words, Sentence) else (Piece(words),)


def sentence(*parts: str) -> Sentence:
    """Joins parts, which may be sentences, into one sentence. (An f-string would lose the figures they state.)"""
    return Sentence.of(piece for part in parts for piece in pieces_of(part))


@dataclass(frozen=True)
class Share:
    """A cell with a count, its base and the percentage; without one if the base is zero."""

    count: Number
    base: Number


@dataclass(frozen=True)
class Between:
    """A cell with a range of two figures."""

    low: Number
    high: Number


@dataclass(frozen=True)
class Mean:
    """A cell with an average, and the number of values behind it."""

    average: Number
    n: Number


@dataclass(frozen=True)
class Linked:
    """A cell of text, with the key of the cases that it opens."""

    words: str
    key: str


Cell = str | Number | Share | Between | Mean | Linked
"""A cell of a table: text, or declared figures."""


def stated(cell: Cell) -> tuple[Number, ...]:
    """Returns the figures that a cell shows."""
    match cell:
        case Number():
            return (cell,)
        case Share(count, base):
            return (count, base)
        case Between(low, high):
            return (low, high)
        case Mean(average, n):
            return (average, n)
        case Sentence():
            return cell.numbers
        case _:
            return ()


class Withholding(Enum):
    """How small counts in a table are withheld for publication."""

    TOGETHER = "its lines add up to a total that is known"
    LINE_BY_LINE = "its lines add up to nothing; the two numbers of a line are looked at together"
    LEFT_OUT = "not published: its lines add up to those of another table, or repeat its totals"


@dataclass(frozen=True)
class Row:
    """One line of a table: its label, and a cell for each further column."""

    label: str
    cells: tuple[Cell, ...]
    total: bool = False
    """Whether it is the sum of the other lines."""

    def key(self, cell: int) -> str:
        """Returns the key that lists the cases behind a cell; "" if there are none, or an earlier cell has the same
        key."""
        return "" if (key := _key(self.cells[cell])) in map(_key, self.cells[:cell]) else key


def _key(cell: Cell) -> str:
    match cell:
        case Number():
            return cell.key if cell.listed else ""
        case Share(count, _):
            return _key(count)
        case Linked(_, key):
            return key
        case _:
            return ""


@dataclass(frozen=True)
class Table:
    """A table. The first of `columns` is the heading of the labels."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    withholding: Withholding
    note: str = ""
    """The base of the shares, and why a column may add up to another number."""
    bars: tuple[int, ...] = ()
    """A count for each row if the table is also drawn as bars; else empty."""
    trend: tuple[Decimal | None, ...] = ()
    """A figure for each row in order of time if the table is also drawn as a line; None leaves a gap."""
    parts: tuple[tuple[int, ...], ...] = ()
    """Counts for each row that add up to a whole if the table is also drawn as stacked bars. Their names are the
    columns after the first."""
    word_columns: tuple[int, ...] = ()
    """The columns after the first that hold text instead of figures; they are left-aligned."""
    key: str = field(kw_only=True)
    """Its name for programs; no other table of the document has the same."""

    def holds_words(self, column: int) -> bool:
        """Whether a column holds text; the first one always does."""
        return column == 0 or column in self.word_columns


@dataclass(frozen=True)
class Written:
    """Paragraphs written by officers, under a heading: quotes, or items of a list."""

    title: str
    texts: tuple[str, ...]
    quoted: bool = False


@dataclass(frozen=True)
class Section:
    """A section with its sentences, its tables and officers' paragraphs."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    written: tuple[Written, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A whole document."""

    title: str
    council: str
    about: str
    """What was counted, and as of which day."""
    sections: tuple[Section, ...]
    as_of: date
