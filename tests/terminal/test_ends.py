"""However the program ends in a real terminal, what was typed is there again, and the terminal is given back."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feedback_tui.process_exit import HUNG_UP
from feedback_tui.storage.register import Register
from tests.terminal.program import Program, environment

LEAVES_THE_SCREEN = b"\x1b[?1049l"
START = ("--today", "2026-04-20")
ENDED_SOON = "import feedback_tui.process_exit as ending; ending.LONGEST = 1.0"
"""As the program is, but that it is given a second to end in."""
NO_HANG_UP = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})"
"""Nothing tells of a closed terminal but the terminal itself, as under nohup or a supervisor."""
HANGS_AT_THE_END = """
import time
from feedback_tui.app import FeedbackApp
async def for_ever(app):
    while True:
        time.sleep(60)
FeedbackApp._shutdown = for_ever
"""
CRASHES = """
from feedback_tui.screens.shared.base_screen import DeskScreen
def crash(self):
    name = "Margaret Hughes of Ivy Lane"
    raise KeyError(name)
DeskScreen.do_theme = crash
"""


@contextmanager
def changed_program(folder: Path, place: str, *changes: str) -> Iterator[Program]:
    """The real program with something in it changed, at the queue of an empty register."""
    code = "\n".join((*changes, "from feedback_tui.__main__ import main", "main()"))
    with Program("-c", code, "--db", place, *START, environment=environment(folder)) as program:
        program.wait_for("Queue · Shropshire Council")
        yield program


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


@pytest.fixture
def where(shropshire: Register) -> str:
    """An empty register that no one has open."""
    shropshire.close()
    return shropshire.where


def test_where_nothing_tells_of_a_closed_terminal_it_is_noticed_and_what_was_typed_is_kept(
    tmp_path: Path, where: str
) -> None:
    with changed_program(tmp_path, where, NO_HANG_UP) as program:
        program.press("n")
        program.wait_for_bold("What they say")
        program.type("No carer came")
        program.wait_for("No carer came")
        program.close_window()
        assert program.wait_for_end() == HUNG_UP
    with changed_program(tmp_path, where) as program:
        program.press("n")
        program.wait_for("brought back", "No carer came")


def test_a_program_that_hangs_while_it_ends_is_ended_and_uses_no_processor_until_then(
    tmp_path: Path, where: str
) -> None:
    """Seen once: the main thread in shutdown, and the thread that reads the terminal at 85 % for 38 minutes."""
    with changed_program(tmp_path, where, ENDED_SOON, HANGS_AT_THE_END, NO_HANG_UP) as program:
        program.press("n")
        program.wait_for("These dates follow")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = sum(_times_of(program.pid))
        program.close_window()
        assert program.wait_for_end() == HUNG_UP
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert whole - used < 0.8, "seconds of processor in the second and more that it took to end"
    record = (tmp_path / "state/feedback-tui/trouble.log").read_text()
    assert "for_ever" in record, "what kept it up is on record"


def _times_of(pid: int) -> tuple[float, float]:
    """Seconds of processor that a process has used."""
    ticks = os.sysconf("SC_CLK_TCK")
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        pytest.skip("this system does not tell what a process used")
    return int(fields[11]) / ticks, int(fields[12]) / ticks


def test_a_terminal_that_takes_nothing_more_keeps_no_program_from_ending(tmp_path: Path, where: str) -> None:
    with changed_program(tmp_path, where, ENDED_SOON) as program:
        program.press("n")
        program.wait_for_bold("What they say")
        program.type("No carer came")
        program.wait_for("No carer came")
        # Nobody reads: what it draws fills the terminal, then the program waits for it.
        for _ in range(100):
            program.send_unread(b"\x1b[B\x1b[A" * 8)
        program.kill(signal.SIGTERM)
        assert program.wait_for_end_unread() == 128 + signal.SIGTERM
    with changed_program(tmp_path, where) as program:
        program.press("n")
        program.wait_for("brought back", "No carer came")


def test_a_crash_ends_with_a_plain_sentence_its_own_exit_code_and_the_words_kept(tmp_path: Path, where: str) -> None:
    with changed_program(tmp_path, where, CRASHES) as program:
        program.press("n")
        program.wait_for_bold("What they say")
        program.type("No carer came")
        program.wait_for("No carer came")
        program.press("ctrl+t")
        assert program.wait_for_end() == 1
        assert LEAVES_THE_SCREEN in program.raw
        assert b"did not foresee" in program.raw
        for private in (b"Traceback", b"Ivy Lane", b"No carer came"):
            assert private not in program.raw.rpartition(LEAVES_THE_SCREEN)[2]


def test_ctrl_c_while_it_starts_shows_no_traceback(tmp_path: Path, where: str) -> None:
    stops = (
        # Whatever started the tests may have had it ignored.
        "import feedback_tui.cli.startup, signal; signal.signal(2, signal.default_int_handler); "
        "feedback_tui.cli.startup.open_at_once = lambda _: signal.raise_signal(2)"
    )
    code = f"{stops}\nfrom feedback_tui.__main__ import main\nmain()"
    with Program("-c", code, "--db", where, environment=environment(tmp_path)) as program:
        assert program.wait_for_end() == 130
        assert b"Traceback" not in program.raw
