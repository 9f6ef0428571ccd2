"""What the tables share: columns that hold people's words, and vocabularies stored as their words."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, ForeignKey, Integer, String, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlmodel import SQLModel

W = TypeVar("W", bound=StrEnum)
PERSONAL = "personal"


class TableModel(SQLModel):
    """What every table is. Rows are not validated (each verb's input was, before), so what would validate them is not
    built while the program starts."""

    model_config = {"defer_build": True}


class WordType(TypeDecorator[StrEnum]):
    """A closed vocabulary, stored as its word and read back as its enum."""

    impl = String
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__(40)
        self.vocabulary = vocabulary
        # Calling an enum costs four times the look-up, once for each value read: 0.3 s of a late bank holiday.
        self._words: dict[str | None, StrEnum | None] = {None: None, **{word.value: word for word in vocabulary}}

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.vocabulary(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        try:
            return self._words[value]
        except KeyError:
            return self.vocabulary(str(value))  # Raises the ValueError that says which word it was.


def word(vocabulary: type[StrEnum], *, nullable: bool = False, index: bool = False) -> Column[StrEnum]:
    """A column of one closed vocabulary."""
    return Column(WordType(vocabulary), nullable=nullable, index=index)


def personal() -> Column[str]:
    """A column of words that may be about a person: events name them by digest only, erasure empties them."""
    return Column(Text, nullable=False, default="", info={PERSONAL: True})


def personal_number(length: int) -> Column[str]:
    """A column with what another system knows a person by: the same holds of it, and it may be empty."""
    return Column(String(length), nullable=True, info={PERSONAL: True})


def belongs_to(table: str, *, nullable: bool = False, index: bool = True) -> Column[int]:
    """A foreign key to `table`, indexed unless another index of the table begins with it."""
    return Column(Integer, ForeignKey(f"{table}.id"), nullable=nullable, index=index)


def points_to(table: str) -> Column[int]:
    """A foreign key to a row that may be written later in the same transaction; it may be empty."""
    return Column(Integer, ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED"), nullable=True, index=True)


def is_personal(column: ColumnElement[Any]) -> bool:
    """Whether a column holds people's words."""
    return isinstance(column, Column) and bool(column.info.get(PERSONAL))
