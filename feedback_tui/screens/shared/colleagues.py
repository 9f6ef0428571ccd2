"""What colleagues do meanwhile on the same register: whether they changed it, and who is in a case now."""

from __future__ import annotations

from threading import Lock

from feedback_tui.storage.change_watch import Watch
from feedback_tui.storage.register import Register

EVERY = 2.0
"""Seconds between two looks."""


class Colleagues:
    """Looks at the register over a connection of its own, one look at a time, and tries again where it breaks."""

    def __init__(self, register: Register) -> None:
        self._register, self._busy = register, Lock()
        self._watch: Watch | None = None
        self.in_touch = True
        """Whether the register answered when it was last looked at."""

    def look(self, case_id: int | None) -> tuple[bool, list[str]]:
        """Whether the register may have been changed since the last look, and who else is in the case with this id.

        What was done while no one looked, before the first look or while the server was away, is not told by anyone:
        so the first look after it says yes.
        """
        if not self._busy.acquire(blocking=False):
            return False, []
        try:
            unwatched = self._watch is None
            if self._watch is None:
                self._watch = self._register.watch()
            found = self._watch.changed() or unwatched, self._watch.enter(case_id)
            self.in_touch = True
            return found
        except Exception:
            # The server is away, or the file: whoever reads or saves is told so. Here it is tried again.
            self._let_go()
            self.in_touch = False
            return False, []
        finally:
            self._busy.release()

    def close(self) -> None:
        """Ends it; no one is in a case by it any more."""
        with self._busy:
            self._let_go()

    def _let_go(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None
