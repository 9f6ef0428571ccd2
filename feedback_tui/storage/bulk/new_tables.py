"""How the rows of new cases are made, table by table: many of them have most of what they say in common.

What comes again and again (closed words, names of teams, positions) is turned into what the driver takes and what an
event says of it once for each combination; a row then fills in its dates, its people's words and its ids.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Integer
from sqlalchemy.engine import Dialect
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from feedback_tui.models.base import WordType, is_personal
from feedback_tui.storage.audit.change_capture import BOOKKEEPING
from feedback_tui.storage.audit.hash_chain import plain
from feedback_tui.storage.backend.sqlite_engine import canonical_json
from feedback_tui.storage.bulk.inserts import Given, RowForm, comes_again, remembered
from feedback_tui.storage.search.search_text import Text, columns_said

_OWN = ("reference", "reference_key")
"""Words that each case has of its own: to remember them would only fill memory."""
MOST_KNOWN = 20_000
"""Combinations of one table's words that are remembered at once."""


class NewColumn(NamedTuple):
    """A column that is given: where it stands in the row, and what of it goes into the row and into the event."""

    position: int
    key: str
    known: Mapping[Any, tuple[object, str]] | None
    """Where values come again: what the driver takes for each, and what an event says of it."""
    convert: Callable[[Any], object] | None
    personal: bool
    begins: str
    """How what an event says of it begins: a comma and its name, in JSON. Empty where events do not tell of it."""
    said: tuple[int, int] | None
    """Where it is searched: the part of the index, and its number there."""


class Again(NamedTuple):
    """What rows have in common whose words and small numbers are the same: all but dates, people's words, and ids."""

    row: list[object]
    """The row as the driver takes it, with gaps."""
    told: list[str]
    """What an event says of it: before the first gap, between two, and after the last."""
    texts: list[Text]


class NewShape:
    """Rows of one table in which the same columns are given."""

    def __init__(self, table: NewTable, keys: tuple[str, ...]) -> None:
        form = table.form.shape((*sorted(keys), "id"))
        *given, own_id = form.given
        self.id_at = own_id.position
        columns = {each.key: table.column(each) for each in given}
        common = [column for key, column in columns.items() if table.is_common(key)]
        self.own = tuple(column for key, column in columns.items() if not table.is_common(key))
        """The columns that are looked at row by row."""
        self.known: dict[tuple[object, ...], Again] = {}
        self.common = _getter([column.key for column in common])
        """Gives what the others hold, of the values of a row."""
        self._blank = form.blank
        # In the order of their names, as canonical JSON has them: what is common, gaps (None), and defaults as text.
        self._pieces: list[tuple[int, NewColumn] | str | None] = []
        for key in sorted({*keys, *table.form.defaults}):
            if key not in columns:
                self._pieces.append(table.default_told(key))
            elif columns[key] in common:
                self._pieces.append((common.index(columns[key]), columns[key]))
            else:
                self._pieces.append(None)

    def again(self, common: tuple[object, ...]) -> Again:
        """What rows have in common that have these values; it is remembered."""
        row, told, texts = self._blank.copy(), [""], list[Text]()
        for piece in self._pieces:
            if piece is None:
                told.append("")
            elif isinstance(piece, str):
                told[-1] += piece
            else:
                number, column = piece
                assert column.known is not None
                row[column.position], text = column.known[common[number]]
                told[-1] += text
                if text and column.said is not None:
                    texts.append((*column.said, str(common[number])))
        if len(self.known) >= MOST_KNOWN:
            self.known.clear()
        made = self.known[common] = Again(row, told, texts)
        return made


def _getter(keys: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[object, ...]]:
    """What gives the values of these keys. Of one alone an itemgetter would give the value itself."""
    return itemgetter(*keys) if len(keys) > 1 else lambda values: tuple(values[key] for key in keys)


class NewTable:
    """The new rows of one table."""

    def __init__(self, model: type[SQLModel], dialect: Dialect) -> None:
        self.form = RowForm(model, dialect)
        self.name = self.form.table.name
        self.rows: list[tuple[object, ...]] = []
        self.shapes: dict[tuple[str, ...], NewShape] = {}
        self._said = columns_said(self.form.table)

    def shape(self, keys: tuple[str, ...]) -> NewShape:
        """How rows are made in which these columns are given, and the id."""
        made = self.shapes[keys] = NewShape(self, keys)
        return made

    def is_common(self, key: str) -> bool:
        """Whether a column's values are few: the words of a vocabulary, names of teams, positions."""
        column = self.form.table.columns[key]
        if is_personal(column) or column.primary_key or column.foreign_keys or key in _OWN:
            return False
        return isinstance(column.type, WordType | Boolean | AutoString | Integer)

    def column(self, given: Given) -> NewColumn:
        position, key, _, convert = given
        column, begins = self.form.table.columns[key], self._begins(key)
        known = None
        if comes_again(column) or self.is_common(key):

            def sent_and_told(value: object) -> tuple[object, str]:
                told = "" if not begins or value in (None, "") else begins + canonical_json(plain(value))
                return value if convert is None else convert(value), told

            known = remembered(sent_and_told)
        return NewColumn(position, key, known, convert, is_personal(column), begins, self._said.get(key))

    def default_told(self, key: str) -> str:
        """What an event says of a column that is not given: its default, where that is not empty."""
        value, begins = self.form.defaults[key], self._begins(key)
        return "" if not begins or value in (None, "") else begins + canonical_json(plain(value))

    def _begins(self, key: str) -> str:
        primary = self.form.table.columns[key].primary_key
        return "" if primary or key in BOOKKEEPING else f",{canonical_json(key)}:"
