"""Pauses the garbage collector while a program makes many objects that all stay: at the start, in bulk work.

Fast path. It buys: a tenth of the start, a fifth of a late bank holiday. It costs: memory, until the collector runs
again. Held to the plain way, the collector running, by tests/test_memory.py. May be deleted when it buys less than a
tenth of each.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

ALL_DAY = (1_000, 10, 5)
"""Objects made before the collector looks, and how often it looks among those that stayed. Each key makes some hundred
that point at each other: at the threshold of the start they were never looked for, 17 MB for every 1,000 keys."""


@contextmanager
def garbage_kept() -> Iterator[None]:
    """Keeps the collector from running: it took a fifth of the time of a late bank holiday."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def wait_with_garbage() -> None:
    """Keeps the collector from running while the program starts: nearly all that is made then stays."""
    gc.disable()


def look_for_garbage() -> None:
    """Has it run again, over what is made from now on, as often as a program needs it that is open all day."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*ALL_DAY)
        gc.enable()
