"""Exports a whole register as plain values, table by table, and makes a register from them again, without loss.

Values are in JSON form: dates as ISO text, enums as their value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Integer, Table, Text, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from feedback_tui.models.base import WordType
from feedback_tui.models.register import CalendarDay
from feedback_tui.models.tables import TABLES
from feedback_tui.rules.nations import Nation
from feedback_tui.rules.working_days import FIRST_YEAR, LAST_YEAR, both_counts
from feedback_tui.storage.audit.change_capture import Row, table_of
from feedback_tui.storage.audit.hash_chain import plain
from feedback_tui.storage.backend import schema
from feedback_tui.storage.backend.file_errors import raise_plainly
from feedback_tui.storage.backend.server_sequences import catch_up
from feedback_tui.storage.backend.sqlite_connection import APPLICATION_ID, connect
from feedback_tui.storage.backend.sqlite_engine import open_engine
from feedback_tui.storage.bulk.inserts import Inserts
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.search import search_index

LARGEST_NUMBER = 2**63 - 1
AT_ONCE = 5000
"""How many rows are sent at once, so that memory does not grow with the register."""


@dataclass(frozen=True)
class Misfit:
    """A value that does not fit its table: the row counted from 1, the column, and what is expected."""

    table: str
    row: int
    column: str
    words: str


def everything(session: Session) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yields each table's name and rows, parent tables before their children, rows in the order of
    their primary keys."""
    for table in _tables():
        yield table.name, _rows(session, table)


def bring_up(tables: dict[str, list[Any]]) -> None:
    """Adds to an export of an older version what it lacks: tables without rows, and columns with an empty value."""
    for table in _tables():
        later = {key: _nothing(column) for key, column in table.columns.items() if _may_be_absent(column)}
        for row in tables.setdefault(table.name, []):
            if isinstance(row, dict):
                for key in later.keys() - row.keys():
                    row[key] = later[key]
    if not tables[table_of(CalendarDay).name]:
        tables[table_of(CalendarDay).name] = _counted_days(tables["day_off"])


def _counted_days(days_off: list[Any]) -> list[Row]:
    """Returns the rows that count working days, derived from the days off; empty if these are not valid (`misfits`
    reports that). Registers that have no such rows are older than the calendars of other nations."""
    try:
        off = {date.fromisoformat(row["day"]): bool(row["closure"]) for row in days_off}
    except (TypeError, KeyError, ValueError):
        return []
    counts = both_counts(off, date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
    return [
        {"calendar": Nation.ENGLAND, "day": day.isoformat(), "in_law": in_law, "for_council": for_council}
        for day, in_law, for_council in counts
    ]


def misfits(tables: Mapping[str, Sequence[object]]) -> Iterator[Misfit]:
    """Yields everything that prevents these tables from forming a register."""
    known = {table.name: table for table in _tables()}
    for name in tables.keys() - known.keys():
        yield Misfit(name, 0, "", "there is no such table")
    for name, table in known.items():
        if name not in tables:
            yield Misfit(name, 0, "", "this table is missing")
        for number, row in enumerate(tables.get(name, ()), start=1):
            yield from _row_misfits(table, number, row)


def rebuild(path: Path, tables: Mapping[str, Sequence[Row]]) -> None:
    """Makes a register of these tables in the empty file at `path`. They must have no misfits.

    Raises RegisterError if a row refers to one that does not exist.
    """
    with closing(connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    engine = open_engine(path)
    try:
        with engine.begin() as connection:
            fill(connection, tables)
    except IntegrityError:
        # A deferred foreign key is checked at the commit only.
        raise RegisterError("Rows belong to rows that are not there. Nothing was imported.") from None
    except SQLAlchemyError as error:
        raise_plainly(error, str(path))
    finally:
        engine.dispose()


def same(one: Session, other: Session) -> str | None:
    """Returns the name of the first table in which two registers differ, or None if all rows are equal."""
    for table in _tables():
        pairs = zip_longest(_rows(one, table), _rows(other, table))
        if any(left != right for left, right in pairs):
            return table.name
    return None


class Tables(Mapping[str, Iterable[Row]]):
    """The tables of an open register, each read when it is asked for, so that memory does not grow
    with the register."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tables = {table.name: table for table in _tables()}

    def __getitem__(self, name: str) -> Iterator[Row]:
        return _rows(self._session, self._tables[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def fill(connection: Connection, tables: Mapping[str, Iterable[Row]]) -> None:
    """Makes a register of these tables in an empty database, in the transaction of `connection`.

    Raises RegisterError if a row refers to one that does not exist, or if a server does not accept a value that SQLite
    does.
    """
    schema.make(connection)
    put_in(connection, tables)


def put_in(connection: Connection, tables: Mapping[str, Iterable[Row]]) -> None:
    """Inserts the rows of these tables into a register without rows. Raises RegisterError as `fill` does."""
    models = {str(model.__tablename__): model for model in TABLES}
    with Session(connection, autoflush=False) as session, schema.loading(connection):
        name = ""
        try:
            for table in _tables():
                name = table.name
                inserts = Inserts(models[name], session)
                read = {column.key: _from_json(column) for column in table.columns}
                for number, row in enumerate(tables[name], start=1):
                    inserts.add({key: None if value is None else read[key](value) for key, value in row.items()})
                    if number % AT_ONCE == 0:
                        inserts.write()
                inserts.write()
            catch_up(session)
            search_index.rebuild(session.connection())
        except IntegrityError:
            raise RegisterError(
                f"Rows of {name} belong to rows that are not there, or stand there twice. Nothing was imported."
            ) from None
        except DataError:
            # PostgreSQL rejects integers above 2,147,483,647, text longer than its column and text with NUL; SQLite
            # accepts them.
            raise RegisterError(
                f"A row of {name} has a value that a server does not take: it is too large, too long, or has a NUL "
                "in it. Nothing was imported."
            ) from None


def _tables() -> list[Table]:
    ours = {table_of(model).name for model in TABLES}
    return [table for table in SQLModel.metadata.sorted_tables if table.name in ours]


def _rows(session: Session, table: Table) -> Iterator[Row]:
    query = select(table).order_by(*table.primary_key.columns)
    told = {column.key: _as_it_is if isinstance(column.type, JSON) else plain for column in table.columns}
    for row in session.execute(query.execution_options(yield_per=1000)):
        yield {key: tell(value) for (key, tell), value in zip(told.items(), row, strict=True)}


def _row_misfits(table: Table, number: int, row: object) -> Iterator[Misfit]:
    misfit = partial(Misfit, table.name, number)
    if not isinstance(row, dict):
        yield misfit("", "a row is an object with a value for each column")
        return
    for key in sorted(row.keys() ^ set(table.columns.keys())):
        yield misfit(str(key), "this column is missing" if key in table.columns else "there is no such column")
    for key, column in table.columns.items():
        value = row.get(key)
        if value is None:
            if key in row and not column.nullable:
                yield misfit(key, "it cannot be empty")
            continue
        try:
            _from_json(column)(value)
        except (ValueError, TypeError):
            yield misfit(key, f"{_expected(column)} is expected")


def _from_json(column: Column[Any]) -> Callable[[Any], object]:
    """Returns the function that converts a column's JSON value; it raises ValueError or TypeError for one that does not
    fit."""
    kind = column.type
    if isinstance(kind, WordType):
        return kind.vocabulary
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, UTCDateTime):
        return _moment
    if isinstance(kind, JSON):
        return _as_it_is
    if isinstance(kind, Boolean):
        return _flag
    return _number if isinstance(kind, Integer) else _text


def _expected(column: Column[Any]) -> str:
    kind = column.type
    if isinstance(kind, WordType):
        return f"one of {', '.join(kind.vocabulary)}"
    if isinstance(kind, Date):
        return "a date as 2026-04-01"
    if isinstance(kind, UTCDateTime):
        return "a moment in UTC"
    if isinstance(kind, Boolean):
        return "true or false"
    return "a whole number" if isinstance(kind, Integer) else "a text"


def _may_be_absent(column: Column[Any]) -> bool:
    """Whether an older export may lack this column: only columns that can be empty were added later."""
    return bool(column.nullable) or isinstance(column.type, Text)


def _nothing(column: Column[Any]) -> object:
    return None if column.nullable else ""


def _as_it_is(value: object) -> object:
    return value


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.utcoffset() is None:
        raise ValueError("no time zone")
    return moment


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("no flag")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST_NUMBER:
        raise TypeError("no number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    value.encode()  # A lone surrogate is no text: UnicodeEncodeError is a ValueError.
    return value
