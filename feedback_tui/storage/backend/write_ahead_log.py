"""Tells which SQLite versions use a write-ahead log for registers, and how each opens a file."""

from __future__ import annotations

import os
from pathlib import Path

WAL_IS_SAFE_FROM = (3, 51, 3)


def uri_of(path: Path, engine: str) -> str:
    """Returns the URI with which SQLite version `engine` opens the file at `path`."""
    return f"{path.as_uri()}?{'mode=ro&immutable=1' if reads_without_locks(path, engine) else 'mode=rw'}"


def reads_without_locks(path: Path, engine: str) -> bool:
    """Whether SQLite version `engine` opens the file at `path` as immutable, without locks.

    Even reading with a write-ahead log creates files beside the register, which needs write permission. If others have
    the register open, their log exists and can be used.
    """
    if not keeps_log(engine) or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return False
    return not path.with_name(f"{path.name}-wal").exists()


def keeps_log(engine: str) -> bool:
    """Whether SQLite version `engine` uses a write-ahead log for registers."""
    return tuple(map(int, engine.split("."))) >= WAL_IS_SAFE_FROM
