"""The database engine with the settings that keep what was saved (SQLite)."""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from pathlib import Path
from types import ModuleType

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool, QueuePool

import feedback_tui.models.tables  # noqa: F401 – every table, so that each finds the others
from feedback_tui.storage.backend.encryption_keys import key_of
from feedback_tui.storage.backend.sqlite_connection import begin_with, connect
from feedback_tui.storage.backend.write_ahead_log import reads_without_locks
from feedback_tui.storage.errors import RegisterBusy

_WRITTEN = "file written"
"""What a connection's notes have of when its file was last written, and its size."""
READING = "reading"
"""The execution option of a connection that only reads: it takes no write lock."""
_AS_BEGUN = "as begun"
"""What a connection's notes have of the file that it began to read without locks."""


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
    from feedback_tui.storage.backend.sqlcipher import driver, look_again

    look_again(path)
    return driver()


def open_engine(path: Path) -> Engine:
    """An engine on an existing register file. Connecting raises NotARegister for another program's database."""
    driver = _driver(path)
    alone = reads_without_locks(path, driver.sqlite_version)
    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=lambda: connect(path),
        # One that reads without locks is used once: the next may find that others have the register open.
        **({"poolclass": NullPool} if alone else {"poolclass": QueuePool, "pool_size": 5}),
        json_serializer=canonical_json,
    )

    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        begin_with(connection, path)

    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", partial(_begin, path))
    if alone:
        event.listen(engine, "begin", partial(_begin_without_locks, path, driver.sqlite_version))
        event.listen(engine, "rollback", partial(_require_unchanged, path))
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


def _begin_without_locks(path: Path, version: str, connection: Connection) -> None:
    connection.info[_AS_BEGUN] = _written(path) if reads_without_locks(path, version) else None


def _require_unchanged(path: Path, connection: Connection) -> None:
    """Raises RegisterBusy where another wrote to a file that was read without locks: pages of two moments were read."""
    if (begun := connection.info.get(_AS_BEGUN)) is not None and begun != _written(path):
        raise RegisterBusy


def _written(path: Path) -> tuple[int, int, bool]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, path.with_name(f"{path.name}-wal").exists()
