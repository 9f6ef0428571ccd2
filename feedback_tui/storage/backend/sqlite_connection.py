"""A connection to the file of a register, with the settings that keep what was saved. Without SQLAlchemy, which takes
longer to load than a page takes to read."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

from feedback_tui.storage.backend.encryption_keys import key_of
from feedback_tui.storage.backend.network_disks import disk_of, is_agreed, is_share
from feedback_tui.storage.backend.write_ahead_log import keeps_log, uri_of
from feedback_tui.storage.errors import NoRegister, NotARegister, OnNetworkShare, RegisterError, UnknownDisk

APPLICATION_ID = 0x46425455
"""Stands in the header of every register file: ``FBTU``."""
BUSY_TIMEOUT_MS = 5000
CACHE_KIB = 32 * 1024
"""Pages kept in memory: with the 2 MB that SQLite takes by itself the year read the same pages again and again."""


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
    """Raises OnNetworkShare where `path` stands on a share; UnknownDisk where that cannot be told, and no one said."""
    mount = disk_of(path)
    share = is_share(mount)
    if share:
        raise OnNetworkShare(str(path), mount.kind)
    if share is None and not is_agreed(mount.point):
        raise UnknownDisk(str(path), mount.kind, mount.point)


def connect(path: Path) -> sqlite3.Connection:
    """A connection to an existing file, with the key that is held for it, if any.

    It never makes one: a deleted register is an error, not a new one. Who may not write it reads it all the same.
    """
    if (key := key_of(path)) is not None:
        from feedback_tui.storage.backend.sqlcipher import connect_encrypted

        return connect_encrypted(path, key)
    uri = uri_of(path, sqlite3.sqlite_version)
    return sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None, cached_statements=256)


def begin_with(connection: sqlite3.Connection, path: Path) -> None:
    """What each new connection begins with: its settings. Raises NotARegister for another program's database."""
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise NotARegister(str(path), "it is a database of another program")
    apply_settings(connection)


def apply_settings(connection: sqlite3.Connection) -> None:
    """The settings every connection to a register needs; each has a reason that was measured (see docs)."""
    execute = connection.execute
    execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    if writes_ahead(connection):
        # Not set where it is so already: on a register that may only be read it cannot be.
        if execute("PRAGMA journal_mode").fetchone() != ("wal",) and not _is_read_only(connection):
            execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = FULL")
        # What was saved stands in the file itself as soon as no one reads what was there before: who copies the file
        # as it lies there has it, and a file that is copied over it is seen.
        execute("PRAGMA wal_autocheckpoint = 1")
    else:
        execute("PRAGMA journal_mode = DELETE")
        execute("PRAGMA synchronous = EXTRA")
    for setting in ("foreign_keys = ON", "recursive_triggers = ON", "trusted_schema = OFF", "secure_delete = ON"):
        execute(f"PRAGMA {setting}")
    execute("PRAGMA mmap_size = 0")
    execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    # Its own knows the letters of English alone: “ödegård” would not find “Ödegård”.
    connection.create_function("lower", 1, _lower, deterministic=True)


def writes_ahead(connection: sqlite3.Connection) -> bool:
    """Whether the engine of this connection keeps registers on a write-ahead log."""
    return keeps_log(connection.execute("SELECT sqlite_version()").fetchone()[0])


def _is_read_only(connection: sqlite3.Connection) -> bool:
    # A file's name may be no UTF-8: it is read as bytes.
    as_text, connection.text_factory = connection.text_factory, bytes
    try:
        file = os.fsdecode(connection.execute("PRAGMA database_list").fetchone()[2])
    finally:
        connection.text_factory = as_text
    return bool(file) and not (os.access(file, os.W_OK) and os.access(Path(file).parent, os.W_OK))


def _lower(value: str | float | None) -> str | float | None:
    """What SQL's ``lower`` is to give, for the letters of every language."""
    return value.lower() if isinstance(value, str) else value
