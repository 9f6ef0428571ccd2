"""How long a server may take for which kind of work, and how long the program waits for a server that says nothing.

The server's own limits free what a lost connection holds, whoever lost it; the program's end its waiting. A register in
a file has none of them: nothing there can be lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

CONNECT_WITHIN = 5
"""Seconds to look up a server and to connect to it."""
STEP_WITHIN = 9.0
"""Seconds from the beginning of a step until its commit has returned. With the asking after it, and one who waits for
the lock meanwhile, "Saving …" ends within fifteen."""
ASK_WITHIN = 3.0
"""Seconds to find out whether something was saved whose commit broke."""
PING_WITHIN = 2.0
"""Seconds for a connection that nobody used for a while to answer; else another is made."""
SILENT_FOR = 5.0
"""Seconds without a word from the server, after which it is asked over another connection whether it is still at work;
and again after as many."""


@dataclass(frozen=True)
class Limits:
    """What a server allows one kind of work, in whole seconds."""

    statement: int
    """For one statement."""
    lock: int
    """For what another holds."""
    idle: int
    """Between two statements of a transaction: a connection that was lost there holds its locks no longer."""
    transaction: int
    """For a whole transaction, where the server knows that limit (from PostgreSQL 17)."""

    def statements(self, version: int) -> str:
        """The SQL that sets them for one transaction; `version` is the server's, as 150018 for 15.18."""
        limits = {
            "statement_timeout": self.statement,
            "lock_timeout": self.lock,
            "idle_in_transaction_session_timeout": self.idle,
        }
        if version >= 140000:
            # One who left while a long statement runs is noticed: else it would run, and hold its locks, to the end.
            limits["client_connection_check_interval"] = 5
        if version >= 170000:
            limits["transaction_timeout"] = self.transaction
        return " ".join(f"SET LOCAL {name} = '{seconds}s';" for name, seconds in limits.items())


READING = Limits(statement=120, lock=5, idle=60, transaction=600)
STEP = Limits(statement=15, lock=5, idle=5, transaction=30)
LONG = Limits(statement=3600, lock=5, idle=120, transaction=6 * 3600)
"""Imports, checks, copies, erasure, migrations, the year, every date counted anew."""

_is_long: ContextVar[bool] = ContextVar("is_long", default=False)
_end: ContextVar[float | None] = ContextVar("end", default=None)


@contextmanager
def long_work() -> Iterator[None]:
    """What is done in the block (or in the function that this decorates) may take long."""
    before = _is_long.get()
    _is_long.set(True)
    try:
        yield
    finally:
        _is_long.set(before)


def is_long() -> bool:
    """Whether long work is under way in this thread."""
    return _is_long.get()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is asked of a server in the block is waited for no longer than this, all together."""
    before, end = _end.get(), monotonic() + seconds
    _end.set(end if before is None else min(before, end))
    try:
        yield
    finally:
        _end.set(before)


@contextmanager
def a_step() -> Iterator[None]:
    """The time for one step, unless it is long work."""
    if is_long():
        yield
    else:
        with within(STEP_WITHIN):
            yield


def time_left() -> float | None:
    """Seconds until what is under way in this thread is given up; None where nothing limits it."""
    end = _end.get()
    return None if end is None else end - monotonic()
