"""However the program ends in a real terminal, what was typed is there again, and the terminal is given back."""

from __future__ import annotations

import signal
from pathlib import Path

from feedback_tui.storage.register import Register
from tests.terminal.program import Program, environment

LEAVES_THE_SCREEN = b"\x1b[?1049l"


def test_a_hang_up_and_a_closed_window_keep_what_was_typed(tmp_path: Path, shropshire: Register) -> None:
    shropshire.close()
    start = ("--db", shropshire.where, "--today", "2026-04-20")
    with Program(*start, environment=environment(tmp_path)) as program:
        program.wait_for("Queue · Shropshire Council")
        program.press("n")
        program.wait_for("New feedback")
        program.type("No carer came on Sunday")
        program.wait_for("No carer came on Sunday")
        program.kill(signal.SIGHUP)
        assert program.wait_for_end() == 128 + signal.SIGHUP
        assert LEAVES_THE_SCREEN in program.raw
        assert b"Traceback" not in program.raw
    with Program(*start, environment=environment(tmp_path)) as program:
        program.wait_for("Queue · Shropshire Council")
        program.press("n")
        program.wait_for("brought back", "No carer came on Sunday")
        program.type("X and no one rang ")
        program.wait_for("no one rang")
        # The window is closed: the terminal is gone, and the system hangs up.
        program.close_window()
        program.wait_for_end()
    with Program(*start, environment=environment(tmp_path)) as program:
        program.wait_for("Queue · Shropshire Council")
        program.press("n")
        program.wait_for("brought back", "no one rang")
        program.press("ctrl+q")
        assert program.wait_for_end() == 0
