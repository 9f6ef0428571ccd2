"""Makes sure that the program ends: after a time limit the process is killed."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

LONGEST = 10.0
"""Seconds that the program has for ending. By then drafts are kept, and uncommitted work would never be saved."""
HUNG_UP = 128 + 1
"""The exit code after the terminal is gone: that of SIGHUP, also on systems that send no such signal."""


class Ending:
    """Limits the time that this process takes to end. It does nothing until armed, because tests run in one process."""

    def __init__(self) -> None:
        self._armed = False
        self._timer: threading.Timer | None = None
        self._record: Callable[[Iterable[str]], None] | None = None

    def arm(self, record: Callable[[Iterable[str]], None]) -> None:
        """Activates the limit. If it is exceeded, `record` gets lines with the position of each thread."""
        self._armed, self._record = True, record

    def begin(self, code: int) -> None:
        """Starts the time limit: after `LONGEST` seconds the process ends with this exit code (1 for 0)."""
        if self._armed and self._timer is None:
            self._timer = threading.Timer(LONGEST, self._end, (code,))
            self._timer.daemon = True
            self._timer.start()

    def reached(self) -> None:
        """Cancels the time limit, because the interface has ended."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end(self, code: int) -> None:
        with suppress(Exception):
            if self._record is not None:
                self._record(_where_each_thread_stands())
        os._exit(code or 1)


ending = Ending()
"""The instance for this process."""


def _where_each_thread_stands() -> Iterable[str]:
    """Yields the file, line and function of each thread, without any values."""
    for frame in sys._current_frames().values():
        yield "a thread stood at"
        for step in traceback.extract_stack(frame):
            yield f"  {Path(step.filename).name}:{step.lineno} {step.name}"
