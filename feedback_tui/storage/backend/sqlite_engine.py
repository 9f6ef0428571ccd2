"""The SQLAlchemy engine for a register file, with the settings that make saved data durable."""

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
"""The key in a connection's info for when its file was last written, and its size."""
READING = "reading"
"""The execution option of a connection that only reads, and so takes no write lock."""
_AS_BEGUN = "as begun"
"""The key in a connection's info for the file's state at the start of reading without locks."""


def of_server(connection: Connection) -> bool:
    """Whether a connection is to PostgreSQL rather than SQLite."""
    return connection.dialect.name == "postgresql"


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_json(value: object) -> str:
    """Returns JSON in the one form that is stored and hashed: sorted keys, no spaces, no escaped characters beyond what
    JSON requires."""
    return _encoder.encode(value)


def _driver(path: Path) -> ModuleType:
    if key_of(path) is None:
        return sqlite3
    from feedback_tui.storage.backend.sqlcipher import driver, look_again

    look_again(path)
    return driver()


def open_engine(path: Path) -> Engine:
    """Returns an engine for an existing register file. Connecting raises NotARegister if the database belongs to
    another program."""
    driver = _driver(path)
    alone = reads_without_locks(path, driver.sqlite_version)
    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=lambda: connect(path),
        # A connection that reads without locks is used once: by the next use others may have the register open.
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
    """Begins every transaction, also for reading: the driver skips BEGIN for reads, and a read followed by a write
    could then lose an update."""
    _forget_another_file(path, connection)
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _forget_another_file(path: Path, connection: Connection) -> None:
    """Clears a connection's cached pages and schema if the file was written since.

    SQLite trusts its cache if a counter in the file is unchanged, but another file copied over this one may have the
    same counter. The next step would then mix pages of two registers.
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
    """Raises RegisterBusy if the file was written while it was read without locks, because the pages read may not fit
    together."""
    if (begun := connection.info.get(_AS_BEGUN)) is not None and begun != _written(path):
        raise RegisterBusy


def _written(path: Path) -> tuple[int, int, bool]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, path.with_name(f"{path.name}-wal").exists()
