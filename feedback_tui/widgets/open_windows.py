"""Which windows of the program are open: each holds a lock on a file of its own, which the system lets go when it ends.

So what a window that was killed left behind can be told from what another window works on just now.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

ENDING = ".window"


class Window:
    """This window, in a folder that is there. Raises OSError where its file cannot be made or locked."""

    def __init__(self, folder: Path) -> None:
        _sweep(folder)
        while True:
            self.name = os.urandom(6).hex()
            self._path = folder / f"{self.name}{ENDING}"
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            _lock(self._handle)
            # Another window that was sweeping may have taken it away before it was locked.
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(self._path.stat(), os.fstat(self._handle)):
                    return
            os.close(self._handle)

    def close(self) -> None:
        """Says that it is not open any more."""
        os.close(self._handle)
        with contextlib.suppress(OSError):
            self._path.unlink()


def is_open(folder: Path, name: str) -> bool:
    """Whether the window of this name is open, this one or another."""
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
    """Takes away the files of windows that were killed."""
    for path in folder.glob(f"*{ENDING}"):
        is_open(folder, path.name.removesuffix(ENDING))


def _lock(handle: int) -> None:
    """Raises OSError where another window has the lock."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
