"""Notices changes that others make to a register, so that lists can refresh, and shows who has a case open."""

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
"""The NOTIFY channel on a server."""
IN_A_CASE = 0x46425443
"""The class of advisory locks that show who has a case open; a lock ends with its connection."""

HEARD_EVERY = 10.0
"""Seconds without a notification after which the connection to the server is tested."""


class Watch(Protocol):
    """Watches one register over a connection of its own. Use it in one thread at a time."""

    def changed(self) -> bool:
        """Returns whether anything was committed since the last call. Raises the driver's errors."""

    def enter(self, case_id: int | None) -> list[str]:
        """Marks the case that this officer has open (None: none), and returns the names of others who have it open."""

    def close(self) -> None:
        """Closes the watch."""


class FileWatch:
    """Watches SQLite's change counter. A file has one desk, so who has a case open is not tracked."""

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
    """Watches a server: notifications by LISTEN, and advisory locks for open cases."""

    def __init__(self, engine: Engine) -> None:
        with server_timeouts.within(server_timeouts.CONNECT_WITHIN):
            # Detached from the pool, because it is held as long as the desk is open.
            self._held = engine.raw_connection()
            connection: Any = self._held.driver_connection
            self._held.detach()
            connection.autocommit = True
            connection.execute(f"LISTEN {CHANNEL}")
        self._connection = connection
        self._in: int | None = None
        self._heard = monotonic()

    def changed(self) -> bool:
        # With a timeout of 0 it would not look for notifications at all.
        told = len(list(self._connection.notifies(timeout=0.02))) > 0
        if monotonic() - self._heard > HEARD_EVERY:
            # A lost connection looks the same as one without notifications, so it is tested.
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
            # Does not wait: any login may hold this lock exclusively, for any time.
            had = self._connection.execute("SELECT pg_try_advisory_lock_shared(%s, %s)", (IN_A_CASE, case_id))
            if had.fetchone()[0]:
                self._in = case_id

    def close(self) -> None:
        with suppress(Exception):
            self._connection.close()


def tell(session: Session) -> None:
    """Notifies a server's listeners when this transaction commits. Nothing to do for a file, whose counter SQLite
    keeps."""
    from feedback_tui.storage.backend.sqlite_engine import of_server

    connection = session.connection()
    if of_server(connection):
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}")
