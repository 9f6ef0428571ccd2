"""Loads SQLAlchemy and the models on first use, one thread at a time."""

from __future__ import annotations

from threading import RLock

_one_at_a_time = RLock()


def load() -> None:
    """Loads SQLAlchemy and the models; other threads wait until that is done.

    SQLAlchemy's modules import each other, so two threads importing it at once may see half-initialised modules. Call
    this before importing anything that depends on it in a thread, and before opening a screen.
    """
    with _one_at_a_time:
        import feedback_tui.storage.backend.sqlite_engine  # noqa: F401
