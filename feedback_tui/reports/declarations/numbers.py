"""Declared figures together with their numbers, for a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from feedback_tui.reports.declarations.declaration import NOT_RECORDED, Block, Crossed, Division, Each, Figure
from feedback_tui.reports.figure_rows import Figures


class Number(NamedTuple):
    """The number of one figure, with its key and declaration."""

    value: int | Decimal
    key: str
    figure: Figure | Division | Crossed
    listed: bool = True
    """Whether the cases behind it can be listed by its key."""
    made_of: tuple[tuple[int, str], ...] = ()
    """For a sum or a difference of other numbers: 1 or -1, and the key of each."""

    def __bool__(self) -> bool:
        return bool(self.value)


WITHHELD = "*"
"""What is printed in place of a number that is withheld."""


class Piece(tuple[str, tuple[Number, ...]]):
    """A part of a sentence: a text and the figures that it states.

    `withheld` is printed instead if one of these figures is withheld; it must not depend on their values.
    """

    withheld: str

    def __new__(cls, words: str, numbers: tuple[Number, ...] = (), withheld: str = WITHHELD) -> Piece:
        made = super().__new__(cls, (words, numbers))
        made.withheld = withheld
        return made

    @property
    def words(self) -> str:
        return self[0]

    @property
    def numbers(self) -> tuple[Number, ...]:
        return self[1]


@dataclass(frozen=True)
class Numbers:
    """The numbers of the figures in one block."""

    row: Any
    by_query: Mapping[str, int]
    prefix: str = ""
    listed: bool = True
    """Whether the cases behind the figures can be listed. False if they are of another span than the one on screen."""

    def known(self, figure: Figure) -> Number | None:
        """Returns the number of a figure, or None if it has none, such as the average of nothing."""
        key = f"{self.prefix}{figure.key}"
        value = self.by_query[key] if figure.by_query else figure.read(self.row)
        return None if value is None else Number(value, key, figure, self.listed and figure.lists_cases)

    def __getitem__(self, figure: Figure) -> Number:
        """Returns the number of a figure that always has one."""
        found = self.known(figure)
        assert found is not None, figure.key
        return found

    def words(self, division: Division) -> dict[str, Number]:
        """Returns the number of each word."""
        return {word: self._of_word(division, word, count) for word, count in division.cut(self.row).counts.items()}

    def word(self, division: Division, word: str) -> Number:
        """Returns the number of one word; zero if the division does not have it."""
        return self._of_word(division, word, division.cut(self.row).counts.get(word, 0))

    def lacking(self, division: Division) -> Number:
        """Returns the number of cases without a word."""
        key = f"{self.prefix}{NOT_RECORDED}.{division.key}"
        return Number(division.cut(self.row).without, key, division, self.listed and division.lists_cases)

    def repeated(self, division: Division) -> Number:
        """Returns how often cases were counted again because they have several words."""
        return Number(division.cut(self.row).repeated, f"{self.prefix}{division.key}: again", division, listed=False)

    def crossed(self, crossed: Crossed, words: Iterable[str]) -> dict[str, dict[str, Number]]:
        """Returns, for each word of the first division, the number of each of these `words` of the second."""
        key, columns = f"{self.prefix}{crossed.key}", tuple(words)
        return {
            first: {
                word: Number(counts.get(word, 0), f"{key}.{first}.{word}", crossed, self.listed) for word in columns
            }
            for first, counts in crossed.counts(self.row).items()
        }

    def block(self, block: Block) -> Numbers:
        """Returns the numbers of a block within this one."""
        prefix = f"{self.prefix}{block.key}." if block.key else self.prefix
        return Numbers(block.row(self.row), self.by_query, prefix, self.listed)

    def each(self, each: Each) -> dict[str, Numbers]:
        """Returns the numbers for each name."""
        return {
            name: Numbers(row, self.by_query, f"{self.prefix}{each.key}.{name}.", self.listed)
            for name, row in each.rows(self.row).items()
            if row is not None
        }

    def _of_word(self, division: Division, word: str, count: int | Decimal) -> Number:
        return Number(count, f"{self.prefix}{division.key}.{word}", division, self.listed and division.lists_cases)


def numbers_of(figures: Figures) -> Numbers:
    """Returns the numbers of all declared figures."""
    return Numbers(figures, figures.by_query)


def sum_of(figure: Figure | Division | Crossed, numbers: Iterable[Number]) -> Number:
    """Returns the sum of several numbers; its key lists theirs."""
    parts = tuple(numbers)
    key, made_of = " + ".join(one.key for one in parts), tuple((1, one.key) for one in parts)
    return Number(sum(one.value for one in parts), key, figure, listed=False, made_of=made_of)


def difference(figure: Figure | Division | Crossed, whole: Number, part: Number) -> Number:
    """Returns the difference between a whole and a part as a number; its key names both."""
    made_of = ((1, whole.key), *((-sign, key) for sign, key in part.made_of or ((1, part.key),)))
    return Number(whole.value - part.value, f"{whole.key} - {part.key}", figure, listed=False, made_of=made_of)
