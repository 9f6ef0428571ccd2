"""The numbers that a server gives to new rows, after rows came in with numbers of their own."""

from __future__ import annotations

from sqlmodel import Session

from feedback_tui.storage.backend.sqlite_engine import of_server


def catch_up(session: Session) -> None:
    """Has each table's next number follow its largest. A file takes the largest by itself."""
    connection = session.connection()
    if of_server(connection):
        connection.exec_driver_sql("SELECT public.feedback_catch_up()")
