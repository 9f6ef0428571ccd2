"""Runs the real program in a pseudo-terminal and reads its screen, cell by cell, with a terminal emulator."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "space": " ",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
} | {f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefgjklnopqrstuvwxyz"}
PATIENCE = 90.0
"""Seconds to wait for something to appear: far more than it takes, for a machine that is busy."""


class NeverAppeared(AssertionError):
    """What was waited for did not come; shows the screen as it was."""


class Program:
    """The running program. Use as a context manager: it is ended, and its exit code kept, on leaving."""

    def __init__(
        self, *arguments: str, environment: Mapping[str, str] | None = None, columns: int = 80, rows: int = 24
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.code: int | None = None
        own = arguments[:1] in (("-m",), ("-c",))
        command = [sys.executable, *(arguments if own else ("-m", "feedback_tui", *arguments))]
        full = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(environment or {})}
        full.update(COLUMNS=str(columns), LINES=str(rows))
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, full)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        if self.code is None:
            self.kill(signal.SIGKILL)
            self.wait_for_end()
        if self._terminal >= 0:
            os.close(self._terminal)

    @property
    def text(self) -> str:
        """The screen as text, a line a row."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, *keys: str) -> None:
        """Presses keys by name, one after the other; a name that is no key is typed as it stands."""
        for key in keys:
            self.type(KEYS.get(key, key))

    def type(self, text: str) -> None:
        """Types text."""
        self.send(text.encode())

    def send(self, data: bytes) -> None:
        """Sends bytes, as a terminal does that is set to another encoding, or a mouse."""
        os.write(self._terminal, data)
        self._read(0.02)

    def send_unread(self, data: bytes) -> None:
        """Sends bytes, and reads nothing of what is drawn."""
        os.write(self._terminal, data)

    def wait_for(self, *texts: str) -> str:
        """Waits until all of `texts` stand on the screen, and gives the screen."""
        return self.wait_until(lambda screen: all(text in screen for text in texts), f"{texts} on the screen")

    def wait_for_bold(self, text: str) -> None:
        """Waits until `text` stands on the screen in bold, as the label of the field that has the focus does."""
        self.wait_until(lambda _: self._is_bold(text), f"{text!r} in bold")

    def _is_bold(self, text: str) -> bool:
        for row, line in enumerate(self.screen.display):
            if (column := line.find(text)) >= 0 and self.screen.buffer[row][column].bold:
                return True
        return False

    def wait_until_gone(self, text: str) -> str:
        """Waits until `text` no longer stands on the screen."""
        return self.wait_until(lambda screen: text not in screen, f"{text!r} gone from the screen")

    def wait_until(self, wanted: Callable[[str], bool], what: str) -> str:
        """Waits until the screen is as wanted. Raises NeverAppeared with the screen as it was."""
        end = time.monotonic() + PATIENCE
        while not wanted(self.text):
            if time.monotonic() > end or not self._read(0.2):
                raise NeverAppeared(f"Waited for {what}. The screen was:\n{self.text}")
        return self.text

    def look(self, seconds: float) -> None:
        """Takes in what the program draws within `seconds`, if anything."""
        self._read(seconds)

    def close_window(self) -> None:
        """Takes the terminal away, as closing its window does."""
        os.close(self._terminal)
        self._terminal = -1

    def kill(self, number: signal.Signals) -> None:
        """Sends the program a signal."""
        os.kill(self.pid, number)

    def wait_for_end(self) -> int:
        """Waits until the program has ended, and gives its exit code (negative: the signal that ended it)."""
        end = time.monotonic() + PATIENCE
        while self.code is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.code = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > end:
                raise NeverAppeared(f"The program did not end. The screen was:\n{self.text}")
            else:
                self._read(0.05)
        self._read(0.05)
        return self.code

    def wait_for_end_unread(self) -> int:
        """The same, while nobody reads what it writes: as a terminal that hangs."""
        end = time.monotonic() + PATIENCE
        while self.code is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.code = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > end:
                raise NeverAppeared("The program did not end.")
            time.sleep(0.02)
        return self.code

    def _read(self, seconds: float) -> bool:
        """Takes in what the program writes within `seconds`; False once its terminal is closed."""
        if self._terminal < 0:
            select.select([], [], [], seconds)
            return False
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._terminal, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)


def environment(folder: Path, officer: str = "Sam Reed", place: str = "") -> dict[str, str]:
    """Settings that keep the program inside `folder`, and on the register at `place` where one is named."""
    return {
        "FEEDBACK_TUI_DB": place or str(folder / "register.db"),
        "FEEDBACK_TUI_OFFICER": officer,
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
