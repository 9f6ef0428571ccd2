"""Writing a file so that it is there whole or not at all, and for this user only."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.keys import is_held
from feedback_tui.storage.left_behind import unfinished_file

_PAGE = 4096
"""Bytes of a page in every register."""


def write_safely(path: Path, data: str | bytes) -> None:
    """Writes `data` (text as UTF-8) to `path`, replacing what was there only when all of it is on disk; mode 0600.

    Raises RegisterError with the reason; then what was there is still there. A database is never replaced. What a
    killed program left of it is cleared at the next start.
    """
    path = path.expanduser().absolute()
    try:
        if is_database(path):
            raise RegisterError(f"{path} is a database, and was left as it is. Write to another file.")
        with _on_disk(path, data) as unfinished:
            unfinished.replace(path)
            sync_folder(path.parent)
    except OSError as error:
        raise RegisterError(f"{path} cannot be written: {error.strerror}. Nothing was changed.") from None


def write_output(path: Path, data: str | bytes, *, overwrite: bool) -> None:
    """Writes what an officer asked for to the file that they named, mode 0600. Raises RegisterError where something
    is there and `overwrite` does not say to replace it, or where it cannot be written."""
    if overwrite:
        write_safely(path, data)
    elif not write_new(path, data):
        raise AlreadyThere(path)


class AlreadyThere(RegisterError):
    """A file of this name is there, and nobody said that it may be replaced."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.expanduser().absolute()} is there already, and was left as it is. Name another file, or add "
            "--overwrite to replace it."
        )


def write_new(path: Path, data: str | bytes) -> bool:
    """Writes `data` to a file that is not there yet, mode 0600; gives False, and touches nothing, where one is.

    It appears whole under its name or not at all. Raises RegisterError with the reason; then no part of it is left.
    """
    path = path.expanduser().absolute()
    if os.path.lexists(path):
        return False
    try:
        with _on_disk(path, data) as unfinished:
            give_name(unfinished, path)
    except FileExistsError:
        return False
    except OSError as error:
        raise RegisterError(f"{path} cannot be written: {error.strerror}. Nothing was changed.") from None
    return True


@contextmanager
def _on_disk(path: Path, data: str | bytes) -> Iterator[Path]:
    """All of `data` on disk, in a file beside `path` that is still to be given its name."""
    whole = data.encode("utf-8", "replace") if isinstance(data, str) else data
    with unfinished_file(path.parent, path.name) as unfinished:
        with unfinished.open("r+b") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        yield unfinished


def give_name(unfinished: Path, path: Path) -> None:
    """Gives a finished file its name, never over another. Raises FileExistsError."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links (a USB stick): the window between looking and naming is as small as can be.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        unfinished.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Puts the names in `folder` on disk: a file that was just named there keeps its name through a power cut."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some disks (shares, sticks) cannot do it for a folder: the file itself is on disk all the same.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Puts the contents of a file on disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def is_database(path: Path) -> bool:
    """Whether a SQLite database stands at `path`. Asked through SQLite: opening the file ourselves would drop the
    locks that this process has on it."""
    if is_held(path):
        return path.exists()
    try:
        if not path.is_file() or path.stat().st_size == 0:
            return False
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            return looks_encrypted(path)
        return getattr(error, "sqlite_errorname", "") != "SQLITE_CANTOPEN"
    return True


def looks_encrypted(path: Path) -> bool:
    """Whether a file that is no plain database may be an encrypted register: whole pages, and no order in the first.

    Asked only once SQLite has said that it is no database: then no lock of this process stands on it that opening it
    could drop.
    """
    try:
        if path.stat().st_size % _PAGE:
            return False
        with path.open("rb") as file:
            begin = file.read(_PAGE)
    except OSError:
        return False
    # Of 4096 random bytes, each value stands there about 16 times.
    return len(begin) == _PAGE and max(Counter(begin).values()) < 64
