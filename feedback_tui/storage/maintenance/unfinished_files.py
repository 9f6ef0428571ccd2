"""Temporary files that are removed at the next start if the program was killed.

For each file a note in the state folder holds its path, and is locked while the program runs. The system releases the
lock however the program ends, so files of another running program are never removed. Uses the standard library only,
because it runs at each start.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feedback_tui import folders

UNFINISHED = ".unfinished-"
"""The prefix of every temporary file; nothing without it is ever removed."""
_FOLDER = "unfinished"


@contextmanager
def noted(path: Path) -> Iterator[None]:
    """Notes `path` for removal at the next start, as long as the block runs. Its name must begin with `UNFINISHED`.

    If no note can be written, for example on a full disk, the block runs without one.
    """
    assert path.name.startswith(UNFINISHED), "only what is named so is cleared"
    note, handle = None, -1
    with contextlib.suppress(OSError):
        folder = notes_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        note = folder / f"{secrets.token_hex(8)}.path"
        handle = os.open(note, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        _lock(handle)
        os.write(handle, os.fsencode(path.absolute()))
    try:
        yield
    finally:
        if handle >= 0:
            os.close(handle)
        if note is not None:
            with contextlib.suppress(OSError):
                note.unlink(missing_ok=True)


@contextmanager
def unfinished_file(folder: Path, name: str = "") -> Iterator[Path]:
    """Yields an empty temporary file in `folder`, mode 0600. It is deleted at the end unless it was renamed, or at the
    next start if the program was killed.

    Raises OSError.
    """
    path = folder / f"{UNFINISHED}{name[:80]}{'-' if name else ''}{secrets.token_hex(4)}"
    with noted(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def unfinished_folder(folder: Path) -> Iterator[Path]:
    """Yields a temporary folder with mode 0700, which is deleted with its content at the end or at the next start."""
    path = folder / f"{UNFINISHED}{secrets.token_hex(4)}"
    with noted(path):
        path.mkdir(mode=0o700)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def clear_left_behind() -> list[Path]:
    """Removes the temporary files of programs that no longer run, and returns their paths."""
    cleared: list[Path] = []
    with contextlib.suppress(OSError):
        for note in sorted(notes_folder().iterdir()):
            with contextlib.suppress(OSError):
                cleared += _clear(note)
    return cleared


def _clear(note: Path) -> Iterator[Path]:
    """Removes the file that one note names, and yields what was removed. Raises OSError if the note is locked."""
    handle = os.open(note, os.O_RDWR)
    try:
        _lock(handle)
        named = os.fsdecode(os.read(handle, 65536))
        path = Path(named)
        # The note is empty if the program was killed before writing it. Other names are not ours to remove.
        if named and path.is_absolute() and path.name.startswith(UNFINISHED):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
                yield path
            else:
                # Includes the journals of a database.
                for each in path.parent.glob(f"{_escaped(path.name)}*"):
                    each.unlink(missing_ok=True)
                    yield each
    finally:
        os.close(handle)
    note.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def notes_folder() -> Path:
    return folders.state_folder() / _FOLDER


def _lock(handle: int) -> None:
    """Locks an open file until it is closed. Raises OSError if another program has locked it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
