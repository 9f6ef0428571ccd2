"""Many new cases at once: their rows gathered table by table, and inserted as the driver takes them fastest.

A verb changes one case through the session; thousands of new ones would take it minutes. The rows, and what their
events say of them, are the same either way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

from feedback_tui.models.base import is_personal
from feedback_tui.models.event import Words
from feedback_tui.storage import search_index
from feedback_tui.storage.capture import BOOKKEEPING, Capture, Row
from feedback_tui.storage.chain import plain
from feedback_tui.storage.engine import canonical_json
from feedback_tui.storage.event_rows import EventRows, Told
from feedback_tui.storage.inserts import Inserts, comes_again, insert_rows, remembered
from feedback_tui.storage.sequences import catch_up
from feedback_tui.words import Status, StepKey


class _NewTable:
    """The new rows of one table: each with its id, and what an event says of it."""

    def __init__(self, model: type[SQLModel], session: Session) -> None:
        self.inserts = Inserts(model, session)
        columns = self.inserts.table.columns
        self._told: list[tuple[str, bool, Mapping[Any, Any] | None]] = [
            (column.key, is_personal(column), remembered(plain) if comes_again(column) else None)
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
        for key, personal, known in self._told:
            value = row[key]
            if value is None or value == "":
                continue
            if known is not None:
                said[key] = known[value]
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
        self._session, self._capture = session, capture
        self._event_rows = EventRows(session, officer, now)
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
        catch_up(self._session, (table.inserts.table for table in self._tables.values()))
        insert_rows(self._session, Words, self._capture.take_new_words())
        begun = [case_id for case_id, _ in self._events]
        for case_id, event in self._events:
            told = Told(event.step, event.happened_on, canonical_json(dict(event.details)))
            self._event_rows.add(told, case_id, self._capture.by_case.pop(case_id), None, event.status)
        self._events = []
        self._event_rows.write()
        search_index.refresh(self._session.connection(), begun)
        self._capture.forget()
