"""The one function that makes a text safe to store and safe to show.

A terminal obeys control characters that stand in what it is told to print: a name that holds ``ESC ] 0 ;`` renames the
window, ``OSC 52`` writes the clipboard. Bidirectional controls make a text read as another. So they are made visible,
on the way in and again on the way to a screen; zero-width joiners stay, emoji and Indic scripts need them.
"""

from __future__ import annotations

import os
import re

_CONTROL_PICTURES = 0x2400
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_RUNS = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet takes for a formula at the beginning of a cell."""


def _visible(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    if code == 0x7F:
        return "␡"
    return "�"


def safe_text(text: str) -> str:
    """`text` with everything that could act on a terminal, or reorder it, replaced by a visible sign.

    Newline and tab stay; CR and CRLF become newline. Doing it twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(_visible, text.replace("\r\n", "\n").replace("\r", "\n"))


def readable(text: str) -> str | None:
    """What the system handed over (an argument, a variable, a name), with every character; None where it has bytes that
    are no UTF-8.

    Python keeps such bytes as lone surrogates. Where the system's own encoding is narrower, UTF-8 arrives so as well.
    """
    if not _SURROGATE.search(text):
        return text
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeError:
        return None


def one_line(text: str, width: int | None = None) -> str:
    """`text` safe and on one line, white space folded; cut to `width` characters with an ellipsis."""
    line = " ".join(safe_text(text).split())
    if width is not None and len(line) > width:
        return line[: max(width - 1, 0)].rstrip() + "…"
    return line


def guarded(text: str) -> str:
    """`text` as a spreadsheet shows it and does not run it: where it would, or where it is that behind quotes already,
    one quote stands before it."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """`text` without the quote that `guarded` put before it; any other stays."""
    return text[1:] if text[:1] == "'" and _RUNS.match(text) else text
