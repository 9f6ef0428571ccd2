"""The database engine with the settings that keep what was saved (SQLite)."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from feedback_tui.storage.errors import (
    BrokenRegister,
    NoRegister,
    NotARegister,
    RegisterBusy,
    RegisterError,
    RegisterUnwritable,
)

APPLICATION_ID = 0x46425455
"""Stands in the header of every register file: ``FBTU``."""
BUSY_TIMEOUT_MS = 5000
READING = "reading"
"""The execution option of a connection that only reads: it takes no write lock."""
_WAL_IS_SAFE_FROM = (3, 51, 3)
_HEADER = b"SQLite format 3\x00"


def register_file(where: str) -> Path:
    """The file that `where` (a path, or a ``sqlite:///`` URL) names. Raises RegisterError for another database."""
    if "://" not in where:
        return Path(where).expanduser().absolute()
    try:
        url = make_url(where)
    except ArgumentError:
        raise RegisterError(f"{where} is neither a path nor a database URL.") from None
    if url.get_backend_name() != "sqlite" or not url.database:
        raise RegisterError(f"Registers are kept in a SQLite file for now: {url.get_backend_name()} is not served yet.")
    return Path(url.database).expanduser().absolute()


def require_register_file(path: Path) -> None:
    """Raises the RegisterError that says what is wrong with the file at `path`; returns where it looks like ours."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise NoRegister(str(path)) from None
    except IsADirectoryError:
        raise NotARegister(str(path), "it is a folder") from None
    except OSError as error:
        raise RegisterError(f"{path} cannot be read: {error.strerror}.") from None
    if not header:
        raise NotARegister(str(path), "the file is empty")
    if not header.startswith(_HEADER) or len(header) < 100:
        raise NotARegister(str(path), "it is not a database")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotARegister(str(path), "it is a database of another program")


def open_engine(path: Path) -> Engine:
    """An engine on an existing register file. It never makes a file: a deleted register is an error, not a new one."""
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: sqlite3.connect(
            f"{path.as_uri()}?mode=rw", uri=True, check_same_thread=False, isolation_level=None, cached_statements=256
        ),
        poolclass=QueuePool,
        pool_size=5,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    """The settings every connection needs; each has a reason that was measured (see docs)."""
    execute = connection.execute
    execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    if sqlite3.sqlite_version_info >= _WAL_IS_SAFE_FROM:
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = FULL")
    else:
        execute("PRAGMA journal_mode = DELETE")
        execute("PRAGMA synchronous = EXTRA")
    for setting in ("foreign_keys = ON", "recursive_triggers = ON", "trusted_schema = OFF", "secure_delete = ON"):
        execute(f"PRAGMA {setting}")
    execute("PRAGMA mmap_size = 0")


def _begin(connection: Connection) -> None:
    """Our own BEGIN: the driver's skips it for reads, and a read that turns into a write can lose an update."""
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def raise_plainly(error: Exception, where: str) -> NoReturn:
    """Raises the plain sentence for a database error, or the error itself where it is a fault of ours."""
    if (plain := as_register_error(error, where)) is not None:
        raise plain from error
    raise error


def as_register_error(error: Exception, where: str) -> RegisterError | None:
    """The plain sentence for a database error; None where it is a fault of ours."""
    cause: Any = getattr(error, "orig", error)
    words = str(cause)
    if isinstance(error, (OperationalError, sqlite3.OperationalError)):
        if "locked" in words or "busy" in words:
            return RegisterBusy()
        if "readonly" in words or "read-only" in words:
            return RegisterUnwritable(f"{where} cannot be written: it is read-only for you. Nothing was saved.")
        if "full" in words:
            return RegisterUnwritable("The disk is full. Nothing was saved; make room, and try again.")
        if "unable to open" in words:
            return NoRegister(where)
        if "disk I/O" in words:
            return RegisterUnwritable("The disk could not be written or read. Nothing was saved; try again.")
    if isinstance(error, (DatabaseError, sqlite3.DatabaseError)) and (
        "malformed" in words or "not a database" in words or "disk image" in words
    ):
        return BrokenRegister(where, words)
    return None
