"""Inserts rows of one table in the driver's own form, without the ORM."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Column, Date, insert
from sqlalchemy.engine import Connection, Dialect
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from feedback_tui.models.base import WordType
from feedback_tui.storage.audit.change_capture import Row, table_of

T = TypeVar("T")


class _Remembered(dict[Any, T]):
    def __init__(self, make: Callable[[Any], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: object) -> T:
        made = self[value] = self._make(value)
        return made


def remembered(make: Callable[[Any], T]) -> Mapping[Any, T]:
    """Returns a mapping that computes `make(value)` on first access and caches it, for values that repeat, such as
    dates."""
    return _Remembered(make)


@dataclass(frozen=True)
class _Statement:
    """The INSERT statement of a table, with the converters of its columns to the driver's types."""

    sql: str
    by_position: bool
    order: tuple[str, ...]
    defaults: Row
    convert: Mapping[str, Callable[[Any], object]]


@lru_cache(maxsize=64)
def _statement(model: type[SQLModel], dialect: Dialect) -> _Statement:
    """Returns the INSERT statement for a model and dialect. Cached, because preparing it takes 0.3 ms."""
    table = table_of(model)
    compiled = insert(table).compile(dialect=dialect, column_keys=list(table.columns.keys()))
    order = tuple(compiled.positiontup or table.columns.keys())
    convert = {}
    for key in order:
        processor = table.columns[key].type.dialect_impl(dialect).bind_processor(dialect)
        if processor is not None:
            convert[key] = processor
    defaults = {key: _default(model, key) for key in order}
    return _Statement(str(compiled), compiled.positiontup is not None, order, defaults, convert)


class Given(NamedTuple):
    """A column with a given value: its position in the row, and how the value is converted for the driver."""

    position: int
    key: str
    known: Mapping[Any, Any] | None
    """The cached conversions, for columns whose values repeat."""
    convert: Callable[[Any], object] | None


@dataclass(frozen=True)
class Shape:
    """The form of rows with the same given columns; the other columns take the model's default."""

    blank: list[object]
    """A row in the driver's form with every default filled in."""
    given: tuple[Given, ...]


class RowForm:
    """Converts rows of one table to the driver's form."""

    def __init__(self, model: type[SQLModel], dialect: Dialect, as_stored: tuple[str, ...] = ()) -> None:
        """`as_stored` names columns whose values are given in the database's form already."""
        self.table = table_of(model)
        self._statement = _statement(model, dialect)
        self.defaults, self.order = self._statement.defaults, self._statement.order
        self._convert = {key: made for key, made in self._statement.convert.items() if key not in as_stored}
        self._known: dict[str, Mapping[Any, Any]] = {
            key: remembered(made) for key, made in self._convert.items() if comes_again(self.table.columns[key])
        }
        self._shapes: dict[tuple[str, ...], Shape] = {}

    def shape(self, keys: tuple[str, ...]) -> Shape:
        """Returns the form of rows in which these columns are given."""
        found = self._shapes.get(keys)
        if found is None:
            place = {key: number for number, key in enumerate(self._statement.order)}
            given = tuple(Given(place[key], key, self._known.get(key), self._convert.get(key)) for key in keys)
            blank = [
                value if (convert := self._convert.get(key)) is None else convert(value)
                for key, value in self.defaults.items()
            ]
            found = self._shapes[keys] = Shape(blank, given)
        return found

    def sent(self, values: Row) -> list[object]:
        """Returns a row in the driver's form. Columns without a value take the model's default."""
        shape = self.shape(tuple(values))
        sent = shape.blank.copy()
        for position, key, known, convert in shape.given:
            value = values[key]
            if known is not None:
                value = known[value]
            elif convert is not None:
                value = convert(value)
            sent[position] = value
        return sent


class Inserts(RowForm):
    """Rows of one table waiting to be inserted."""

    def __init__(self, model: type[SQLModel], session: Session, as_stored: tuple[str, ...] = ()) -> None:
        """`as_stored` names columns whose values are given in the database's form already."""
        super().__init__(model, session.connection().dialect, as_stored)
        self._model, self._session = model, session
        self._rows: list[list[object]] = []

    def add(self, values: Row) -> None:
        """Adds a row. Columns without a value take the model's default."""
        self._rows.append(self.sent(values))

    def add_sent(self, row: list[object]) -> None:
        """Adds a row that is in the driver's form already: a filled copy of its shape's `blank`."""
        self._rows.append(row)

    def write(self) -> None:
        """Inserts the waiting rows."""
        rows, self._rows = self._rows, []
        insert_sent(self._session.connection(), self._model, rows)


def insert_sent(connection: Connection, model: type[SQLModel], rows: Sequence[Sequence[object]]) -> None:
    """Inserts rows of one table that are in the driver's form already."""
    if not rows:
        return
    statement = _statement(model, connection.dialect)
    if statement.by_position:
        sent: Any = list(map(tuple, rows))
    else:
        sent = [dict(zip(statement.order, row, strict=True)) for row in rows]
    connection.exec_driver_sql(statement.sql, sent)


def insert_rows(session: Session, model: type[SQLModel], rows: list[Row]) -> None:
    """Inserts rows of one table, given by column."""
    inserts = Inserts(model, session)
    for row in rows:
        inserts.add(row)
    inserts.write()


def comes_again(column: Column[Any]) -> bool:
    """Whether a column has few distinct values, so that conversions are worth caching: dates, times and enums."""
    return isinstance(column.type, WordType | Date | UTCDateTime)


def _default(model: type[SQLModel], key: str) -> object:
    field = model.model_fields[key]
    return None if field.is_required() else field.get_default(call_default_factory=True)
