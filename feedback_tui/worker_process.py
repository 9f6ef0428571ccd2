"""A second process that applies a function to one item after another while this process does other work.

The second process (`main`) imports a module, reports that it is ready, receives the function, and returns its result
for each item it receives, in the same order, until its input ends. Each side reads in a thread of its own, so that
neither waits for the other to take its answer. A pool of the standard library leaves its processes running, with their
data, if this process is killed; this second process ends when its input ends.

Fast path; see `casework.importing.import_batches`, its only user, for gain, cost, and when to delete it. Tested against
doing the work in this process by tests/casework/test_import_beside.py.
"""

from __future__ import annotations

import importlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, Generic, Self, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")
# Modules are searched for as in this process; by default Python would search the current folder first.
_BEGIN = "import sys; module, *sys.path = sys.argv[1:]; from feedback_tui.worker_process import main; main(module)"
_LENGTH = 8
"""The size of the header of each message, in bytes, which holds the message's length."""


def processors() -> int:
    """Returns how many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Beside(Generic[Given, Made]):
    """The second process, seen from the first. Leaving the context kills it.

    If it ended early, `take` returns None; the caller can then make the thing itself, and an error is raised in the
    right place.
    """

    def __init__(self, module: str) -> None:
        """Starts the process; some tenths of a second later it is ready, with `module` imported. Raises OSError."""
        # In a session of its own, so that Ctrl+C in the terminal does not reach it; it ends with its input.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BEGIN, module, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._out, self._in = self._process.stdin, _Inbox(self._process.stdout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._in.thread.join()
        with suppress(OSError):
            self._out.close()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def is_ready(self) -> bool:
        """Returns whether it is ready for a maker."""
        return not self._in.messages.empty()

    def hand(self, maker: Callable[[], Callable[[Given], Made]]) -> None:
        """Sends a function that returns the maker (pickled). Call it once, when the process is ready."""
        self._next()
        self._send(maker)

    def give(self, thing: Given) -> None:
        """Sends the next thing (pickled)."""
        self._send(thing)

    def take(self) -> Made | None:
        """Waits for the result for the next item, and returns it; None if the process has ended."""
        message = self._next()
        if message is None:
            return None
        made: Made = pickle.loads(message)
        return made

    def _next(self) -> bytes | None:
        message = self._in.messages.get()
        if message is None:
            self._in.messages.put(None)
        return message

    def _send(self, thing: object) -> None:
        with suppress(OSError):  # The process has ended; `take` reports it.
            _send(self._out, thing)


class _Inbox:
    """Reads incoming messages in a thread; None after the last one."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.messages: SimpleQueue[bytes | None] = SimpleQueue()
        self._stream = stream
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        with suppress(OSError, ValueError):
            while len(length := self._stream.read(_LENGTH)) == _LENGTH:
                size = int.from_bytes(length)
                message = self._stream.read(size)
                if len(message) < size:
                    break
                self.messages.put(message)
        self.messages.put(None)


def _send(stream: IO[bytes], thing: object) -> None:
    message = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    stream.write(len(message).to_bytes(_LENGTH))
    stream.write(message)
    stream.flush()


def main(module: str) -> None:
    """Runs the second process: imports `module`, reports that it is ready, reads the function, and answers each item
    with the function's result. Returns when its input ends. An error in the function ends the process."""
    from feedback_tui.gc_pause import garbage_kept

    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Other output must not get between two messages.
    sys.stdout = sys.stderr
    importlib.import_module(module)
    _send(out, None)
    inbox = _Inbox(sys.stdin.buffer)
    with garbage_kept():
        make: Callable[[Any], Any] | None = None
        while (message := inbox.messages.get()) is not None:
            if make is None:
                make = pickle.loads(message)()
            else:
                _send(out, make(pickle.loads(message)))
