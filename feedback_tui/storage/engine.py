"""The database engine with the settings that keep what was saved (SQLite)."""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from pathlib import Path
from types import ModuleType

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

import feedback_tui.models.tables  # noqa: F401 – every table, so that each finds the others
from feedback_tui.storage.connection import begin_with, connect
from feedback_tui.storage.keys import key_of

_WRITTEN = "file written"
"""What a connection's notes have of when its file was last written, and its size."""
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
    event.listen(engine, "begin", partial(_begin, path))
    return engine


def _begin(path: Path, connection: Connection) -> None:
    """Our own BEGIN: the driver's skips it for reads, and a read that turns into a write can lose an update."""
    _forget_another_file(path, connection)
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _forget_another_file(path: Path, connection: Connection) -> None:
    """Takes the pages and the schema that a connection keeps in memory from it, where the file was written since.

    SQLite knows by a counter in the file whether they still hold, and a file that was copied over this one may have the
    same count: the next step would be written between pages of two registers.
    """
    try:
        found = path.stat()
    except OSError:
        return
    written = (found.st_mtime_ns, found.st_ctime_ns, found.st_size)
    if connection.info.get(_WRITTEN, written) != written:
        connection.exec_driver_sql("PRAGMA shrink_memory")
        connection.exec_driver_sql("PRAGMA writable_schema = RESET")
    connection.info[_WRITTEN] = written
