"""Runs the terminal interface from the command line: opens the register, and makes a backup when it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from datetime import date

from feedback_tui.app import ENDS, FeedbackApp, back_up
from feedback_tui.preferences import read_preferences
from feedback_tui.process_exit import ending
from feedback_tui.screens.shared.crash_log import write_lines
from feedback_tui.storage.errors import KeyNeeded, NoRegister
from feedback_tui.storage.register import open_register


def run_interface(where: str, officer: str, today: Callable[[], date], *, offer_tour: bool = False) -> int:
    """Runs the terminal interface on the register at `where`, and returns the exit code.

    If there is none yet, it asks for a profile and creates one; for an encrypted one it asks for the key. Returns 2
    without a terminal. Raises RegisterError if the register cannot be used.
    """
    register, encrypted = None, False
    try:
        register = open_register(where)
    except NoRegister:
        pass
    except KeyNeeded:
        encrypted = True
    if not _has_terminal():
        _say("The interface needs a terminal. For a list in a file or a pipe use a command: feedback-tui queue.")
        return 2
    preferences = read_preferences()
    preferences.use()
    app = FeedbackApp(register, where, officer, today, preferences, offer_tour=offer_tour, encrypted=encrypted)
    app.ends_process = True
    ending.arm(write_lines)
    try:
        app.run()
    finally:
        ending.reached()
        _back_to_usual_signals()
        if app.colleagues is not None:
            app.colleagues.close()
        if app.register is not None:
            back_up(app.register, lambda error: _say(f"No backup could be made: {error}"), leaving=True)
            app.register.close()
    return app.return_code or 0


def _back_to_usual_signals() -> None:
    """Restores the signals: what follows the interface may be killed at any time, but continues without a terminal."""
    for name in ENDS:
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, signal.SIG_IGN if name == "SIGHUP" else signal.SIG_DFL)


def _say(words: str) -> None:
    with contextlib.suppress(OSError):  # The terminal may be gone.
        sys.stderr.write(f"{words}\n")
        sys.stderr.flush()


def _has_terminal() -> bool:
    """Returns whether there is a terminal to draw on, or a driver for a browser."""
    return "TEXTUAL_DRIVER" in os.environ or (sys.stdin.isatty() and sys.stdout.isatty())
