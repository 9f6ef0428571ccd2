"""What a register's file can raise, in plain sentences."""

from __future__ import annotations

import sqlite3
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from feedback_tui.storage.backend.encryption_keys import key_of
from feedback_tui.storage.errors import (
    BrokenRegister,
    CannotBeStored,
    KeyNeeded,
    NoRegister,
    NotARegister,
    RegisterBusy,
    RegisterError,
    RegisterUnwritable,
    WrongKey,
)
from feedback_tui.storage.maintenance.atomic_files import looks_encrypted, why_full


def database_errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """What the drivers that are loaded raise, the plain one and the one for encrypted registers; and `others`."""
    encrypted = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, *others) if encrypted is None else (sqlite3.Error, encrypted.Error, *others)


def raise_plainly(error: Exception, where: str) -> NoReturn:
    """Raises the plain sentence for a database error, or the error itself where it is a fault of ours."""
    if (plain := as_register_error(error, where)) is not None:
        raise plain from error
    raise error


def as_register_error(error: Exception, where: str) -> RegisterError | None:
    """The plain sentence for a database error; None where it is a fault of ours."""
    cause: Any = getattr(error, "orig", None) or error
    if isinstance(cause, database_errors()):
        return _from_sqlite(cause, where)
    if isinstance(error, UnicodeEncodeError):
        return CannotBeStored()
    if isinstance(error, ValueError) and was_stored(error):
        return BrokenRegister(where, "a stored value cannot be read")
    return None


def _from_sqlite(error: Exception, where: str) -> RegisterError | None:
    words = str(error)
    # SQLITE_IOERR_WRITE is a kind of SQLITE_IOERR; an error of the driver's own has no name.
    match (getattr(error, "sqlite_errorname", "") + "__").split("_")[1]:
        case "BUSY" | "LOCKED":
            return RegisterBusy()
        case "READONLY":
            return RegisterUnwritable(f"{where} cannot be written: it is read-only for you. Nothing was saved.")
        case "FULL" | "IOERR" | "CANTOPEN" if Path(where).exists() and (why := why_full(Path(where))) is not None:
            return RegisterUnwritable(why)
        case "FULL":
            return RegisterUnwritable("The disk is full. Nothing was saved; make room, and try again.")
        case "IOERR":
            return RegisterUnwritable("The disk could not be written or read. Nothing was saved; try again.")
        case "CANTOPEN" if not Path(where).exists():
            return NoRegister(where)
        case "CANTOPEN" | "PERM" | "AUTH":
            return RegisterUnwritable(
                f"{where} cannot be opened, or its folder cannot be written: you may not. Nothing was saved."
            )
        case "NOTADB" if key_of(Path(where)) is not None:
            return WrongKey(where)
        case "NOTADB" if looks_encrypted(Path(where)):
            return KeyNeeded(where)
        case "NOTADB":
            return NotARegister(where, "it is not a database, or its beginning is damaged")
        case "CORRUPT":
            return BrokenRegister(where, words)
    # The schema is ours and tested: a name that is gone was damaged. So was text that is no longer UTF-8.
    if words.startswith(("no such table", "no such column", "Could not decode to UTF-8")):
        return BrokenRegister(where, words)
    return None


_READS_VALUES = ("feedback_tui.models.base", "feedback_tui.storage.bulk.inserts")
"""Modules of ours that stand between a driver and a value."""


def was_stored(error: ValueError) -> bool:
    """Whether a value read from the database raised it: an enum's word, a date. Bad parameters are wrapped by
    SQLAlchemy, so a bare ValueError from beneath it, or from what reads rows beside it, can only be a result."""
    stored = False
    for frame, _line in traceback.walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "")
        if module.startswith("sqlalchemy.") or module == "feedback_tui.storage.backend.multi_query":
            stored = True
        elif module.startswith("feedback_tui.") and module not in _READS_VALUES:
            stored = False
    return stored
