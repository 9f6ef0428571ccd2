"""A connection to a PostgreSQL server that is never waited for without end: a network can fall silent and say so to
nobody. Imported only where a register stands on a server."""

from __future__ import annotations

import socket
from collections.abc import Callable, Generator, Mapping
from ipaddress import ip_address
from threading import Event, Thread
from time import monotonic
from typing import Any, ClassVar, Self, TypeVar

import psycopg
from psycopg.abc import PQGen, PQGenConn

from feedback_tui.storage.backend import server_timeouts

R = TypeVar("R")
TICK = 0.1
"""Seconds between two looks whether it is still to be waited for."""
KEEPALIVE: Mapping[str, int] = {
    "connect_timeout": server_timeouts.CONNECT_WITHIN,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    # In milliseconds; Linux alone knows it, elsewhere it does nothing.
    "tcp_user_timeout": 20_000,
}
"""By these the system on this side notices, within 25 seconds, that the other end is gone."""
SERVER_KEEPALIVE = (
    "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20000 "
    f"-c statement_timeout={server_timeouts.READING.statement}s -c lock_timeout={server_timeouts.READING.lock}s "
    f"-c idle_in_transaction_session_timeout={server_timeouts.READING.idle}s"
)
"""The same for the server's side; and the limits of reading, which need no statement of their own then."""
_ACTIVE = psycopg.pq.TransactionStatus.ACTIVE
_SILENT = "timeout: the server does not answer"


class GivenUp(psycopg.OperationalError):
    """It was waited for long enough."""


class ServerConnection(psycopg.Connection[Any]):
    """A connection whose every wait ends: by the time set for the work, because the program ends, or because the server
    is no longer at work on what it was asked.

    Each register has a class of its own of it, whose connections end together.
    """

    ended: ClassVar[Event] = Event()
    """Set when the program ends: nothing is waited for any more."""
    asked: ClassVar[Mapping[str, Any]] = {}
    """What the last one was made with: to ask the same server once more."""

    @classmethod
    def of_one_register(cls) -> type[ServerConnection]:
        """A class for the connections of one register."""
        return type("ServerConnection", (cls,), {"ended": Event()})

    @classmethod
    def open(cls, parameters: Mapping[str, Any]) -> Self:
        """A new connection. Raises psycopg.OperationalError."""
        cls.asked = parameters
        with server_timeouts.within(server_timeouts.CONNECT_WITHIN):
            return cls.connect(**{**parameters, **cls._looked_up(parameters)})

    def wait(self, gen: PQGen[R], *given: Any, **named: Any) -> R:
        # The driver goes on with it ten times a second, whether anything came or not.
        try:
            return super().wait(_looking(gen, self._look()), *given, **named)
        except GivenUp:
            # What was asked may be answered yet: no one is to take that for the answer to something else.
            self.pgconn.finish()
            raise

    @classmethod
    def _connect_gen(cls, conninfo: str = "", **named: Any) -> PQGenConn[Self]:
        return (yield from _looking(super()._connect_gen(conninfo, **named), lambda _answered: cls._require_time()))

    @classmethod
    def _require_time(cls) -> None:
        left = server_timeouts.time_left()
        if cls.ended.is_set() or (left is not None and left <= 0):
            raise GivenUp(_SILENT)

    def _look(self) -> Callable[[bool], None]:
        heard = monotonic()

        def look(answered: bool) -> None:
            nonlocal heard
            self._require_time()
            if answered:
                heard = monotonic()
            elif (
                monotonic() - heard > server_timeouts.SILENT_FOR
                and server_timeouts.time_left() is None
                and self.pgconn.transaction_status == _ACTIVE
            ):
                if not self._is_at_work():
                    raise GivenUp(_SILENT)
                heard = monotonic()

        return look

    def _is_at_work(self) -> bool:
        """Whether the server, asked over another connection, is still at work for this one."""
        try:
            with server_timeouts.within(server_timeouts.CONNECT_WITHIN), type(self).open(self.asked) as other:
                state = "SELECT state FROM pg_stat_activity WHERE pid = %s"
                found = other.execute(state, (self.pgconn.backend_pid,)).fetchone()
        except psycopg.OperationalError as error:
            # Where it answers at all, if only that it has no connection left, the network is there.
            return bool(error.sqlstate)
        # A pooler in between names processes of its own: what cannot be known is waited for.
        return found is None or found[0] in (None, "active")

    @classmethod
    def _looked_up(cls, parameters: Mapping[str, Any]) -> dict[str, str]:
        """The addresses of the server's name. Beside, since a look-up cannot be ended where no name server answers;
        nothing where the driver finds the server by other means."""
        host, port = str(parameters.get("host") or ""), parameters.get("port") or 5432
        if not host or host.startswith("/") or "," in host or "hostaddr" in parameters or _is_address(host):
            return {}
        found: list[str] = []
        failed: list[OSError] = []

        def look_up() -> None:
            try:
                found.extend(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            except OSError as error:
                failed.append(error)

        beside = Thread(target=look_up, daemon=True)
        beside.start()
        while beside.is_alive():
            cls._require_time()
            beside.join(TICK)
        if failed:
            raise psycopg.OperationalError(f"failed to resolve host {host!r}")
        addresses = list(dict.fromkeys(found))
        return {"host": ",".join([host] * len(addresses)), "hostaddr": ",".join(addresses)}


def _looking(gen: Generator[Any, Any, R], look: Callable[[bool], None]) -> Generator[Any, Any, R]:
    """The same generator; whenever it goes on, `look` is told whether anything came meanwhile."""
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            look(bool(ready))
            wanted = gen.send(ready)
    except StopIteration as end:
        found: R = end.value
        return found


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
