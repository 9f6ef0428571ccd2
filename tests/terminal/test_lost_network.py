"""The real program on a server whose network falls silent: every wait ends with a sentence, and the way out is open."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_tui.desk.case_list import cases
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import open_register
from tests.proxy import proxy_to
from tests.screens.desk import TODAY
from tests.terminal.program import Program, environment
from tests.terminal.test_on_a_server import a_server_of_its_own, program

pytestmark = pytest.mark.of_a_server
SENTENCE_WITHIN, OUT_WITHIN = 15.0, 2.0
BUSY = 2.0
"""How much longer all may take on a machine that does other things: what is held is the order of it."""


def taken(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def ends(desk: Program) -> None:
    """Ctrl+Q ends it in time, whatever is waited for."""
    desk.press("ctrl+q")
    assert taken(desk.wait_for_end) < OUT_WITHIN * BUSY
    assert desk.code == 0


def compose(desk: Program, words: str) -> None:
    desk.press("n")
    desk.wait_for("New feedback", "These dates follow")
    desk.type(words)
    desk.wait_for(words)


def test_a_save_into_silence_is_told_and_found_out_later(tmp_path: Path) -> None:
    with a_server_of_its_own() as (_own, place), proxy_to(place) as (network, way):
        with program(way, tmp_path, "officer") as desk:
            desk.wait_for("Nothing is open")
            compose(desk, "No carer came on Sunday")
            # The commit arrives, its answer does not.
            network.silent_after = lambda sent: b"COMMIT" in sent
            desk.press("ctrl+s")
            desk.type("xyz")
            desk.wait_for("seconds now")
            assert taken(lambda: desk.wait_for("whether it was saved is not known")) < SENTENCE_WITHIN * BUSY
            assert "No carer came on Sunday" in desk.text
            assert "xyz" not in desk.text
            ends(desk)
        network.speak()
        with program(way, tmp_path, "officer") as desk:
            desk.wait_for("Queue ·", ": it was saved.")
            network.fall_silent()
            desk.wait_for("not refreshed since")
            network.speak()
            desk.wait_until_gone("not refreshed since")
            compose(desk, "Nobody rang back")
            network.silent_at = lambda sent: b"INSERT INTO feedback_case" in sent
            desk.press("ctrl+s")
            desk.type("abc")
            ends(desk)
        network.speak()
        with program(way, tmp_path, "officer") as desk:
            desk.wait_for("Queue ·")
            desk.press("n")
            desk.wait_for("brought back", "Nobody rang back")
            desk.press("ctrl+s")
            desk.wait_for("logged")
            ends(desk)
        register = open_register(place)
        assert len(cases(register, TODAY)) == 2
        assert check(register).sound
        register.close()


def test_a_command_into_silence_ends_with_a_sentence(tmp_path: Path) -> None:
    with a_server_of_its_own() as (_own, place), proxy_to(place) as (network, way):
        environ = {**os.environ, **environment(tmp_path, "officer")}

        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-m", "feedback_tui", "--db", way, "--today", TODAY.isoformat(), *arguments]
            return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

        log = ("log", "--kind", "comment", "--received", TODAY.isoformat(), "--channel", "email", "--description", "x")
        assert run(*log).returncode == 0
        network.silent_at = lambda sent: b"INSERT INTO event" in sent
        begun = time.monotonic()
        lost = run(*log)
        assert time.monotonic() - begun < SENTENCE_WITHIN * BUSY
        assert (lost.returncode, lost.stdout) == (1, "")
        assert "Nothing was saved; try again" in lost.stderr
        begun = time.monotonic()
        unread = run("queue")
        assert time.monotonic() - begun < SENTENCE_WITHIN * BUSY
        assert unread.returncode == 1
        assert "does not answer" in unread.stderr
        assert "Traceback" not in lost.stderr + unread.stderr
        network.speak()
        assert run(*log).returncode == 0
