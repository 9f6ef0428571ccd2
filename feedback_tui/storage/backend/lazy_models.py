"""Loads SQLAlchemy and the models on first use, one thread at a time.

Fast path. Gain: the first page, and commands without models, do not wait for them (figures in
`desk.queue.fast_first_page`). Cost: functions that import modules built on the models need the decorator
`models_loaded`, and the app calls `load` before it handles a key. Tested against loading at once by
tests/storage/test_loading.py (eight threads that read first) and tests/cli/test_start.py (what is not loaded). Delete
it together with `desk.queue.fast_first_page`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_one_at_a_time = RLock()


def load() -> None:
    """Loads SQLAlchemy and the models; other threads wait until that is done.

    SQLAlchemy's modules import each other, so two threads importing it at once may see half-initialised modules.
    """
    with _one_at_a_time:
        import feedback_tui.storage.backend.sqlite_engine  # noqa: F401


def models_loaded(function: Callable[P, T]) -> Callable[P, T]:
    """Decorator for a function that imports something built on the models: loads them before each call."""

    @wraps(function)
    def after_loading(*args: P.args, **kwargs: P.kwargs) -> T:
        load()
        return function(*args, **kwargs)

    return after_loading
