"""Which windows of the program are open. Each window locks its own file; the operating system releases the lock when
the process ends.

So files left by a killed window can be told from those that another window is using.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

ENDING = ".window"


class Window:
    """This window, registered in an existing folder. Raises OSError if its file cannot be created or locked."""

    def __init__(self, folder: Path) -> None:
        _sweep(folder)
        while True:
            self.name = os.urandom(6).hex()
            self._path = folder / f"{self.name}{ENDING}"
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            _lock(self._handle)
            # Another window may have deleted the file as left over before it was locked: then try again.
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(self._path.stat(), os.fstat(self._handle)):
                    return
            os.close(self._handle)

    def close(self) -> None:
        """Marks the window as closed and deletes its file."""
        os.close(self._handle)
        with contextlib.suppress(OSError):
            self._path.unlink()


def is_open(folder: Path, name: str) -> bool:
    """Returns whether the window of this name, this or another, is open. Deletes the file of one that is not. A file
    that is missing or cannot be opened counts as not open."""
    path = folder / f"{name}{ENDING}"
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        _lock(handle)
    except OSError:
        return True
    else:
        with contextlib.suppress(OSError):
            path.unlink()
        return False
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Deletes the files of windows that were killed."""
    for path in folder.glob(f"*{ENDING}"):
        is_open(folder, path.name.removesuffix(ENDING))


def _lock(handle: int) -> None:
    """Raises OSError if another window has the lock."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
