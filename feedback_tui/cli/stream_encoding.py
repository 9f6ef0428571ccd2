"""Standard output and standard error, where the system's encoding is not UTF-8.

Data is UTF-8 wherever it goes to a file or a pipe: a redirection on Windows would else be written in the code page of
the machine, and stop at the first letter that it does not have. A terminal is written to as it says that it is, and so
is talk: what it does not have shows as a sign in its place.
"""

from __future__ import annotations

import io
import sys


def use_utf8() -> None:
    """Has standard output and standard error take every character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            data = stream is sys.stdout and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if data else stream.encoding, errors="replace")
