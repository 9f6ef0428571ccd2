"""Each statement is compiled once for all the registers that the tests open, not once for each register.

A test has a register of its own, so an engine of its own, for which SQLAlchemy compiles every statement anew: a third
of what the tests of the verbs and readers took. An officer's program has one register open, and compiles each once too.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.util import LRUCache

import feedback_tui.storage.backend.sqlite_engine

STATEMENTS = 5000
"""How many are kept: more than the program has."""
_shared: dict[ModuleType, tuple[Dialect, LRUCache[Any, Any]]] = {}
"""By the driver: the dialect that statements are compiled for, and what they were compiled to."""


def compile_once() -> None:
    """From now on, engines on files of one driver share what was compiled."""
    feedback_tui.storage.backend.sqlite_engine.create_engine = _create_engine  # type: ignore[assignment, attr-defined]


def _create_engine(url: str, *, module: ModuleType, **given: Any) -> Engine:
    engine = sqlalchemy.create_engine(url, module=module, **given)
    if module in _shared:
        engine.dialect, engine._compiled_cache = _shared[module]
    else:
        # A dialect knows its database once it was connected to one.
        event.listen(engine, "connect", lambda *_: _share(engine, module))
    return engine


def _share(engine: Engine, module: ModuleType) -> None:
    if module not in _shared:
        _shared[module] = engine.dialect, LRUCache(STATEMENTS)
