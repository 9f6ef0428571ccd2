"""Work that makes many objects which all stay: looking through them for garbage again and again waits till after."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
    """Has it run again, over what is made from now on."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
