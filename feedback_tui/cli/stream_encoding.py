"""Sets up standard output and standard error if the system's encoding is not UTF-8.

Data redirected to a file or pipe is always UTF-8: on Windows it would otherwise use the code page and fail at the first
character outside it. Output to a terminal, and messages, use the stream's own encoding, with a replacement sign for
other characters.
"""

from __future__ import annotations

import io
import sys


def use_utf8() -> None:
    """Makes standard output and standard error accept every character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            data = stream is sys.stdout and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if data else stream.encoding, errors="replace")
