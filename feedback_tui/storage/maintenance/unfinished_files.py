"""What a killed program leaves half written: noted while it is written, and cleared at the next start.

A note is a file in this user's state folder that names one path, and that its program keeps locked as long as it runs:
the system lets go of the lock however the program ends. So what another running program is writing is never touched.
Only standard modules: this is asked at each start.
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
"""What the name of everything begins with that is not yet whole: nothing else is ever cleared."""
_FOLDER = "unfinished"


@contextmanager
def noted(path: Path) -> Iterator[None]:
    """Notes `path`, whose name begins with `UNFINISHED`, for the next start while something is written there.

    Where no note can be written, it is done without: a full disk keeps nobody from trying.
    """
    assert path.name.startswith(UNFINISHED), "only what is named so is cleared"
    note, handle = None, -1
    with contextlib.suppress(OSError):
        folder = _folder()
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
    """An empty file of this user's in `folder`, for what is not yet whole; gone at the end unless it was renamed, and
    at the next start where the program was killed. Raises OSError."""
    path = folder / f"{UNFINISHED}{name[:80]}{'-' if name else ''}{secrets.token_hex(4)}"
    with noted(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def unfinished_folder(folder: Path) -> Iterator[Path]:
    """The same for a folder, mode 0700, with all that is put into it."""
    path = folder / f"{UNFINISHED}{secrets.token_hex(4)}"
    with noted(path):
        path.mkdir(mode=0o700)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def clear_left_behind() -> list[Path]:
    """Takes away what programs that are no longer running left half written, and gives what that was."""
    cleared: list[Path] = []
    with contextlib.suppress(OSError):
        for note in sorted(_folder().iterdir()):
            with contextlib.suppress(OSError):
                cleared += _clear(note)
    return cleared


def _clear(note: Path) -> Iterator[Path]:
    """Takes away what one note names, unless its program runs. Raises OSError where the note is locked."""
    handle = os.open(note, os.O_RDWR)
    try:
        _lock(handle)
        named = os.fsdecode(os.read(handle, 65536))
        path = Path(named)
        # A note that was begun and not written names nothing; what is named otherwise is not ours.
        if named and path.is_absolute() and path.name.startswith(UNFINISHED):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
                yield path
            else:
                # With the journals of a database.
                for each in path.parent.glob(f"{_escaped(path.name)}*"):
                    each.unlink(missing_ok=True)
                    yield each
    finally:
        os.close(handle)
    note.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _folder() -> Path:
    return folders.state_folder() / _FOLDER


def _lock(handle: int) -> None:
    """Locks an open file until it is closed. Raises OSError where another program has it locked."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
