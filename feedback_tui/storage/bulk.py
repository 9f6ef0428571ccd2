"""Many new cases at once: their rows gathered table by table, and inserted as the driver takes them fastest.

A verb changes one case through the session; thousands of new ones would take it minutes. The rows, and what their
events say of them, are the same either way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, func, insert, select
from sqlmodel import Session, SQLModel, col
from sqlmodel.sql.sqltypes import UTCDateTime

from feedback_tui.models.base import WordType, is_personal
from feedback_tui.models.event import Event, Words
from feedback_tui.storage.capture import BOOKKEEPING, Capture, Row, table_of
from feedback_tui.storage.chain import FIRST, event_hash, plain
from feedback_tui.words import Status, StepKey

MANY = 50
"""Rows from which preparing a statement of our own is worth its 0.3 ms."""


class _Remembered(dict[Any, Any]):
    """What a function makes of each value: dates and closed words come again and again."""

    def __init__(self, make: Callable[[Any], object]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: object) -> object:
        made = self[value] = self._make(value)
        return made


class Inserts:
    """Rows waiting for one table. Columns that are not given have the model's default."""

    def __init__(self, model: type[SQLModel], session: Session) -> None:
        self.table = table_of(model)
        self._session = session
        dialect = session.connection().dialect
        compiled = insert(self.table).compile(dialect=dialect, column_keys=list(self.table.columns.keys()))
        self._sql, self._by_position = str(compiled), compiled.positiontup is not None
        order = tuple(compiled.positiontup or self.table.columns.keys())
        self._blank = {key: _default(model, key) for key in order}
        self._converted: list[tuple[str, Mapping[Any, Any] | None, Callable[[Any], object]]] = []
        for key in order:
            column = self.table.columns[key]
            convert = column.type.dialect_impl(dialect).bind_processor(dialect)
            if convert is not None:
                self._converted.append((key, _Remembered(convert) if comes_again(column) else None, convert))
        self._rows: list[Any] = []

    def add(self, given: Row) -> Row:
        """Takes a row, and gives all its values."""
        row = {**self._blank, **given}
        sent = row.copy()
        for key, remembered, convert in self._converted:
            value = sent[key]
            sent[key] = convert(value) if remembered is None else remembered[value]
        self._rows.append(tuple(sent.values()) if self._by_position else sent)
        return row

    def write(self) -> None:
        """Inserts what is waiting."""
        if self._rows:
            self._session.connection().exec_driver_sql(self._sql, self._rows)
            self._rows = []


class _NewTable:
    """The new rows of one table: each with its id, and what an event says of it."""

    def __init__(self, model: type[SQLModel], session: Session) -> None:
        self.inserts = Inserts(model, session)
        columns = self.inserts.table.columns
        self._told: list[tuple[str, bool, Mapping[Any, Any] | None]] = [
            (column.key, is_personal(column), _Remembered(plain) if comes_again(column) else None)
            for column in columns
            if not column.primary_key and column.key not in BOOKKEEPING
        ]
        self._last: int = session.execute(select(func.max(columns["id"]))).scalar() or 0

    def add(self, given: Row) -> tuple[int, Row]:
        """Takes a row; gives its id, and all its values."""
        self._last += 1
        return self._last, self.inserts.add({**given, "id": self._last})

    def told(self, row: Row, words: Callable[[str], str]) -> Row:
        """What an event says of a new row: what it holds, people's words by digest."""
        said: Row = {}
        for key, personal, remembered in self._told:
            value = row[key]
            if value is None or value == "":
                continue
            if remembered is not None:
                said[key] = remembered[value]
            else:
                said[key] = {"words": words(str(value))} if personal else value
        return said


@dataclass(frozen=True)
class NewCaseEvent:
    """What is recorded of a case that begins: the step, its day, the status that the case has, facts for the timeline.

    The facts hold nobody's personal data.
    """

    step: StepKey
    happened_on: date
    status: Status
    details: Mapping[str, object]


class NewCases:
    """Rows of new cases, and the event of each, on their way in.

    Ids are given as rows are added, which the write lock makes safe.
    """

    def __init__(self, session: Session, capture: Capture, officer: str, now: datetime) -> None:
        self._session, self._capture, self._officer, self._now = session, capture, officer, now
        self._tables: dict[type[SQLModel], _NewTable] = {}
        self._events: list[tuple[int, NewCaseEvent]] = []

    def add(self, model: type[SQLModel], case_id: int | None, /, **values: object) -> int:
        """Adds a row that belongs to a case, and gives its id; `case_id` is None for the case's own row."""
        table = self._tables.get(model)
        if table is None:
            table = self._tables[model] = _NewTable(model, self._session)
        row_id, row = table.add(values)
        of_case = row_id if case_id is None else case_id
        if case_id is None:
            self._capture.is_new(row_id)
        told = table.told(row, lambda text: self._capture.words(text, of_case))
        self._capture.by_case[of_case].append([table.inserts.table.name, row_id, None, told])
        return row_id

    def record(self, case_id: int, event: NewCaseEvent) -> None:
        """Records what was done to a case that was added; once a case, after its rows."""
        self._events.append((case_id, event))

    def write(self) -> None:
        """Writes what was added since the last time; nothing is committed yet."""
        order = {table.name: number for number, table in enumerate(SQLModel.metadata.sorted_tables)}
        for table in sorted(self._tables.values(), key=lambda table: order[table.inserts.table.name]):
            table.inserts.write()
        events = self._chained()
        insert_rows(self._session, Words, self._capture.take_new_words())
        insert_rows(self._session, Event, events)
        self._capture.forget()

    def _chained(self) -> list[Row]:
        number, previous = last_event(self._session)
        rows: list[Row] = []
        for case_id, event in self._events:
            number += 1
            fields: Row = {
                "id": number,
                "case_id": case_id,
                "step": event.step,
                "happened_on": event.happened_on,
                "recorded_at": self._now,
                "officer": self._officer,
                "from_status": None,
                "to_status": event.status,
                "reason": None,
                "details": dict(event.details),
                "changes": self._capture.by_case.pop(case_id),
            }
            previous_hash, previous = previous, event_hash(fields, previous)
            rows.append({**fields, "previous_hash": previous_hash, "hash": previous})
        self._events = []
        return rows


def last_event(session: Session) -> tuple[int, str]:
    """The number and hash of the last event: what the next one follows."""
    last = session.execute(select(col(Event.id), col(Event.hash)).order_by(col(Event.id).desc()).limit(1)).first()
    return (last[0], last[1]) if last else (0, FIRST)


def insert_rows(session: Session, model: type[SQLModel], rows: list[Row]) -> None:
    """Inserts rows of one table: a few through SQLAlchemy, which has the statement ready; many by way of Inserts."""
    if len(rows) > MANY:
        inserts = Inserts(model, session)
        for row in rows:
            inserts.add(row)
        inserts.write()
    elif rows:
        session.execute(insert(model), rows)


def comes_again(column: Column[Any]) -> bool:
    """Whether a column's values are few enough to remember: dates, and the words of a vocabulary."""
    return isinstance(column.type, WordType | Date | UTCDateTime)


def _default(model: type[SQLModel], key: str) -> object:
    field = model.model_fields[key]
    return None if field.is_required() else field.get_default(call_default_factory=True)
