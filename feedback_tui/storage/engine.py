"""The database engine with the settings that keep what was saved (SQLite)."""

from __future__ import annotations

import json
import sqlite3
import stat
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from feedback_tui.storage.errors import (
    BrokenRegister,
    KeyNeeded,
    NoRegister,
    NotARegister,
    OnNetworkShare,
    OnServer,
    RegisterBusy,
    RegisterError,
    RegisterUnwritable,
    WrongKey,
)
from feedback_tui.storage.files import looks_encrypted
from feedback_tui.storage.keys import key_of
from feedback_tui.storage.network import share_of

APPLICATION_ID = 0x46425455
"""Stands in the header of every register file: ``FBTU``."""
BUSY_TIMEOUT_MS = 5000
LONGEST_WAIT = "5s"
"""How long a verb waits for another officer's; the second is the server's word for it."""
CACHE_KIB = 32 * 1024
"""Pages kept in memory: with the 2 MB that SQLite takes by itself the year read the same pages again and again."""
READING = "reading"
"""The execution option of a connection that only reads: it takes no write lock."""
_WAL_IS_SAFE_FROM = (3, 51, 3)


def on_server(where: str) -> bool:
    """Whether `where` names a database on a server, not a file."""
    return where.startswith("postgresql")


def of_server(connection: Connection) -> bool:
    """Whether a connection is to a database on a server, not to a file."""
    return connection.dialect.name == "postgresql"


def register_file(where: str) -> Path:
    """The file that `where` (a path, or a ``sqlite:///`` URL) names. Raises OnServer, RegisterError for another."""
    if "://" not in where:
        return Path(where).expanduser().absolute()
    try:
        url = make_url(where)
    except ArgumentError:
        raise RegisterError(f"{where} is neither a path nor a database URL.") from None
    if url.get_backend_name() == "postgresql":
        raise OnServer(url.render_as_string())
    if url.get_backend_name() != "sqlite" or not url.database:
        raise RegisterError(f"Registers are kept in a SQLite file or on PostgreSQL, not on {url.get_backend_name()}.")
    return Path(url.database).expanduser().absolute()


def require_register_file(path: Path) -> None:
    """Raises the RegisterError that says why there can be no register at `path`; else the database looks further.

    The file itself is never opened here: closing a descriptor of our own would drop the locks that SQLite holds on the
    same file for another connection of this process (POSIX locks belong to the process).
    """
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NoRegister(str(path)) from None
    except OSError as error:
        raise RegisterError(f"{path} cannot be read: {error.strerror}.") from None
    if stat.S_ISDIR(found.st_mode):
        raise NotARegister(str(path), "it is a folder")
    if not stat.S_ISREG(found.st_mode):
        raise NotARegister(str(path), "it is not a file")
    # SQLite takes a file of one byte for an empty one.
    if found.st_size <= 1:
        raise NotARegister(str(path), "the file is empty")
    require_local_disk(path)


def require_local_disk(path: Path) -> None:
    """Raises OnNetworkShare where `path` stands on a share."""
    if (share := share_of(path)) is not None:
        raise OnNetworkShare(str(path), share)


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_json(value: object) -> str:
    """JSON in the one form that is stored and hashed: keys sorted, no spaces, characters as they are."""
    return _encoder.encode(value)


def connect(path: Path) -> sqlite3.Connection:
    """A connection to an existing file, with the key that is held for it, if any.

    It never makes one: a deleted register is an error, not a new one.
    """
    if (key := key_of(path)) is not None:
        from feedback_tui.storage.encrypted import connect_encrypted

        return connect_encrypted(path, key)
    return sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, check_same_thread=False, isolation_level=None, cached_statements=256
    )


def database_errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """What the drivers that are loaded raise, the plain one and the one for encrypted registers; and `others`."""
    encrypted = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, *others) if encrypted is None else (sqlite3.Error, encrypted.Error, *others)


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
        if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            raise NotARegister(str(path), "it is a database of another program")
        apply_settings(connection)

    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begin)
    return engine


def apply_settings(connection: sqlite3.Connection) -> None:
    """The settings every connection to a register needs; each has a reason that was measured (see docs)."""
    execute = connection.execute
    execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    if tuple(map(int, execute("SELECT sqlite_version()").fetchone()[0].split("."))) >= _WAL_IS_SAFE_FROM:
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = FULL")
    else:
        execute("PRAGMA journal_mode = DELETE")
        execute("PRAGMA synchronous = EXTRA")
    for setting in ("foreign_keys = ON", "recursive_triggers = ON", "trusted_schema = OFF", "secure_delete = ON"):
        execute(f"PRAGMA {setting}")
    execute("PRAGMA mmap_size = 0")
    execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    # Its own knows the letters of English alone: “ödegård” would not find “Ödegård”.
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: str | float | None) -> str | float | None:
    """What SQL's ``lower`` is to give, for the letters of every language."""
    return value.lower() if isinstance(value, str) else value


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
    cause: Any = getattr(error, "orig", None) or error
    if isinstance(cause, database_errors()):
        return _from_sqlite(cause, where)
    if isinstance(error, ValueError) and _was_stored(error):
        return BrokenRegister(where, "a stored value cannot be read")
    return None


def _from_sqlite(error: Exception, where: str) -> RegisterError | None:
    words = str(error)
    # SQLITE_IOERR_WRITE is a kind of SQLITE_IOERR; an error of the driver's own has no name.
    match (getattr(error, "sqlite_errorname", "") + "__").split("_")[1]:
        case "BUSY" | "LOCKED":
            return RegisterBusy()
        case "READONLY":
            return RegisterUnwritable(f"{where} cannot be written: it is read-only for you. Nothing was saved.")
        case "FULL":
            return RegisterUnwritable("The disk is full. Nothing was saved; make room, and try again.")
        case "IOERR":
            return RegisterUnwritable("The disk could not be written or read. Nothing was saved; try again.")
        case "CANTOPEN" if not Path(where).exists():
            return NoRegister(where)
        case "CANTOPEN" | "PERM" | "AUTH":
            return RegisterUnwritable(
                f"{where} cannot be opened, or its folder cannot be written: you may not. Nothing was saved."
            )
        case "NOTADB" if key_of(Path(where)) is not None:
            return WrongKey(where)
        case "NOTADB" if looks_encrypted(Path(where)):
            return KeyNeeded(where)
        case "NOTADB":
            return NotARegister(where, "it is not a database, or its beginning is damaged")
        case "CORRUPT":
            return BrokenRegister(where, words)
    # The schema is ours and tested: a name that is gone was damaged. So was text that is no longer UTF-8.
    if words.startswith(("no such table", "no such column", "Could not decode to UTF-8")):
        return BrokenRegister(where, words)
    return None


def _was_stored(error: ValueError) -> bool:
    """Whether a value read from the database raised it: an enum's word, a date. Bad parameters are wrapped by
    SQLAlchemy, so a bare ValueError from beneath it can only be a result."""
    stored = False
    for frame, _line in traceback.walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "")
        if module.startswith("sqlalchemy."):
            stored = True
        elif module.startswith("feedback_tui.") and module != "feedback_tui.models.base":
            stored = False
    return stored
