"""SQLAlchemy and the models, loaded by whoever first needs them, and by no two at once."""

from __future__ import annotations

from threading import RLock

_one_at_a_time = RLock()


def load() -> None:
    """Loads them; who comes meanwhile waits until all is there.

    The parts of SQLAlchemy name each other: two threads that import it at the same time may each see the other's half.
    So a thread says this before it imports anything that stands on it, and so does whatever opens a screen.
    """
    with _one_at_a_time:
        import feedback_tui.storage.backend.sqlite_engine  # noqa: F401
