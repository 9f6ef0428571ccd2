"""The numbers that a server gives to new rows, after rows came in with numbers of their own."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Table
from sqlmodel import Session

from feedback_tui.storage.engine import of_server


def catch_up(session: Session, tables: Iterable[Table]) -> None:
    """Has each table's next number follow its largest. A file takes the largest by itself."""
    connection = session.connection()
    if not of_server(connection):
        return
    for table in tables:
        if "id" in table.columns:
            sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
            largest = f'greatest(max(id), 1), max(id) IS NOT NULL) FROM "{table.name}"'
            connection.exec_driver_sql(f"SELECT setval({sequence}, {largest}")
