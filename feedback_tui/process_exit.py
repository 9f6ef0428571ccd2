"""However the program is to end, it ends: what does not come to its end in time is ended."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

LONGEST = 10.0
"""Seconds that the program has to end in. By then what was typed is kept, and what was not committed never was."""
HUNG_UP = 128 + 1
"""The exit code of a program whose terminal is gone: that of SIGHUP, also where the system sends no such signal."""


class Ending:
    """Watches over the end of this process. Until armed it does nothing: a test runs in its own process."""

    def __init__(self) -> None:
        self._armed = False
        self._timer: threading.Timer | None = None
        self._record: Callable[[Iterable[str]], None] | None = None

    def arm(self, record: Callable[[Iterable[str]], None]) -> None:
        """From now on an end that was begun is reached. `record` is given where each thread stood that kept it up."""
        self._armed, self._record = True, record

    def begin(self, code: int) -> None:
        """The program is to end: in `LONGEST` seconds it is ended with this exit code, whatever it is doing then."""
        if self._armed and self._timer is None:
            self._timer = threading.Timer(LONGEST, self._end, (code,))
            self._timer.daemon = True
            self._timer.start()

    def reached(self) -> None:
        """The end that was begun has come; what follows may take its time."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end(self, code: int) -> None:
        with suppress(Exception):
            if self._record is not None:
                self._record(_where_each_thread_stands())
        os._exit(code or 1)


ending = Ending()
"""That of this process."""


def _where_each_thread_stands() -> Iterable[str]:
    """Files and lines of the program; no value of anything."""
    for frame in sys._current_frames().values():
        yield "a thread stood at"
        for step in traceback.extract_stack(frame):
            yield f"  {Path(step.filename).name}:{step.lineno} {step.name}"
