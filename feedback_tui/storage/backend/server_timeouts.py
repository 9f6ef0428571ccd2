"""Timeouts for a register on a server: what the server allows each kind of work, and how long the program waits.

The server's limits release the locks of lost connections; the program's limits end its own waiting. A register in a
file needs none, because no connection can be lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

CONNECT_WITHIN = 5
"""Seconds to look up a server and connect to it."""
STEP_WITHIN = 9.0
"""Seconds from the beginning of a step to the return of its commit. Together with asking afterwards and waiting for the
lock, "Saving …" ends within 15 seconds."""
ASK_WITHIN = 3.0
"""Seconds to find out whether a step whose commit failed was saved."""
PING_WITHIN = 2.0
"""Seconds for an idle connection to answer before it is replaced."""
SILENT_FOR = 5.0
"""Seconds of silence after which a second connection asks whether the server is still working; repeated at the same
interval."""


@dataclass(frozen=True)
class Limits:
    """The server's timeouts for one kind of work, in whole seconds."""

    statement: int
    """statement_timeout: for one statement."""
    lock: int
    """lock_timeout: waiting for a lock."""
    idle: int
    """idle_in_transaction_session_timeout: between two statements, so that a lost connection releases its locks."""
    transaction: int
    """transaction_timeout, from PostgreSQL 17."""

    def statements(self, version: int) -> str:
        """Returns the SQL that sets the timeouts for one transaction. `version` is the server's, such as 150018 for
        15.18."""
        limits = {
            "statement_timeout": self.statement,
            "lock_timeout": self.lock,
            "idle_in_transaction_session_timeout": self.idle,
        }
        if version >= 140000:
            # The server notices within 5 seconds that the client is gone, instead of finishing a long statement and
            # holding its locks.
            limits["client_connection_check_interval"] = 5
        if version >= 170000:
            limits["transaction_timeout"] = self.transaction
        return " ".join(f"SET LOCAL {name} = '{seconds}s';" for name, seconds in limits.items())


READING = Limits(statement=120, lock=5, idle=60, transaction=600)
STEP = Limits(statement=15, lock=5, idle=5, transaction=30)
LONG = Limits(statement=3600, lock=5, idle=120, transaction=6 * 3600)
"""For imports, checks, copies, erasure, migrations, the year's report, and counting all deadlines again."""

_is_long: ContextVar[bool] = ContextVar("is_long", default=False)
_end: ContextVar[float | None] = ContextVar("end", default=None)


@contextmanager
def long_work() -> Iterator[None]:
    """Marks the block, or the decorated function, as work that may take long."""
    before = _is_long.get()
    _is_long.set(True)
    try:
        yield
    finally:
        _is_long.set(before)


def is_long() -> bool:
    """Whether this thread does long work."""
    return _is_long.get()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Limits the total waiting for the server in the block to this many seconds; an earlier limit still holds."""
    before, end = _end.get(), monotonic() + seconds
    _end.set(end if before is None else min(before, end))
    try:
        yield
    finally:
        _end.set(before)


@contextmanager
def a_step() -> Iterator[None]:
    """Limits the block to `STEP_WITHIN` seconds, unless it is long work."""
    if is_long():
        yield
    else:
        with within(STEP_WITHIN):
            yield


def time_left() -> float | None:
    """Returns the seconds left before this thread gives up waiting; None without a limit."""
    end = _end.get()
    return None if end is None else end - monotonic()
