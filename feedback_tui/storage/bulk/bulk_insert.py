"""Inserts many new cases quickly: rows are collected by table and sent in the driver's own form.

Logging thousands of cases one by one through the session would take minutes. The rows and their events are the same
either way.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

from feedback_tui.storage.audit.event_rows import EventRows
from feedback_tui.storage.backend.server_sequences import catch_up
from feedback_tui.storage.backend.sqlite_engine import of_server
from feedback_tui.storage.bulk.inserts import insert_sent
from feedback_tui.storage.bulk.new_rows import NewCaseEvent, NewRows, Ready
from feedback_tui.storage.search import search_index


class NewCases:
    """New cases to be inserted. Ids are assigned before the rows are written; the write lock keeps others from taking
    them."""

    def __init__(self, session: Session, officer: str, now: datetime) -> None:
        self._session = session
        self._event_rows = EventRows(session, officer, now)
        self.rows = NewRows(session.connection().dialect, _last_numbers(session))
        """Where this process prepares rows; another process has its own."""
        self._order = {table.name: number for number, table in enumerate(SQLModel.metadata.sorted_tables)}

    def add(self, model: type[SQLModel], case_id: int | None, /, **values: Any) -> int:
        """Adds a row that belongs to a case and returns its id. `case_id` is None for the row of the case itself."""
        return self.rows.add(model, case_id, **values)

    def record(self, case_id: int, event: NewCaseEvent) -> None:
        """Adds the event of a new case. Call it once for each case, after its rows."""
        self.rows.record(case_id, event)

    def write(self, ready: Ready | None = None, let_in: Callable[[], None] = lambda: None) -> None:
        """Inserts the rows added since the last call, or those in `ready`; does not commit.

        `let_in` is called between tables, so that the interface can respond.
        """
        ready = ready or self.rows.take()
        connection = self._session.connection()
        for model in sorted(ready.rows, key=self._place):
            insert_sent(connection, model, ready.rows[model])
            let_in()
        catch_up(self._session)
        for event in ready.events:
            self._event_rows.add(event.told, event.case_id, event.changed, None, event.status)
        self._event_rows.write()
        let_in()
        search_index.insert(connection, ready.said)
        self.rows.last.update(ready.last)

    def _place(self, model: type[SQLModel]) -> int:
        return self._order[str(model.__tablename__)]


def _last_numbers(session: Session) -> dict[str, int]:
    """Returns the largest id in each table, including rows that a server hides from this login."""
    connection = session.connection()
    if of_server(connection):
        rows = connection.exec_driver_sql("SELECT of_table, number FROM public.feedback_last_numbers()")
        return {str(name): int(number) for name, number in rows}
    tables = [table for table in SQLModel.metadata.sorted_tables if "id" in table.columns]
    return {table.name: session.execute(select(func.max(table.c.id))).scalar() or 0 for table in tables}
