"""What the tables share: columns with personal text, and closed vocabularies stored as words."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, ForeignKey, Integer, String, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlmodel import SQLModel

W = TypeVar("W", bound=StrEnum)
PERSONAL = "personal"


class TableModel(SQLModel):
    """The base of all tables. Rows are not validated, because each verb's input was; deferring the validators makes the
    program start faster."""

    model_config = {"defer_build": True}


class WordType(TypeDecorator[StrEnum]):
    """A closed vocabulary, stored as its word and read back as its enum. Raises ValueError for an unknown word."""

    impl = String
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__(40)
        self.vocabulary = vocabulary
        # A dictionary is four times as fast as calling the enum, which is done for each value read (0.3 s for a late
        # bank holiday).
        self._words: dict[str | None, StrEnum | None] = {None: None, **{word.value: word for word in vocabulary}}

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.vocabulary(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        try:
            return self._words[value]
        except KeyError:
            return self.vocabulary(str(value))  # Raises a ValueError that names the word.


def word(vocabulary: type[StrEnum], *, nullable: bool = False, index: bool = False) -> Column[StrEnum]:
    """Returns a column of one closed vocabulary."""
    return Column(WordType(vocabulary), nullable=nullable, index=index)


def personal() -> Column[str]:
    """Returns a column of text that may be about a person. Events refer to it by digest only, and erasure empties
    it."""
    return Column(Text, nullable=False, default="", info={PERSONAL: True})


def personal_number(length: int) -> Column[str]:
    """Returns a nullable column for another system's reference to a person, which counts as personal text
    (`personal`)."""
    return Column(String(length), nullable=True, info={PERSONAL: True})


def belongs_to(table: str, *, nullable: bool = False, index: bool = True) -> Column[int]:
    """Returns a foreign key to `table`, indexed unless another index of the table begins with it."""
    return Column(Integer, ForeignKey(f"{table}.id"), nullable=nullable, index=index)


def points_to(table: str) -> Column[int]:
    """Returns a nullable foreign key to a row that may be written later in the same transaction."""
    return Column(Integer, ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED"), nullable=True, index=True)


def is_personal(column: ColumnElement[Any]) -> bool:
    """Returns whether a column holds personal text."""
    return isinstance(column, Column) and bool(column.info.get(PERSONAL))
