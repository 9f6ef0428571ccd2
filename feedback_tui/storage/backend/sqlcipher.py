"""Registers encrypted with SQLCipher: every page of the file, its journal and its backups. Needs the extra
``encrypted``."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from feedback_tui.storage.backend import encryption_keys
from feedback_tui.storage.backend.encryption_keys import Key
from feedback_tui.storage.backend.write_ahead_log import uri_of
from feedback_tui.storage.errors import RegisterError

_salts: dict[tuple[Path, int], tuple[str, Key]] = {}
_made: dict[tuple[str, Key], str] = {}
"""Keys already derived from a passphrase and a file's salt; deriving takes about a sixth of a second for each
connection."""


def driver() -> ModuleType:
    """Returns the SQLCipher driver. Raises RegisterError if it is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise RegisterError(
            "An encrypted register needs a part of the program that is not installed: pip install "
            "'feedback-tui[encrypted]'."
        ) from None
    return cast(ModuleType, dbapi2)


def connect_encrypted(path: Path, key: Key | None) -> sqlite3.Connection:
    """Connects to an existing encrypted file; without a key, to a plain file with the same driver.

    An empty file becomes an encrypted database. Raises the driver's NOTADB error for a wrong key.
    """
    connection = _open(path)
    if key is None:
        return connection
    salt, known = _salts.get(_place(path), ("", None))
    try:
        if salt and known == key:
            connection.execute(f"PRAGMA key = \"x'{_ready(salt, key)}'\"")
        else:
            connection.execute(f"PRAGMA key = {key.literal}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not salt and path.stat().st_size:
            _salts[_place(path)] = (connection.execute("PRAGMA cipher_salt").fetchone()[0], key)
    except BaseException:
        connection.close()
        raise
    return connection


def is_plain(path: Path) -> bool:
    """Whether a file is an unencrypted SQLite database. No connection of this process may be open on it."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error:
        return False
    return True


def look_again(path: Path) -> None:
    """Makes the next connection read the salt from the file again: the cached one may hide damage there."""
    _salts.pop(_place(path), None)


def _ready(salt: str, key: Key) -> str:
    if (salt, key) not in _made:
        _made[salt, key] = key.derived(bytes.fromhex(salt)).hex() + salt
    return _made[salt, key]


def _open(path: Path) -> sqlite3.Connection:
    connection: Any = driver().connect(
        uri_of(path, driver().sqlite_version),
        uri=True,
        check_same_thread=False,
        isolation_level=None,
        cached_statements=256,
    )
    # Otherwise SQLCipher writes a message to the terminal for a wrong key.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA cipher_default_kdf_iter = {encryption_keys.ROUNDS}")
    return cast(sqlite3.Connection, connection)


def _place(path: Path) -> tuple[Path, int]:
    try:
        return path, path.stat().st_ino
    except OSError:
        return path, 0
