"""The standard streams as a command needs them: closed, full or left by their reader, they end nothing.

What a command saves is saved whether or not it can be printed; whether it was printed is told at the end.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import TextIO, cast


class _Kept(io.RawIOBase):
    """The stream beneath standard output. What it does not take any more is remembered, and the command goes on."""

    def __init__(self, raw: io.RawIOBase | None, given: TextIO) -> None:
        self._raw = raw
        # Were it let go, what is beneath it would be closed.
        self._given = given
        self.trouble: OSError | None = None
        """Why something could not be written, if anything could not."""

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        if self._raw is None:
            raise io.UnsupportedOperation("fileno")
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw is not None and self._raw.isatty()

    def write(self, data: object) -> int:
        size = len(cast(bytes, data))
        if self.trouble is not None:
            return size
        if self._raw is None:
            self.trouble = OSError(errno.EBADF, "it is closed")
            return size
        try:
            return cast(int, self._raw.write(cast(bytes, data)))
        except OSError as error:
            self.trouble = error
            return size


def open_closed_streams() -> bool:
    """Opens on nothing each standard stream that is closed: what is opened next would become it, and what prints to no
    stream prints on standard output. Gives whether standard output was open."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    nothing = Path(os.devnull)
    is_open = sys.stdout is not None
    sys.stdin = sys.stdin or nothing.open(encoding="utf-8")
    sys.stdout = sys.stdout or nothing.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nothing.open("w", encoding="utf-8")
    return is_open


class Output:
    """Standard output and standard error while a command runs."""

    def __init__(self) -> None:
        is_open = open_closed_streams()
        self._kept, sys.stdout = _kept(sys.stdout, is_open=is_open)
        _, sys.stderr = _kept(sys.stderr)

    def end(self, code: int) -> int:
        """Writes what is left, and gives the exit code: that of the command, unless what it printed is not whole."""
        sys.stdout.flush()
        trouble = self._kept.trouble
        # The reader of a pipe left (``| head``): that is no fault, and there is no one to tell. Windows says EINVAL.
        if trouble is None or isinstance(trouble, BrokenPipeError) or trouble.errno == errno.EINVAL:
            return code
        why = "the disk is full" if trouble.errno == errno.ENOSPC else trouble.strerror
        done = " All else that the command does was done." if code == 0 else ""
        print(f"What is printed could not be written whole: standard output, {why}.{done}", file=sys.stderr)
        return code or 1


def _kept(given: TextIO, *, is_open: bool = True) -> tuple[_Kept, TextIO]:
    """A stream in the place of one: what cannot be written to it is remembered."""
    buffer = getattr(given, "buffer", None)
    # Where nothing is kept back (PYTHONUNBUFFERED) there is no buffer between.
    raw = buffer if isinstance(buffer, io.RawIOBase) else getattr(buffer, "raw", None)
    kept = _Kept(raw if is_open else None, given)
    if raw is None:
        return kept, given  # Not a file: whoever put it there knows.
    errors, line_by_line = getattr(given, "errors", None), getattr(given, "line_buffering", False)
    return kept, io.TextIOWrapper(
        io.BufferedWriter(kept),
        encoding=given.encoding,
        errors=errors,
        line_buffering=line_by_line,
        write_through=raw is buffer,
    )
