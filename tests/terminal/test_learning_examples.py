"""The seven learning examples of Shropshire's report, typed into the real program, and read back from the register."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from feedback_tui.desk.learning_ledger import ledger
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.register import Register, open_register
from tests.registers.shropshire_words import LEARNING
from tests.terminal.program import Program, environment

pytestmark = pytest.mark.walk

TODAY = date(2023, 3, 1)
COMMUNICATION, QUALITY = LEARNING["communication"], LEARNING["service quality"]
EXAMPLES = (
    *(("communication", text) for text in COMMUNICATION[:3]),
    ("delivery or non-delivery", LEARNING["delivery or non-delivery"][0]),
    ("finance", LEARNING["finance"][0]),
    ("communication", COMMUNICATION[3]),
    ("service quality", QUALITY[0]),
)
"""In the report's order."""


def test_the_learning_of_the_report_is_typed_and_stands_in_the_ledger(tmp_path: Path, shropshire: Register) -> None:
    shropshire.close()
    path = shropshire.where
    start = ("--db", path, "--today", TODAY.isoformat())
    # High enough that what is said in a corner, for seconds, stands before nothing that is waited for.
    with Program(*start, environment=environment(tmp_path), columns=100, rows=50) as program:
        program.wait_for("Queue · Shropshire Council")
        program.press("n")
        program.wait_for("New feedback")
        for number, (_, text) in enumerate(EXAMPLES, start=1):
            program.type(f"What led to: {text}")
            program.press("f3")
            program.wait_for(f"{number} entered")
        program.press("escape")
        program.wait_for("Queue ·", "ASC-23-0007")
        for number, (area, text) in enumerate(EXAMPLES, start=1):
            program.press("g")
            program.wait_for("Go to a case")
            program.type(f"000{number}")
            program.wait_for("complaint, logged")
            program.press("enter")
            program.wait_for(f"ASC-23-000{number} ·")
            program.press("l")
            program.wait_for("Learned")
            program.type(area)
            program.press("tab")
            program.wait_for_bold("Learned")
            program.type(text)
            program.press("ctrl+s")
            program.wait_for(f"1  {area}: {text[:20]}", "Timeline")
            program.press("escape")
            program.wait_for("Queue ·")
        program.press("J")
        program.wait_for("Learned, no action · 7")
        program.press("ctrl+q")
        assert program.wait_for_end() == 0
        assert b"Traceback" not in program.raw
    register = open_register(path)
    rows = ledger(register, TODAY)
    assert sorted((row.area or "", row.learned) for row in rows) == sorted(EXAMPLES)
    year = figures_of(register, reporting_year("2022/23"), TODAY)
    register.close()
    assert year.learning.by_area.counts == Counter(area for area, _ in EXAMPLES)
    assert year.learning.cases == 7
