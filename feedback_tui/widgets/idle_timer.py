"""Measures how long no key was pressed: the screen is then covered, and also after the computer slept."""

from __future__ import annotations

from collections.abc import Callable

LOOK_EVERY = 5.0
"""Seconds between two checks of the clock."""
SLEPT = 60.0
"""A check that comes this many seconds late means that the computer slept."""


class Idle:
    """Watches one session. `clock` returns seconds and must run on while the computer sleeps, as wall-clock time does.

    With `minutes` zero it never covers the screen.
    """

    def __init__(self, minutes: float, clock: Callable[[], float]) -> None:
        self._limit, self._clock = minutes * 60, clock
        self._touched = self._looked = clock()

    def touched(self) -> None:
        """Records that a key was pressed or the mouse was used."""
        self._touched = self._clock()

    def is_over(self) -> bool:
        """Returns whether the screen must be covered now. Call it every `LOOK_EVERY` seconds."""
        now = self._clock()
        slept, self._looked = now - self._looked > LOOK_EVERY + SLEPT, now
        return self._limit > 0 and (slept or now - self._touched >= self._limit)
