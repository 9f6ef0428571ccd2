"""Which engines keep a register on a write-ahead log, and how each opens a register's file."""

from __future__ import annotations

import os
from pathlib import Path

WAL_IS_SAFE_FROM = (3, 51, 3)


def uri_of(path: Path, engine: str) -> str:
    """How an engine of this version opens the file at `path`."""
    return f"{path.as_uri()}?{'mode=ro&immutable=1' if reads_without_locks(path, engine) else 'mode=rw'}"


def reads_without_locks(path: Path, engine: str) -> bool:
    """Whether an engine of this version reads the file at `path` as one that nobody changes.

    A write-ahead log is made beside a register even to read it: who may not write there could not. While others have
    it open, there is a log to join.
    """
    if not keeps_log(engine) or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return False
    return not path.with_name(f"{path.name}-wal").exists()


def keeps_log(engine: str) -> bool:
    """Whether an engine of this version keeps registers on a write-ahead log."""
    return tuple(map(int, engine.split("."))) >= WAL_IS_SAFE_FROM
