"""Standard streams that cannot stop a command, even if they are closed, full, or their reader has gone.

A command's work is saved whether or not its output can be printed; the exit code says whether it was printed.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import TextIO, cast


class _Kept(io.RawIOBase):
    """The raw stream below standard output. After an error it discards further output, and the command continues."""

    def __init__(self, raw: io.RawIOBase | None, given: TextIO) -> None:
        self._raw = raw
        # Referenced, because the streams beneath it would be closed if it were garbage collected.
        self._given = given
        self.trouble: OSError | None = None
        """The first error on writing, or None."""

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
    """Opens the null device for each closed standard stream. Otherwise the next opened file would become that stream,
    and output for a missing stream would go to standard output. Returns whether standard output was open."""
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
        """Flushes the output and returns the exit code: the command's, or 1 if it was 0 and the output is
        incomplete."""
        sys.stdout.flush()
        trouble = self._kept.trouble
        # The reader of a pipe has closed it (``| head``): not an error, and nobody to tell. Windows reports EINVAL.
        if trouble is None or isinstance(trouble, BrokenPipeError) or trouble.errno == errno.EINVAL:
            return code
        why = "the disk is full" if trouble.errno == errno.ENOSPC else trouble.strerror
        done = " All else that the command does was done." if code == 0 else ""
        print(f"What is printed could not be written whole: standard output, {why}.{done}", file=sys.stderr)
        return code or 1


def _kept(given: TextIO, *, is_open: bool = True) -> tuple[_Kept, TextIO]:
    """Returns a replacement for a stream that remembers write errors, and its raw stream."""
    buffer = getattr(given, "buffer", None)
    # Unbuffered streams (PYTHONUNBUFFERED) have no buffer in between.
    raw = buffer if isinstance(buffer, io.RawIOBase) else getattr(buffer, "raw", None)
    kept = _Kept(raw if is_open else None, given)
    if raw is None:
        return kept, given  # Not a file: it was replaced on purpose (tests).
    errors, line_by_line = getattr(given, "errors", None), getattr(given, "line_buffering", False)
    return kept, io.TextIOWrapper(
        io.BufferedWriter(kept),
        encoding=given.encoding,
        errors=errors,
        line_buffering=line_by_line,
        write_through=raw is buffer,
    )
