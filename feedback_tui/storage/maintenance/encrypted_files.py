"""Small files that hold people's words beside an encrypted register, encrypted with what is made of its key: drafts."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import Any

from feedback_tui.storage.backend.encryption_keys import Key
from feedback_tui.storage.backend.sqlcipher import driver


class Seal:
    """Closes texts into files that open with the same key alone. What it is made of is forgotten with it."""

    __slots__ = ("_raw",)

    def __init__(self, key: Key, register: str) -> None:
        # A salt of its own: the key of the register's pages is not the one of its drafts.
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
        """The text in the file at `path`; None where this seal does not open it."""
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
