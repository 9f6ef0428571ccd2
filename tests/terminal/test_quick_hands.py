"""Quick hands on the real program: what is typed in one burst arrives whole, where the key before it leads to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from feedback_tui.desk.case.page import case_page
from feedback_tui.enums import Status
from feedback_tui.storage.register import open_register
from tests.places import copy_of, empty_place
from tests.terminal.program import KEYS, Program, environment

TODAY = date(2026, 4, 20)
WORDS, NOTE = "Nobody came on Sunday, said O'Brien; 50% of it", "She rang: Quite upset [/] 日本"


def test_what_is_typed_in_one_burst_is_saved_as_it_was_typed(tmp_path: Path) -> None:
    path = copy_of(empty_place("shropshire"), tmp_path)
    start = ("--db", path, "--today", TODAY.isoformat())
    # Wide enough that what is said in a corner, for seconds, does not stand before the filter.
    with Program(*start, environment=environment(tmp_path), columns=120) as program:
        program.wait_for("Nothing is open")
        program.type(f"n{WORDS}{KEYS['f2']}t{NOTE}{KEYS['ctrl+s']}g0001\r")
        program.wait_for("ASC-26-0001 · complaint", "Nobody came")
        program.press("escape")
        program.wait_for("Queue ·")
        program.type("/team:north zebras")
        program.wait_for("team:north zebras", "Nothing open is like that")
        program.press("escape")
        program.wait_for("ASC-26-0001")
        program.press("ctrl+q")
        assert program.wait_for_end() == 0
        assert b"Traceback" not in program.raw
    register = open_register(path)
    page = case_page(register, "ASC-26-0001", TODAY)
    assert (page.description, page.status) == (WORDS, Status.ACKNOWLEDGED)
    assert [event.step for event in page.timeline][-1] == "note"
    assert any(NOTE in str(event) for event in page.timeline)
    register.close()
