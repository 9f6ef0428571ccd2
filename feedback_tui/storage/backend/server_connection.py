"""A PostgreSQL connection on which every wait ends: a network can fail without either side noticing.

Imported only for a register on a server.
"""

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
"""Seconds between two checks whether waiting should go on."""
KEEPALIVE: Mapping[str, int] = {
    "connect_timeout": server_timeouts.CONNECT_WITHIN,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    # In milliseconds. Only Linux knows this option; other systems ignore it.
    "tcp_user_timeout": 20_000,
}
"""Keepalive settings of this computer, which detect a lost connection within 25 seconds."""
SERVER_KEEPALIVE = (
    "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20000 "
    f"-c statement_timeout={server_timeouts.READING.statement}s -c lock_timeout={server_timeouts.READING.lock}s "
    f"-c idle_in_transaction_session_timeout={server_timeouts.READING.idle}s"
)
"""The same for the server's side, and its default timeouts, so that a reading transaction need not set them."""
_ACTIVE = psycopg.pq.TransactionStatus.ACTIVE
_SILENT = "timeout: the server does not answer"


class GivenUp(psycopg.OperationalError):
    """The time for an answer is over."""


class ServerConnection(psycopg.Connection[Any]):
    """A connection on which every wait ends: after the time allowed, when the program ends, or when the server is no
    longer working on the request.

    Each register has a subclass of its own, so that its connections can be ended together.
    """

    ended: ClassVar[Event] = Event()
    """Set when the program ends; then nothing waits any more."""
    asked: ClassVar[Mapping[str, Any]] = {}
    """The parameters of the last connection, for a second connection to the same server."""

    @classmethod
    def of_one_register(cls) -> type[ServerConnection]:
        """Returns a subclass for the connections of one register."""
        return type("ServerConnection", (cls,), {"ended": Event()})

    @classmethod
    def open(cls, parameters: Mapping[str, Any]) -> Self:
        """Opens a connection. Raises psycopg.OperationalError."""
        cls.asked = parameters
        with server_timeouts.within(server_timeouts.CONNECT_WITHIN):
            return cls.connect(**{**parameters, **cls._looked_up(parameters)})

    def wait(self, gen: PQGen[R], *given: Any, **named: Any) -> R:
        # The driver resumes this generator ten times a second, with or without an answer.
        try:
            return super().wait(_looking(gen, self._look()), *given, **named)
        except GivenUp:
            # The server may still answer. The connection is closed so that nobody takes that answer for that to another
            # request.
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
        """Returns whether the server still works on this connection's request; asks over a second connection."""
        try:
            with server_timeouts.within(server_timeouts.CONNECT_WITHIN), type(self).open(self.asked) as other:
                state = "SELECT state FROM pg_stat_activity WHERE pid = %s"
                found = other.execute(state, (self.pgconn.backend_pid,)).fetchone()
        except psycopg.OperationalError as error:
            # An error with an SQLSTATE came from the server itself, so the network is up.
            return bool(error.sqlstate)
        # A connection pooler may report other process ids. If the state is unknown, waiting goes on.
        return found is None or found[0] in (None, "active")

    @classmethod
    def _looked_up(cls, parameters: Mapping[str, Any]) -> dict[str, str]:
        """Looks up the addresses of the server's name, as connection parameters; empty if the driver needs no look-up.

        It runs in a thread, because a look-up cannot be cancelled when no name server answers. Raises
        psycopg.OperationalError if the name is not found in time.
        """
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
    """Passes through `gen`, and calls `look` at each resumption with whether anything was received."""
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
