"""Loads SQLAlchemy and the models on first use, one thread at a time.

Fast path. It buys: the first page, and commands that need no models, do not wait for them: what
`desk.queue.fast_first_page` says. It costs: a function that imports something built on them is decorated with
`models_loaded`, and the app calls `load` before a key is handled, since what it opens imports more. Held to the plain
way by tests/storage/test_loading.py (eight threads read first at once) and tests/cli/test_start.py (what is not
loaded). May be deleted together with `desk.queue.fast_first_page`.
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
