"""The parts of a report: sections of sentences, and tables of values. Every number in them is a declared figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from feedback_tui.reports.declarations.numbers import Number, Piece


class Sentence(str):
    """Words that state figures. `pieces` are its parts in order, each with the figures that it states."""

    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Sentence:
        """The sentence of these pieces."""
        listed = tuple(pieces)
        made = cls("".join(text for text, _ in listed))
        made.pieces = listed
        return made

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The figures that it states."""
        return tuple(number for _, stated in self.pieces for number in stated)


def pieces_of(words: str) -> tuple[Piece, ...]:
    """The pieces of a sentence; plain words are one that states no figure."""
    return words.pieces if isinstance(words, Sentence) else ((words, ()),)


def sentence(*parts: str) -> Sentence:
    """One sentence from its parts, which may be sentences themselves. An f-string would lose what they state."""
    return Sentence.of(piece for part in parts for piece in pieces_of(part))


@dataclass(frozen=True)
class Share:
    """A cell that says how many of how many, and what part that is. Of nothing there is no share."""

    count: Number
    base: Number


@dataclass(frozen=True)
class Between:
    """A cell that says where figures begin and end."""

    low: Number
    high: Number


@dataclass(frozen=True)
class Mean:
    """A cell that says an average, and how many figures it is of."""

    average: Number
    n: Number


@dataclass(frozen=True)
class Linked:
    """A cell of words, with the key of the cases that they open."""

    words: str
    key: str


Cell = str | Number | Share | Between | Mean | Linked
"""What stands in a table: words, or declared figures."""


def stated(cell: Cell) -> tuple[Number, ...]:
    """The figures that a cell prints."""
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
    """How a table is published where small counts are withheld."""

    TOGETHER = "its lines add up to a total that is known"
    LINE_BY_LINE = "its lines add up to nothing; the two numbers of a line are looked at together"
    LEFT_OUT = "not published: its lines add up to those of another table, or repeat its totals"


@dataclass(frozen=True)
class Row:
    """One line of a table: what it is about, and a cell for each further column."""

    label: str
    cells: tuple[Cell, ...]
    total: bool = False
    """Whether it is of all the others together."""

    def key(self, cell: int) -> str:
        """The key by which the cases behind a cell are listed; empty where none are, or an earlier cell has it."""
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
    """One table. `columns` names the label's column first."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    withholding: Withholding
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
