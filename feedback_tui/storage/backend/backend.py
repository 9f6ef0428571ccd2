"""The interface between a register and its database: one SQLite file or a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from feedback_tui.storage.backend.addresses import on_server
from feedback_tui.storage.change_watch import Watch
from feedback_tui.storage.errors import RegisterBusy, RegisterError, SavedEvent

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Connection, Engine
    from sqlmodel import Session


class Keeper(Protocol):
    """The backend of one register."""

    @property
    def where(self) -> str:
        """The address of the register, for display."""

    def require(self) -> None:
        """Raises a RegisterError if it can be told without connecting that there is no register; connecting checks
        further."""

    def open(self) -> Engine:
        """Returns an engine for the database. Connecting raises NotARegister if the database belongs to another
        program."""

    def require_same(self) -> None:
        """Raises RegisterMoved if the file at this path is no longer the one that was opened."""

    def require_same_record(self, connection: Connection) -> None:
        """Raises RegisterMoved if the record no longer contains the last event that this program saw."""

    def saved(self, event: SavedEvent) -> None:
        """Notes the last event of a step that this program saved."""

    def create(self, fill: Callable[[Connection], None]) -> None:
        """Creates a new register and fills it in one transaction; on an error nothing is left.

        Raises RegisterExists, RegisterError.
        """

    def moment(self, session: Session, asked: datetime) -> datetime:
        """Returns the time to record for the current work: `asked`, or the server's clock."""

    def was_saved(self, engine: Engine, event: SavedEvent) -> bool:
        """Returns whether a step whose commit failed was saved, by looking for its event. Raises InDoubt if that cannot
        be found out."""

    def busy(self, engine: Engine) -> RegisterBusy:
        """Returns the error to raise if another writer holds the lock for longer than the timeout."""

    def abandon(self) -> None:
        """Stops all waiting for the database, in every thread, because the program ends."""

    def watch(self, engine: Engine) -> Watch:
        """Returns a watch for changes by others. Raises the driver's errors."""

    def in_words(self, error: Exception) -> RegisterError | None:
        """Returns a database error as a RegisterError for the officer, or None if it is a bug in this program."""


def keeper_of(where: str) -> Keeper:
    """Returns the backend for `where`, a path or a URL. Raises RegisterError for an unsupported database."""
    from feedback_tui.storage.backend.file_backend import RegisterFile

    if on_server(where):
        from feedback_tui.storage.backend.server_backend import RegisterServer

        return RegisterServer.at(where)
    return RegisterFile.at(where)
