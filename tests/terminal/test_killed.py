"""A program that is killed outright: what was typed comes back."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tests.terminal.program import Program, environment

START = ("--today", "2026-04-20")


def test_what_was_typed_comes_back_after_a_kill(tmp_path: Path, place: str) -> None:
    """No handler runs on SIGKILL: the draft was kept while the officer typed."""
    start = ("--db", place, *START)
    made = [sys.executable, "-m", "feedback_tui", *start, "init", "--profile", "shropshire"]
    subprocess.run(made, env=environment(tmp_path), check=True, capture_output=True, timeout=300)
    drafts = tmp_path / "state" / "feedback-tui" / "drafts"
    with Program(*start, environment=environment(tmp_path)) as program:
        program.wait_for("Nothing is open")
        program.press("n")
        program.wait_for_bold("What they say")
        program.type("Nobody came [/] on Sunday 日本")
        program.wait_until(lambda _: any("Sunday" in file.read_text() for file in drafts.glob("*.json")), "the draft")
        program.kill(signal.SIGKILL)
        assert program.wait_for_end() == -signal.SIGKILL
    with Program(*start, environment=environment(tmp_path)) as program:
        program.wait_for("Nothing is open")
        program.press("n")
        program.wait_for("brought back", "Nobody came [/] on Sunday")
        program.press("ctrl+q")
        assert program.wait_for_end() == 0
