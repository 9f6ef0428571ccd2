"""Adjusts a server's id sequences after rows were inserted with their own ids."""

from __future__ import annotations

from sqlmodel import Session

from feedback_tui.storage.backend.sqlite_engine import of_server


def catch_up(session: Session) -> None:
    """Sets each table's id sequence past its largest id. Nothing to do for SQLite, which continues
    from the largest id."""
    connection = session.connection()
    if of_server(connection):
        connection.exec_driver_sql("SELECT public.feedback_catch_up()")
