"""How long no one has touched a key: the screen is covered then, and after the computer slept."""

from __future__ import annotations

from collections.abc import Callable

LOOK_EVERY = 5.0
"""Seconds between two looks at the clock."""
SLEPT = 60.0
"""A look that comes so many seconds late: the computer slept in between."""


class Idle:
    """Watches one session. `clock` gives seconds and runs on while the computer sleeps, as the clock on the wall does.

    With `minutes` zero it never covers.
    """

    def __init__(self, minutes: float, clock: Callable[[], float]) -> None:
        self._limit, self._clock = minutes * 60, clock
        self._touched = self._looked = clock()

    def touched(self) -> None:
        """Says that a key was pressed, or the mouse was used."""
        self._touched = self._clock()

    def is_over(self) -> bool:
        """Whether the screen is to be covered now. Asked every `LOOK_EVERY` seconds."""
        now = self._clock()
        slept, self._looked = now - self._looked > LOOK_EVERY + SLEPT, now
        return self._limit > 0 and (slept or now - self._touched >= self._limit)
