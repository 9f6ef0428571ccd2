"""Pauses the garbage collector while a program makes many objects that all stay: at the start, in bulk work.

Fast path. Gain: a tenth of the time of the start, a fifth of that of a late bank holiday. Cost: memory, until the
collector runs again. Tested against running the collector by tests/test_memory.py. Delete it when the gain is less than
a tenth of each.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

ALL_DAY = (1_000, 10, 5)
"""Thresholds of the collector for the rest of the session: new objects before a collection, and how often older ones
are included. Each key creates some hundred objects that refer to each other; with the thresholds of the start they were
never freed (17 MB for every 1,000 keys)."""


@contextmanager
def garbage_kept() -> Iterator[None]:
    """Context manager that pauses the collector: it took a fifth of the time of a late bank holiday."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def wait_with_garbage() -> None:
    """Pauses the collector while the program starts, because nearly all objects created then stay."""
    gc.disable()


def look_for_garbage() -> None:
    """Starts the collector again, for objects created from now on, with the thresholds `ALL_DAY`. Does nothing if it is
    running."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*ALL_DAY)
        gc.enable()
