"""Prepares the rows of new cases, table by table, and reuses the part that repeats.

Each combination of repeating values (enums, team names, positions) is converted for the driver and the event once. Each
row then adds its dates, personal text and ids.
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
"""Columns that differ in each case, so that caching them would only fill memory."""
MOST_KNOWN = 20_000
"""How many combinations of repeating values are cached for each table."""


class NewColumn(NamedTuple):
    """A given column: its position in the row, and its part in the row and in the event."""

    position: int
    key: str
    known: Mapping[Any, tuple[object, str]] | None
    """For values that repeat: the cached pair of the driver's value and the event's JSON."""
    convert: Callable[[Any], object] | None
    personal: bool
    begins: str
    """The start of the column's JSON in an event: a comma and its name. Empty if events do not record the column."""
    said: tuple[int, int] | None
    """Its place in the search index: the part, and the number within it."""


class Again(NamedTuple):
    """The part of a row that repeats: everything but dates, personal text and ids."""

    row: list[object]
    """The repeating part of a row, in the driver's form."""
    told: list[str]
    """The event's JSON in pieces, around the values of the row's own."""
    texts: list[Text]


class NewShape:
    """Prepares rows of one table in which the same columns are given."""

    def __init__(self, table: NewTable, keys: tuple[str, ...]) -> None:
        form = table.form.shape((*sorted(keys), "id"))
        *given, own_id = form.given
        self.id_at = own_id.position
        columns = {each.key: table.column(each) for each in given}
        common = [column for key, column in columns.items() if table.is_common(key)]
        self.own = tuple(column for key, column in columns.items() if not table.is_common(key))
        """The columns whose values are added for each row."""
        self.known: dict[tuple[object, ...], Again] = {}
        self.common = _getter([column.key for column in common])
        """Returns the repeating values of a row."""
        self._blank = form.blank
        # In alphabetical order, as in canonical JSON: repeating columns, None for a row's own, and the text of
        # defaults.
        self._pieces: list[tuple[int, NewColumn] | str | None] = []
        for key in sorted({*keys, *table.form.defaults}):
            if key not in columns:
                self._pieces.append(table.default_told(key))
            elif columns[key] in common:
                self._pieces.append((common.index(columns[key]), columns[key]))
            else:
                self._pieces.append(None)

    def again(self, common: tuple[object, ...]) -> Again:
        """Returns the repeating part for these values, and caches it."""
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
    """Returns a function that gets the values of `keys` as a tuple. (itemgetter with one key would return the bare
    value.)"""
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
        """Returns the preparation of rows with these columns and an id."""
        made = self.shapes[keys] = NewShape(self, keys)
        return made

    def is_common(self, key: str) -> bool:
        """Whether a column has few distinct values, such as enums, team names and positions."""
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
        """Returns the event's JSON for a column that is not given: its default, or "" if that is empty."""
        value, begins = self.form.defaults[key], self._begins(key)
        return "" if not begins or value in (None, "") else begins + canonical_json(plain(value))

    def _begins(self, key: str) -> str:
        primary = self.form.table.columns[key].primary_key
        return "" if primary or key in BOOKKEEPING else f",{canonical_json(key)}:"
