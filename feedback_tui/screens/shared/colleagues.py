"""Watches what colleagues do on the same register: whether they changed it, and who has a case open."""

from __future__ import annotations

from threading import Lock

from feedback_tui.storage.change_watch import Watch
from feedback_tui.storage.register import Register

EVERY = 2.0
"""Seconds between two checks."""


class Colleagues:
    """Checks the register over a connection of its own, one check at a time, and reconnects after an error."""

    def __init__(self, register: Register) -> None:
        self._register, self._busy = register, Lock()
        self._watch: Watch | None = None
        self.in_touch = True
        """Whether the register answered at the last check."""

    def look(self, case_id: int | None) -> tuple[bool, list[str]]:
        """Returns whether the register may have changed since the last check, and who else has this case open. Never
        raises.

        Changes before the first check, or while the server was away, are not reported, so the first check after that
        returns True. If another check is running or the register does not answer, returns (False, []).
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
            # The server or the file is not available: reading and saving report that. The next check tries again.
            self._let_go()
            self.in_touch = False
            return False, []
        finally:
            self._busy.release()

    def close(self) -> None:
        """Ends the watch; the officer no longer counts as having a case open."""
        with self._busy:
            self._let_go()

    def _let_go(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None
