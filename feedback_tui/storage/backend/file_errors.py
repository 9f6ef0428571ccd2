"""Translates SQLite and file errors into sentences for the officer."""

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
    """Returns the error classes of the loaded SQLite drivers (plain, and SQLCipher if loaded), followed by `others`."""
    encrypted = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, *others) if encrypted is None else (sqlite3.Error, encrypted.Error, *others)


def raise_plainly(error: Exception, where: str) -> NoReturn:
    """Raises the RegisterError for a database error; raises `error` itself if it is a bug in this program."""
    if (plain := as_register_error(error, where)) is not None:
        raise plain from error
    raise error


def as_register_error(error: Exception, where: str) -> RegisterError | None:
    """Returns a database error as a RegisterError for the officer, or None if it is a bug in this program."""
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
    # The name's second part gives the kind, as in SQLITE_IOERR_WRITE. Errors raised by the driver itself have no name.
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
    # The schema is created and tested by this program, so a missing name means damage. So does text that is not UTF-8.
    if words.startswith(("no such table", "no such column", "Could not decode to UTF-8")):
        return BrokenRegister(where, words)
    return None


_READS_VALUES = ("feedback_tui.models.base", "feedback_tui.storage.bulk.inserts")
"""Modules of this program that may appear in the traceback between the driver and a stored value."""


def was_stored(error: ValueError) -> bool:
    """Returns whether a value read from the database caused this ValueError, such as an unknown enum value or a bad
    date.

    SQLAlchemy wraps errors in parameters, so a bare ValueError from within it, or from `multi_query`, comes from a
    result.
    """
    stored = False
    for frame, _line in traceback.walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "")
        if module.startswith("sqlalchemy.") or module == "feedback_tui.storage.backend.multi_query":
            stored = True
        elif module.startswith("feedback_tui.") and module not in _READS_VALUES:
            stored = False
    return stored
