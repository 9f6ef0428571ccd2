"""Connects to a register file, with the settings that make saved data durable.

Does not use SQLAlchemy, which takes longer to load than a page of cases takes to read.
"""

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
"""The application id in the header of every register file: ``FBTU``."""
BUSY_TIMEOUT_MS = 5000
CACHE_KIB = 32 * 1024
"""The page cache in KiB: with SQLite's default of 2 MB, the year's report read the same pages again and again."""


def require_register_file(path: Path) -> None:
    """Raises a RegisterError if `path` cannot be a register; otherwise connecting checks further.

    The file is not opened here: closing our own descriptor would drop the locks that SQLite holds on the file for
    another connection of this process (POSIX locks belong to the process).
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
    # SQLite takes a file of one byte for an empty database.
    if found.st_size <= 1:
        raise NotARegister(str(path), "the file is empty")
    require_local_disk(path)


def require_local_disk(path: Path) -> None:
    """Raises OnNetworkShare if `path` is on a network share; UnknownDisk if that is unknown and no officer confirmed
    the disk as local."""
    mount = disk_of(path)
    share = is_share(mount)
    if share:
        raise OnNetworkShare(str(path), mount.kind)
    if share is None and not is_agreed(mount.point):
        raise UnknownDisk(str(path), mount.kind, mount.point)


def connect(path: Path) -> sqlite3.Connection:
    """Connects to an existing file, with its key if it has one.

    It does not create a file, so a deleted register is an error. Without write permission it connects read-only.
    """
    if (key := key_of(path)) is not None:
        from feedback_tui.storage.backend.sqlcipher import connect_encrypted

        return connect_encrypted(path, key)
    uri = uri_of(path, sqlite3.sqlite_version)
    return sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None, cached_statements=256)


def begin_with(connection: sqlite3.Connection, path: Path) -> None:
    """Applies the settings to a new connection. Raises NotARegister if the database belongs to another program."""
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise NotARegister(str(path), "it is a database of another program")
    apply_settings(connection)


def apply_settings(connection: sqlite3.Connection) -> None:
    """Applies the settings that every connection to a register needs; docs gives the measured reason for each."""
    execute = connection.execute
    execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    if writes_ahead(connection):
        # Only if it is not set yet: it cannot be set on a read-only register.
        if execute("PRAGMA journal_mode").fetchone() != ("wal",) and not _is_read_only(connection):
            execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = FULL")
        # Checkpoint after each commit, so that saved data is in the file itself as soon as no reader needs the old
        # pages. Then a plain copy of the file is complete, and a file copied over it is noticed.
        execute("PRAGMA wal_autocheckpoint = 1")
    else:
        execute("PRAGMA journal_mode = DELETE")
        execute("PRAGMA synchronous = EXTRA")
    for setting in ("foreign_keys = ON", "recursive_triggers = ON", "trusted_schema = OFF", "secure_delete = ON"):
        execute(f"PRAGMA {setting}")
    execute("PRAGMA mmap_size = 0")
    execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    # SQLite's own lower() knows ASCII only: “ödegård” would not find “Ödegård”.
    connection.create_function("lower", 1, _lower, deterministic=True)


def writes_ahead(connection: sqlite3.Connection) -> bool:
    """Whether this connection's SQLite version uses a write-ahead log for registers."""
    return keeps_log(connection.execute("SELECT sqlite_version()").fetchone()[0])


def _is_read_only(connection: sqlite3.Connection) -> bool:
    # A file name may not be valid UTF-8, so it is read as bytes.
    as_text, connection.text_factory = connection.text_factory, bytes
    try:
        file = os.fsdecode(connection.execute("PRAGMA database_list").fetchone()[2])
    finally:
        connection.text_factory = as_text
    return bool(file) and not (os.access(file, os.W_OK) and os.access(Path(file).parent, os.W_OK))


def _lower(value: str | float | None) -> str | float | None:
    """The SQL function ``lower`` for letters of all languages."""
    return value.lower() if isinstance(value, str) else value
