"""An officer's day in the real program, in a terminal of 80 by 24: from the letter to the year, over a restart."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.places import for_officer
from tests.terminal.program import Program, environment

MONDAY, LATER = "2026-04-20", "2026-05-18"
WORDS = "[Complaint] Nobody came on Sunday [/] said O'Brien"


def console(folder: Path, place: str, *arguments: str, today: str = LATER) -> Any:
    """What a command prints on the register, as JSON."""
    command = [sys.executable, "-m", "feedback_tui", "--today", today, *arguments, "--format", "json"]
    done = subprocess.run(
        command, env=environment(folder, place=place), capture_output=True, text=True, check=True, timeout=300
    )
    return json.loads(done.stdout)


def test_a_complaint_from_letter_to_year(tmp_path: Path, place: str) -> None:
    """Logged, acknowledged, investigated, answered, closed; after a restart it is all there, and the year counts it."""
    start = ("--db", place)
    with Program(*start, "--today", MONDAY, environment=environment(tmp_path)) as program:
        program.wait_for("A new register", "Shropshire Council")
        program.press("down")
        program.press("enter")
        program.wait_for("Queue · Shropshire Council")
        program.press("n")
        program.wait_for("New feedback", "These dates follow", "Acknowledge", "Thu 23 April 2026")
        program.type(WORDS)
        program.press("f2")
        program.wait_for("ASC-26-0001 logged and acknowledged", "Response aim")
        program.press("i")
        program.wait_for("Start the investigation", "Investigator")
        program.type("Pat Lowe")
        program.press("ctrl+s")
        program.wait_for("investigation started")
        program.press("ctrl+q")
        assert program.wait_for_end() == 0
    with Program(*start, "--today", LATER, environment=environment(tmp_path)) as program:
        program.wait_for("ASC-26-0001", "Response aim")
        program.press("s")
        program.wait_for("Send the response", "Finding")
        answer(program)
        program.wait_for("response sent")
        program.press("c")
        program.wait_for("Closed on")
        program.press("ctrl+s")
        program.wait_for("ASC-26-0001: closed")
        program.press("ctrl+q")
        assert program.wait_for_end() == 0
        assert b"Traceback" not in program.raw
    page = console(tmp_path, place, "show", "asc-26-0001")
    assert page["description"] == WORDS
    assert page["status"] == "closed"
    assert page["points"][0]["finding"] == "partly upheld"
    assert [event["step"] for event in page["timeline"]] == ["log", "acknowledge", "investigate", "respond", "close"]
    year = console(tmp_path, place, "summary", "2026/27")
    assert year["complaints"]["cases"] == year["complaints"]["investigations"] == 1
    assert year["outcomes"]["stage_1"] == {"partly upheld": 1, "open": 0}
    assert year["acknowledgement"] == {"within": 1, "of": 1}


def answer(program: Program) -> None:
    """Fills in the response: the finding by its letter, the rest as it stands; and saves it."""
    for label in ("Sent on", "By", "Signed by"):
        program.wait_for_bold(label)
        program.press("tab")
    program.wait_for_bold("Finding")
    program.press("p")
    program.wait_for("[partly upheld]")
    program.press("ctrl+s")


def test_the_timeline_stands_after_a_restart(tmp_path: Path, place: str) -> None:
    """What was done is read from the register, by another run of the program, on the case's own page."""
    sam, kim = (("--db", for_officer(place, name), "--today", MONDAY) for name in ("Sam Reed", "Kim Ode"))
    subprocess.run(
        [sys.executable, "-m", "feedback_tui", *sam, "init", "--profile", "wigan"],
        env=environment(tmp_path), check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    with Program(*sam, environment=environment(tmp_path), columns=160, rows=50) as program:
        program.wait_for("Queue · Wigan Council")
        program.press("n")
        program.wait_for("New feedback")
        program.type("The lift has been out of order for a week")
        program.press("ctrl+s")
        program.wait_for("CRT-26-0001 logged")
        program.press("ctrl+q")
        assert program.wait_for_end() == 0
    with Program(*kim, environment=environment(tmp_path, "Kim Ode"), columns=160, rows=50) as program:
        program.wait_for("CRT-26-0001")
        program.press("enter")
        program.wait_for("The lift has been out of order", "Sam Reed", "logged")
        program.press("ctrl+q")
        assert program.wait_for_end() == 0
