"""Many new cases at once: their rows gathered table by table, and inserted as the driver takes them fastest.

A verb changes one case through the session; thousands of new ones would take it minutes. The rows, and what their
events say of them, are the same either way.
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
    """New cases on their way in. The write lock makes it safe that their numbers are given before they are written."""

    def __init__(self, session: Session, officer: str, now: datetime) -> None:
        self._session = session
        self._event_rows = EventRows(session, officer, now)
        self.rows = NewRows(session.connection().dialect, _last_numbers(session))
        """Where they are made, in this process."""
        self._order = {table.name: number for number, table in enumerate(SQLModel.metadata.sorted_tables)}

    def add(self, model: type[SQLModel], case_id: int | None, /, **values: Any) -> int:
        """Adds a row that belongs to a case, and gives its id; `case_id` is None for the case's own row."""
        return self.rows.add(model, case_id, **values)

    def record(self, case_id: int, event: NewCaseEvent) -> None:
        """Records what was done to a case that was added; once a case, after its rows."""
        self.rows.record(case_id, event)

    def write(self, ready: Ready | None = None, let_in: Callable[[], None] = lambda: None) -> None:
        """Writes what was added since the last time, or what is `ready`; nothing is committed yet.

        `let_in` is called between tables: whoever waits is let in there.
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
    """The largest number in each table, of what a server hides from this login too."""
    connection = session.connection()
    if of_server(connection):
        rows = connection.exec_driver_sql("SELECT of_table, number FROM public.feedback_last_numbers()")
        return {str(name): int(number) for name, number in rows}
    tables = [table for table in SQLModel.metadata.sorted_tables if "id" in table.columns]
    return {table.name: session.execute(select(func.max(table.c.id))).scalar() or 0 for table in tables}
