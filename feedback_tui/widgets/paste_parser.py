"""What a terminal sends, read as Textual reads it, but for a paste: that is taken as it is, whatever stands in it.

Textual looks for keys in a paste too: after an ESC in it, up to 32 characters came as keys, before the rest of the
paste, and the words were stored in another order.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable
from time import monotonic

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

HALF = 0.3
"""Seconds after which half of a character, or of a report, is not waited for any longer."""
_OLD_MOUSE = re.compile(rb"\x1b\[M[\s\S]{3}")
"""Where an old terminal says that the mouse is: three bytes, no UTF-8 right of column 95. Textual has no use for it."""
_OLD_MOUSE_BEGUN = re.compile(rb"\x1b\[M[\s\S]{0,2}\Z")
LONGEST_PAUSE = 3.0
"""Seconds without a character after which a paste whose end never came is over: the keys are keys again."""


class PasteParser(XTermParser):
    """Gives keys, mouse and pastes, however the terminal's characters are split over readings."""

    def __init__(self, debug: bool = False) -> None:
        self._before = ""
        """The last characters outside a paste: they may begin the mark of its start."""
        self._pasted: str | None = None
        """What came of a paste so far; None outside one."""
        self._heard_at = 0.0
        super().__init__(debug)

    @property
    def pasting(self) -> bool:
        """Whether the end of a paste is still to come."""
        return self._pasted is not None

    def feed(self, data: str) -> Iterable[Message]:
        if not data:
            yield from super().feed(data)
        while data:
            self._heard_at = monotonic()
            if self._pasted is None:
                known = self._before + data
                start = known.find(BRACKETED_PASTE_START)
                if start < 0:
                    self._before = known[1 - len(BRACKETED_PASTE_START) :]
                    yield from super().feed(data)
                    return
                end = start + len(BRACKETED_PASTE_START) - len(self._before)
                yield from super().feed(data[:end])
                self._before, self._pasted, data = "", "", data[end:]
            else:
                self._pasted += data
                words, mark, data = self._pasted.partition(BRACKETED_PASTE_END)
                if mark:
                    yield self._paste(words)

    def tick(self) -> Iterable[Message]:
        yield from super().tick()
        if self._pasted is not None and monotonic() - self._heard_at > LONGEST_PAUSE:
            yield self._paste(self._pasted)

    def _paste(self, words: str) -> events.Paste:
        self._pasted = None
        # Textual's own reading has nothing between the marks.
        for _empty in super().feed(BRACKETED_PASTE_END):
            pass
        return events.Paste(words)


class Decoder:
    """Makes characters of a terminal's bytes. What is no UTF-8 becomes a replacement sign."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._held, self._heard_at = b"", 0.0

    def decode(self, data: bytes, *, pasting: bool) -> str:
        """The characters; half of one, or of an old report of the mouse, is held back for what comes next."""
        self._heard_at = monotonic()
        data, self._held = self._held + data, b""
        if not pasting and BRACKETED_PASTE_START.encode() not in data:
            data = _OLD_MOUSE.sub(b"", data)
            if (begun := _OLD_MOUSE_BEGUN.search(data)) is not None:
                data, self._held = data[: begun.start()], begun.group()
        return self._decoder.decode(data)

    def overdue(self) -> str:
        """What was held back for too long."""
        if monotonic() - self._heard_at < HALF:
            return ""
        data, self._held = self._held, b""
        return self._decoder.decode(data, True)
