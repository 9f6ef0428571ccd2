"""Reads terminal input as Textual does, except that a paste is taken unchanged.

Textual looks for keys inside a paste too: up to 32 characters after an ESC arrived as keys, before the rest of the
paste, and the text was stored in the wrong order.
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
"""Seconds to wait for the rest of a character or of a mouse report."""
_OLD_MOUSE = re.compile(rb"\x1b\[M[\s\S]{3}")
"""A mouse report of an old terminal: three bytes, not valid UTF-8 right of column 95. Textual does not use it."""
_OLD_MOUSE_BEGUN = re.compile(rb"\x1b\[M[\s\S]{0,2}\Z")
LONGEST_PAUSE = 3.0
"""Seconds without input after which a paste without an end mark is taken to be over."""


class PasteParser(XTermParser):
    """Produces keys, mouse events and pastes, however the terminal's characters are split over reads."""

    def __init__(self, debug: bool = False) -> None:
        self._before = ""
        """The last characters outside a paste, which may be the beginning of its start mark."""
        self._pasted: str | None = None
        """The text of the current paste so far; None outside a paste."""
        self._heard_at = 0.0
        super().__init__(debug)

    @property
    def pasting(self) -> bool:
        """Whether a paste has begun whose end has not been read yet."""
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
        # The base parser saw only the start mark: give it the end mark, and ignore the empty paste that it yields.
        for _empty in super().feed(BRACKETED_PASTE_END):
            pass
        return events.Paste(words)


class Decoder:
    """Decodes a terminal's bytes. Invalid UTF-8 becomes the replacement character."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._held, self._heard_at = b"", 0.0

    def decode(self, data: bytes, *, pasting: bool) -> str:
        """Returns the characters decoded so far. An incomplete character, or an incomplete mouse report of an old
        terminal, is held for the next call."""
        self._heard_at = monotonic()
        data, self._held = self._held + data, b""
        if not pasting and BRACKETED_PASTE_START.encode() not in data:
            data = _OLD_MOUSE.sub(b"", data)
            if (begun := _OLD_MOUSE_BEGUN.search(data)) is not None:
                data, self._held = data[: begun.start()], begun.group()
        return self._decoder.decode(data)

    def overdue(self) -> str:
        """Returns the incomplete sequence if it was held back for longer than `HALF` seconds; else ""."""
        if monotonic() - self._heard_at < HALF:
            return ""
        data, self._held = self._held, b""
        return self._decoder.decode(data, True)
