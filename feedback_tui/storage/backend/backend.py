"""Where a register is kept: in one file, or on a PostgreSQL server. What differs between the two stands behind this."""

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
    """What keeps a register."""

    @property
    def where(self) -> str:
        """Its place, as the officer would name it."""

    def require(self) -> None:
        """Raises the RegisterError that says why there can be no register; else the database looks further."""

    def open(self) -> Engine:
        """An engine on it. Connecting raises NotARegister for another program's database."""

    def require_same(self) -> None:
        """Raises RegisterMoved where what stands there is no longer what was opened."""

    def require_same_record(self, connection: Connection) -> None:
        """Raises RegisterMoved where the last event that was seen of it is not in its record any more."""

    def saved(self, event: SavedEvent) -> None:
        """Says that this program saved a step, and by which event it ended."""

    def create(self, fill: Callable[[Connection], None]) -> None:
        """Makes a new one, filled in one transaction; it is there whole or not at all.

        Raises RegisterExists, RegisterError.
        """

    def moment(self, session: Session, asked: datetime) -> datetime:
        """When what is done now is recorded: `asked`, or what a server's clock says."""

    def was_saved(self, engine: Engine, event: SavedEvent) -> bool:
        """Whether a step whose commit broke was saved after all: whether its event is there. Raises InDoubt where no
        one can say."""

    def busy(self, engine: Engine) -> RegisterBusy:
        """What is said where another writes for longer than it is waited for."""

    def abandon(self) -> None:
        """Waits for its database no longer, in whichever thread: the program ends."""

    def watch(self, engine: Engine) -> Watch:
        """What says whether others changed it. Raises what the database raises."""

    def in_words(self, error: Exception) -> RegisterError | None:
        """The plain sentence for an error of its database; None where it is a fault of ours."""


def keeper_of(where: str) -> Keeper:
    """What keeps the register that `where` names: a path, or a URL. Raises RegisterError for another database."""
    from feedback_tui.storage.backend.file_backend import RegisterFile

    if on_server(where):
        from feedback_tui.storage.backend.server_backend import RegisterServer

        return RegisterServer.at(where)
    return RegisterFile.at(where)
