"""The database engine with the settings that keep what was saved (SQLite)."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from types import ModuleType

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

import feedback_tui.models.tables  # noqa: F401 – every table, so that each finds the others
from feedback_tui.storage.connection import begin_with, connect
from feedback_tui.storage.keys import key_of

READING = "reading"
"""The execution option of a connection that only reads: it takes no write lock."""


def of_server(connection: Connection) -> bool:
    """Whether a connection is to a database on a server, not to a file."""
    return connection.dialect.name == "postgresql"


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_json(value: object) -> str:
    """JSON in the one form that is stored and hashed: keys sorted, no spaces, characters as they are."""
    return _encoder.encode(value)


def _driver(path: Path) -> ModuleType:
    if key_of(path) is None:
        return sqlite3
    from feedback_tui.storage.encrypted import driver, look_again

    look_again(path)
    return driver()


def open_engine(path: Path) -> Engine:
    """An engine on an existing register file. Connecting raises NotARegister for another program's database."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=_driver(path),
        creator=lambda: connect(path),
        poolclass=QueuePool,
        pool_size=5,
        json_serializer=canonical_json,
    )

    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        begin_with(connection, path)

    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Our own BEGIN: the driver's skips it for reads, and a read that turns into a write can lose an update."""
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
