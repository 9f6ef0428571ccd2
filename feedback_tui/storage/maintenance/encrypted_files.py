"""Encrypts drafts beside an encrypted register, with a key derived from the register's."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import Any

from feedback_tui.storage.backend.encryption_keys import Key
from feedback_tui.storage.backend.sqlcipher import driver


class Seal:
    """Writes and reads files encrypted with a key derived from the register's. The derived key is
    only held in memory."""

    __slots__ = ("_raw",)

    def __init__(self, key: Key, register: str) -> None:
        # The salt differs from the register's, so that drafts and pages are encrypted with different keys.
        self._raw = key.derived(hashlib.sha256(f"drafts of {register}".encode()).digest()[:16]).hex()

    def __repr__(self) -> str:
        return "Seal(…)"

    def write(self, path: Path, text: str) -> None:
        """Writes `text` into the empty file at `path`. Raises OSError."""
        try:
            with closing(self._open(path)) as connection:
                connection.execute("PRAGMA journal_mode = OFF")
                connection.execute("CREATE TABLE sealed (text TEXT NOT NULL)")
                connection.execute("INSERT INTO sealed VALUES (?)", (text,))
        except driver().Error as error:
            raise OSError(None, str(error)) from None

    def read(self, path: Path) -> str | None:
        """Returns the text in the file at `path`, or None if this key does not open it."""
        try:
            with closing(self._open(path)) as connection:
                (text,) = connection.execute("SELECT text FROM sealed").fetchone()
        except (driver().Error, TypeError):
            return None
        return str(text)

    def _open(self, path: Path) -> Any:
        connection = driver().connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None)
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{self._raw}'\"")
        return connection
