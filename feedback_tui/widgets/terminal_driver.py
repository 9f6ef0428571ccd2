"""The terminal driver: no byte from the terminal is lost, and the program ends when the terminal is gone.

Textual's own reader fails at the first byte that is not UTF-8 (a ``£`` from a Latin-1 terminal, an old mouse report),
and at the end of its input it loops for ever at full processor load.
"""

from __future__ import annotations

import os
import selectors
import sys
from time import sleep
from typing import IO, Any

from textual.driver import Driver

from feedback_tui.widgets.paste_parser import Decoder, PasteParser

LOOK = 0.1
"""Seconds between two checks whether to end, and whether an ESC was the Escape key."""
ENDS = 3
"""More empty reads in a row than this mean the end of the input."""


def own_driver(found: type[Driver]) -> type[Driver]:
    """Returns the driver to use in place of Textual's own driver `found`.

    On Windows and in a browser characters arrive complete, so only the parser of pastes is replaced.
    """
    if found.__name__ == "LinuxDriver":
        return _of_unix()
    for name in ("textual.drivers.win32", "textual.drivers.web_driver"):
        if (module := sys.modules.get(name)) is not None:
            module.XTermParser = PasteParser  # type: ignore[attr-defined]
    return found


def _of_unix() -> type[Driver]:
    from textual.drivers.linux_driver import LinuxDriver

    class UnixTerminal(LinuxDriver):
        """A terminal on Linux or macOS."""

        def __init__(self, app: Any, **named: Any) -> None:
            super().__init__(app, **named)
            self._file: Any = Screen(self._file)

        def _run_input_thread(self) -> None:
            try:
                self.run_input_thread()
            except Exception as error:
                self._app.call_later(_raise, error)

        def run_input_thread(self) -> None:
            """Passes the terminal's input on until the program ends. If the terminal is gone, it tells the app to
            end."""
            parser, decoder, ends = PasteParser(self._debug), Decoder(), 0
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(LOOK):
                        try:
                            data = os.read(self.fileno, 4096)
                        except (BlockingIOError, InterruptedError):
                            continue
                        except OSError:
                            data, ends = b"", ENDS
                        ends = 0 if data else ends + 1
                        if ends > ENDS:
                            _tell_that_it_is_gone(self._app)
                            return
                        if not data:
                            sleep(LOOK)
                        text = decoder.decode(data, pasting=parser.pasting)
                    else:
                        text = decoder.overdue()
                    for event in (*(parser.feed(text) if text else ()), *parser.tick()):
                        self.process_message(event)

    return UnixTerminal


class Screen:
    """Writes to `file`. After the first error (OSError, ValueError) it writes nothing more and raises nothing."""

    def __init__(self, file: IO[str]) -> None:
        self._file, self._gone = file, False

    def write(self, text: str) -> None:
        self._do(self._file.write, text)

    def flush(self) -> None:
        self._do(self._file.flush)

    def isatty(self) -> bool:
        return self._file.isatty()

    def fileno(self) -> int:
        return self._file.fileno()

    def _do(self, what: Any, *given: Any) -> None:
        if not self._gone:
            try:
                what(*given)
            except (OSError, ValueError):
                self._gone = True


def _raise(error: Exception) -> None:
    raise error


def _tell_that_it_is_gone(app: Any) -> None:
    """Ends the app; called in the thread that reads. An app with a method `terminal_gone` ends by that."""
    getattr(app, "terminal_gone", app.exit)()
