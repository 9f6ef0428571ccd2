"""Whether others changed a register since it was last asked: the queue freshens itself by it. Who is in a case now."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from feedback_tui.storage.backend import server_timeouts
from feedback_tui.storage.backend.sqlite_connection import connect

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine
    from sqlmodel import Session

CHANNEL = "feedback_tui"
"""What a server tells its listeners by."""
IN_A_CASE = 0x46425443
"""The class of the advisory locks that say who is in a case: a lock goes by itself when its holder does."""

HEARD_EVERY = 10.0
"""Seconds after which a server that told nothing is asked whether it is there."""


class Watch(Protocol):
    """Looks at one register, over a connection of its own. For one thread at a time."""

    def changed(self) -> bool:
        """Whether anything was committed since it was last asked. Raises what the database raises."""

    def enter(self, case_id: int | None) -> list[str]:
        """Says that this officer is in a case now (None: in none), and gives the others who are, by name."""

    def close(self) -> None:
        """Ends it."""


class FileWatch:
    """The file's own change counter. A file is one desk: who is in a case is not told there."""

    def __init__(self, path: Path) -> None:
        self._connection = connect(path)
        self._seen = self._counter()

    def changed(self) -> bool:
        seen, self._seen = self._seen, self._counter()
        return self._seen != seen

    def _counter(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def enter(self, case_id: int | None) -> list[str]:
        return []

    def close(self) -> None:
        self._connection.close()


class ServerWatch:
    """What the server tells: LISTEN, and the locks that officers hold on the cases they are in."""

    def __init__(self, engine: Engine) -> None:
        with server_timeouts.within(server_timeouts.CONNECT_WITHIN):
            # Not out of the pool: it is held as long as the desk is open.
            self._held = engine.raw_connection()
            connection: Any = self._held.driver_connection
            self._held.detach()
            connection.autocommit = True
            connection.execute(f"LISTEN {CHANNEL}")
        self._connection = connection
        self._in: int | None = None
        self._heard = monotonic()

    def changed(self) -> bool:
        # With no time at all it would not even look at what has come.
        told = len(list(self._connection.notifies(timeout=0.02))) > 0
        if monotonic() - self._heard > HEARD_EVERY:
            # A connection that was lost tells nothing, as one on which nothing happens.
            with server_timeouts.within(server_timeouts.PING_WITHIN):
                self._connection.execute("SELECT 1")
            self._heard = monotonic()
        return told

    def enter(self, case_id: int | None) -> list[str]:
        with server_timeouts.within(server_timeouts.PING_WITHIN):
            self._go_to(case_id)
            if case_id is None:
                return []
            rows = self._connection.execute(
                "SELECT DISTINCT usename FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' "
                "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
                "AND classid = %s AND objid = %s AND pid != pg_backend_pid() ORDER BY 1",
                (IN_A_CASE, case_id),
            )
            return [str(name) for (name,) in rows]

    def _go_to(self, case_id: int | None) -> None:
        if case_id == self._in:
            return
        if self._in is not None:
            self._connection.execute("SELECT pg_advisory_unlock_shared(%s, %s)", (IN_A_CASE, self._in))
            self._in = None
        if case_id is not None:
            # Never waited for: anyone at all may hold it alone, and for good.
            had = self._connection.execute("SELECT pg_try_advisory_lock_shared(%s, %s)", (IN_A_CASE, case_id))
            if had.fetchone()[0]:
                self._in = case_id

    def close(self) -> None:
        with suppress(Exception):
            self._connection.close()


def tell(session: Session) -> None:
    """Has a server tell its listeners when this transaction is committed; a file counts by itself."""
    from feedback_tui.storage.backend.sqlite_engine import of_server

    connection = session.connection()
    if of_server(connection):
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}")
