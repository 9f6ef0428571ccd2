"""Writing a file so that it is there whole or not at all, and for this user only."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from feedback_tui.storage.backend.encryption_keys import is_held
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.maintenance.unfinished_files import unfinished_file

_PAGE = 4096
"""Bytes of a page in every register."""
_OTHER_KINDS = (
    *(b"PK\x03\x04", b"\x1f\x8b", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"7z\xbc\xaf", b"\xfd7zXZ", b"BZh"),
    *(b"Rar!", b"RIFF", b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0", b"ID3", b"OggS", b"age-encryption", b"-----BEGIN"),
)
"""How packed files of other programs begin: documents, pictures, archives."""


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
        raise RegisterError(f"{path} cannot be written: {why_not(error, path.parent)}. Nothing was changed.") from None


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
        raise RegisterError(f"{path} cannot be written: {why_not(error, path.parent)}. Nothing was changed.") from None
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


NO_INODES = "the disk takes no more files, though it has room: its inodes are used up"
NO_QUOTA = "what you may store on that disk is used up (your quota)"


def why_not(error: OSError, folder: Path) -> str:
    """Why a file in `folder` could not be written, in words. A disk may be full in more ways than one."""
    if error.errno == errno.EDQUOT:
        return NO_QUOTA
    if error.errno == errno.ENOSPC and _has_no_inodes(folder):
        return NO_INODES
    return error.strerror or type(error).__name__


def why_full(path: Path) -> str | None:
    """The sentence for a disk that takes nothing more beside `path`, found by trying; None where it does.

    A database says of each way of being full only that it could not open or write a file.
    """
    try:
        with unfinished_file(path.parent) as trial, trial.open("r+b") as file:
            file.write(bytes(_PAGE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            return None
        match why_not(error, path.parent):
            case words if words == NO_INODES:
                then = "remove files that are not needed, however small, and try again"
            case words if words == NO_QUOTA:
                then = "remove what you do not need, or ask for more, and try again"
            case _:
                words, then = "the disk is full", "make room, and try again"
        return f"{words[0].upper()}{words[1:]}. Nothing was saved; {then}."
    return None


def _has_no_inodes(folder: Path) -> bool:
    if sys.platform == "win32":
        return False
    try:
        found = os.statvfs(folder)
    except OSError:
        return False
    return found.f_files > 0 and found.f_favail == 0 and found.f_bavail > 0


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
    if begin.startswith(_OTHER_KINDS):
        return False
    # Of 4096 random bytes, each value stands there about 16 times.
    return len(begin) == _PAGE and max(Counter(begin).values()) < 64
