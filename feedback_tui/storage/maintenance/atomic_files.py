"""Writes files atomically and readable by this user only."""

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
"""The page size of every register, in bytes."""
_OTHER_KINDS = (
    *(b"PK\x03\x04", b"\x1f\x8b", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"7z\xbc\xaf", b"\xfd7zXZ", b"BZh"),
    *(b"Rar!", b"RIFF", b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0", b"ID3", b"OggS", b"age-encryption", b"-----BEGIN"),
)
"""The first bytes of compressed files of other programs: documents, images, archives."""


def write_safely(path: Path, data: str | bytes) -> None:
    """Writes `data` (text as UTF-8) to `path` with mode 0600, replacing an existing file only once all of it is on
    disk.

    Raises RegisterError with the reason; then the old file is unchanged. A database is never replaced. A file left by a
    killed program is removed at the next start.
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
    """Writes `data` to the file that an officer named, with mode 0600.

    Raises AlreadyThere if the file exists and `overwrite` is False; RegisterError if it cannot be written.
    """
    if overwrite:
        write_safely(path, data)
    elif not write_new(path, data):
        raise AlreadyThere(path)


class AlreadyThere(RegisterError):
    """A file of this name exists, and replacing it was not requested."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.expanduser().absolute()} is there already, and was left as it is. Name another file, or add "
            "--overwrite to replace it."
        )


def write_new(path: Path, data: str | bytes) -> bool:
    """Writes `data` to a new file with mode 0600; returns False, and changes nothing, if the file exists.

    It appears complete under its name or not at all. Raises RegisterError with the reason; then nothing is left.
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
    """Yields a temporary file beside `path` that holds all of `data` and is synced to disk."""
    whole = data.encode("utf-8", "replace") if isinstance(data, str) else data
    with unfinished_file(path.parent, path.name) as unfinished:
        with unfinished.open("r+b") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        yield unfinished


def give_name(unfinished: Path, path: Path) -> None:
    """Renames a finished file to `path`. Raises FileExistsError if that exists; it is never replaced."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        # The disk has no hard links (a USB stick), so another program could still create the file between check and
        # rename.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        unfinished.rename(path)
    sync_folder(path.parent)


NO_INODES = "the disk takes no more files, though it has room: its inodes are used up"
NO_QUOTA = "what you may store on that disk is used up (your quota)"


def why_not(error: OSError, folder: Path) -> str:
    """Returns in words why a file in `folder` could not be written; tells apart a full disk, no inodes and a quota."""
    if error.errno == errno.EDQUOT:
        return NO_QUOTA
    if error.errno == errno.ENOSPC and _has_no_inodes(folder):
        return NO_INODES
    return error.strerror or type(error).__name__


def why_full(path: Path) -> str | None:
    """Returns the message for a full disk, found by writing a trial file beside `path`; None if the disk is not full.

    SQLite says for every kind of full disk only that it could not open or write a file.
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
    """Syncs the folder to disk, so that a new file name survives a power cut."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some disks (shares, USB sticks) cannot sync a folder; the file itself is synced all the same.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Syncs the contents of a file to disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def is_database(path: Path) -> bool:
    """Returns whether `path` is a SQLite database. It is opened through SQLite, because closing a descriptor of our own
    would drop the locks of this process on the file."""
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
    """Returns whether a file that is no plain database may be an encrypted register: whole pages, the first with random
    bytes.

    Call it only after SQLite has found that the file is no database. Then this process has no lock on it to lose.
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
    # In 4096 random bytes each value occurs about 16 times.
    return len(begin) == _PAGE and max(Counter(begin).values()) < 64
