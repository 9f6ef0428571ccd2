"""The backend for a register in one SQLite file: finding, opening, creating and recognising it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from feedback_tui.storage.backend.addresses import register_file
from feedback_tui.storage.backend.encryption_keys import alike
from feedback_tui.storage.backend.file_errors import as_register_error, database_errors, raise_plainly
from feedback_tui.storage.backend.sqlite_connection import (
    APPLICATION_ID,
    connect,
    require_local_disk,
    require_register_file,
)
from feedback_tui.storage.change_watch import FileWatch, Watch
from feedback_tui.storage.errors import RegisterBusy, RegisterError, RegisterExists, RegisterMoved, SavedEvent
from feedback_tui.storage.maintenance.atomic_files import give_name, why_not
from feedback_tui.storage.maintenance.unfinished_files import unfinished_file

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Connection, Engine
    from sqlmodel import Session


_LAST_EVENTS = (
    "SELECT id, hash FROM event WHERE id = ? UNION ALL "
    "SELECT id, hash FROM event WHERE id = (SELECT max(id) FROM event)"
)
"""Selects one event and the last event."""


class RegisterFile:
    """The backend of a register file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = _identity(path)
        self._last_event: SavedEvent | None = None
        """The last event of the record that this program saw."""

    @classmethod
    def at(cls, where: str) -> RegisterFile:
        """Returns the backend for the file that `where` names: a path or a ``sqlite:///`` URL."""
        return cls(register_file(where))

    @property
    def where(self) -> str:
        return str(self.path)

    def require(self) -> None:
        require_register_file(self.path)

    def open(self) -> Engine:
        from feedback_tui.storage.backend.sqlite_engine import open_engine

        return open_engine(self.path)

    def require_same(self) -> None:
        """Raises RegisterMoved if the file at this path is no longer the one that was opened.

        It is called before each use, because writes to a deleted file succeed silently.
        """
        if _identity(self.path) != self._file:
            raise RegisterMoved(self.where)

    def require_same_record(self, connection: Connection) -> None:
        """Raises RegisterMoved if the last event seen is no longer in the record.

        A file that is overwritten by a copy keeps its inode, so it is recognised by its events: the record only ever
        grows.
        """
        seen = self._last_event
        found = [SavedEvent(*row) for row in connection.exec_driver_sql(_LAST_EVENTS, (seen.number if seen else 0,))]
        if seen is not None and seen not in found:
            raise RegisterMoved(self.where)
        if found:
            self._last_event = found[-1]

    def saved(self, event: SavedEvent) -> None:
        self._last_event = event

    def moment(self, session: Session, asked: datetime) -> datetime:
        return asked

    def was_saved(self, engine: Engine, event: SavedEvent) -> bool:
        return False  # Nothing is lost on the way: what failed was not saved.

    def busy(self, engine: Engine) -> RegisterBusy:
        return RegisterBusy()

    def abandon(self) -> None:
        pass

    def watch(self, engine: Engine) -> Watch:
        return FileWatch(self.path)

    def in_words(self, error: Exception) -> RegisterError | None:
        return as_register_error(error, self.where)

    def create(self, fill: Callable[[Connection], None]) -> None:
        """Creates the file, readable by this user only. It appears complete under its name, or not at all. Raises
        RegisterExists if there is a file; RegisterError if it cannot be written."""
        from sqlalchemy.exc import SQLAlchemyError

        path = self.path
        if path.exists():
            raise RegisterExists(str(path))
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            require_local_disk(path)
            with unfinished_file(path.parent, path.name) as unfinished:
                alike(unfinished, path)
                _fill(unfinished, fill)
                give_name(unfinished, path)
        except FileExistsError:
            raise RegisterExists(str(path)) from None
        except OSError as error:
            raise RegisterError(f"A register cannot be made at {path}: {why_not(error, path.parent)}.") from None
        except database_errors(SQLAlchemyError) as error:
            raise_plainly(error, str(path))
        self._file = _identity(path)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _fill(path: Path, fill: Callable[[Connection], None]) -> None:
    with closing(connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    from feedback_tui.storage.backend.sqlite_engine import open_engine

    engine = open_engine(path)
    try:
        with engine.begin() as connection:
            fill(connection)
    finally:
        engine.dispose()
