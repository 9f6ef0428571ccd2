"""E on a list writes what the officer sees, whole: its rows in their order, no words that the screen does not show."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from feedback_tui import browser_files
from feedback_tui.actions import BY_NAME
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.log import log
from feedback_tui.casework.restrict import restrict
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.early_closure import Restriction
from feedback_tui.models.inputs.stages import NewCase
from feedback_tui.screens.admin.job import JobScreen
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.year.year_export import ExportScreen
from feedback_tui.storage.register import Register
from tests.screens.desk import HOSTILE, TODAY, Desk
from tests.screens.stops import screens

MakeDesk = Callable[..., Desk]
NO_LIST = {
    "GotoScreen": "a look-up for one case; F3 finds and writes",
    "WhereScreen": "an answer to a caller about one case",
    "SavedFiltersScreen": "the officer's own filters, in a file of theirs",
    "QuotesScreen": "words to choose from; what is chosen stands in the words of the year",
    "StepsScreen": "what can be done with one case",
    "GuidesScreen": "guides to be read",
    "SpanScreen": "spans to choose from",
    "ExplainScreen": "dates of one case, explained in sentences",
    "CaseScreen": "a page about one case; show --format json gives all of it",
    "YearScreen": "E writes the report or one of its tables by a form of its own",
    "BulkStepScreen": "a form for the marked, which stand on the list that it was opened from",
    "BulkResultScreen": "what became of a step; the record of each case keeps it",
    "ListScreen": "made for others",
    "LookUpScreen": "made for others",
}
"""Screens with rows that are not written by themselves, and why."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


def rows_in(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))


async def _write(d: Desk, *keys: str, key: str = "E") -> None:
    """Opens the form by the key, presses these in it, and writes."""
    await d.press(key)
    await d.until(lambda: isinstance(d.app.screen, JobScreen))
    await d.press(*keys, "ctrl+s")
    await d.shows("✓")


def _hostile(register: Register) -> None:
    actor = Actor(register, "jsmith", TODAY)
    for number, words in enumerate((*HOSTILE, "=1+1"), start=1):
        log(
            actor,
            NewCase(
                kind=Kind.COMPLAINT, received_on=date(2026, 4, 14), reference=f"H-{number}", summary=words,
                customer_name=f"Name {words}", description=words, officer="jsmith", channel="fax",
            ),
        )  # fmt: skip


async def test_the_queue_is_written_as_it_is_filtered_and_sorted(
    desk: MakeDesk, register: Register, folder: Path
) -> None:
    _hostile(register)
    async with desk((80, 24)) as d:
        await d.press("slash")
        await d.type("channel:fax")
        await d.press("enter", "greater_than_sign", "greater_than_sign", "equals_sign", "equals_sign")
        await d.press("equals_sign", "equals_sign")
        await d.shows("sorted by reference", "one list")
        await d.press("E")
        await d.shows("8 rows will be written, by the filter that holds: channel:fax · one list · sorted by reference.")
        await d.shows("People's names are written unless you leave them out.")
        await d.press("ctrl+s")
        await d.shows("✓ 8 rows written to")
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))
    (path,) = folder.iterdir()
    assert path.name == "queue-2026-04-15.csv"
    found = rows_in(path)
    assert [row["Reference"] for row in found] == [f"H-{number}" for number in range(1, 9)]
    assert found[-1]["In short"] == "'=1+1"
    assert found[3]["In short"] == HOSTILE[3]
    assert all(row["Who"].startswith("Name ") for row in found)


async def test_hidden_names_are_a_matter_of_the_screen_and_can_be_left_out(
    desk: MakeDesk, register: Register, folder: Path
) -> None:
    async with desk() as d:
        await d.press("z", "E")
        await d.shows("They are hidden on the screen alone.")
        await d.press("tab", "tab", "right", "ctrl+s")
        await d.shows("✓ 4 rows written")
    (path,) = folder.iterdir()
    assert "Who" not in rows_in(path)[0]
    assert "Margaret" not in path.read_text("utf-8-sig")


async def test_a_restricted_case_is_written_as_the_screen_shows_it(
    desk: MakeDesk, register: Register, folder: Path
) -> None:
    given = Restriction(on=TODAY, officers=("pkaur",), reason="A colleague")
    restrict(Actor(register, "pkaur", TODAY), "ASC-26-0002", given)
    async with desk() as d:
        await d.press("0")
        await d.shows("ASC-26-0004")
        await _write(d, "right", "right")
    (path,) = folder.iterdir()
    hidden = next(row for row in json.loads(path.read_text("utf-8")) if row["reference"] == "ASC-26-0002")
    assert (hidden["who"], hidden["team"]) == (None, None)
    assert "Alan" not in path.read_text("utf-8")
    assert "rang back" not in path.read_text("utf-8")


async def test_what_is_there_is_left_unless_it_may_be_replaced(
    desk: MakeDesk, register: Register, folder: Path
) -> None:
    mine = folder / "queue-2026-04-15.csv"
    mine.write_text("mine")
    async with desk() as d:
        await d.press("E", "ctrl+s")
        await d.shows("is there already: choose yes")
        assert mine.read_text() == "mine"
        await d.press("tab", "tab", "tab", "right", "ctrl+s")
        await d.shows("✓ 4 rows written")
    assert len(rows_in(mine)) == 4


async def test_in_a_browser_a_list_stays_in_the_folder(
    desk: MakeDesk, register: Register, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(browser_files.VARIABLE, str(folder))
    (folder / "there.csv").write_text("there")
    async with desk() as d:
        await d.press("E", "tab")
        for typed, said in (("../out", "is not inside"), ("there", "nothing is written over")):
            await d.press("home", "ctrl+k")
            await d.type(typed)
            await d.press("ctrl+s")
            await d.shows(said)
    assert [path.name for path in folder.parent.rglob("*.csv")] == ["there.csv"]


async def test_the_morning_the_ledger_and_what_investigators_are_late_with(
    desk: MakeDesk, register: Register, folder: Path
) -> None:
    async with desk() as d:
        await d.press("1")
        await d.shows("Due today")
        await _write(d)
        await d.press("escape", "escape", "J")
        await d.shows("Nothing is in the ledger")
        await _write(d, "right")
        await d.press("escape", "escape", "I")
        await d.shows("P. Jones")
        await _write(d, "right", "tab", "right")
    today = rows_in(folder / "today-2026-04-15.csv")
    assert {"Section": "Due", "What is counted": "Due today", "Cases": "1", "Filter": "due:2026-04-15"} in today
    assert load_workbook(folder / "learning-2026-04-15.xlsx").worksheets[0].max_row == 1
    late = load_workbook(folder / "late-cases-2026-04-15.xlsx").worksheets[0]
    assert late["A1"].value == "Reference"


async def test_what_was_found_is_written_by_f6_and_a_letter_is_typed(
    desk: MakeDesk, register: Register, folder: Path
) -> None:
    async with desk() as d:
        await d.press("f3")
        await d.type("Hug")
        await d.shows("1 case")
        await _write(d, key="f6")
        await d.press("escape", "escape", "W")
        await d.type("10")
        await d.shows("working days after")
        await _write(d, key="f6")
        await d.press("escape", "escape", "B")
        await d.shows("The days off ahead")
        await _write(d, key="f6")
    assert [row["Reference"] for row in rows_in(folder / "found-2026-04-15.csv")] == ["ASC-26-0001"]
    skipped = rows_in(folder / "days-not-counted-2026-04-15.csv")
    assert [row["Day"] for row in skipped] == ["2026-04-18", "2026-04-19", "2026-04-25", "2026-04-26"]
    assert {"Day": "2026-12-25", "Why it is off": "Christmas Day", "Closure day of the council": "no"} in rows_in(
        folder / "days-off-2026-04-15.csv"
    )


async def test_the_cases_behind_a_figure_and_a_table_of_the_year(
    desk: MakeDesk, register: Register, folder: Path
) -> None:
    async with desk((120, 36)) as d:
        await d.press("Y")
        await d.shows("Feedback received")
        await d.press("enter", "enter")
        await d.shows("Enter opens the case")
        await _write(d)
        await d.press("escape", "escape", "E")
        await d.until(lambda: isinstance(d.app.screen, ExportScreen))
        await d.press("shift+tab", "right")
        await d.shows("one table", "rows will be written: all.")
        await d.press("ctrl+s")
        await d.until(lambda: len(list(folder.iterdir())) == 2)
    behind, table = sorted(folder.iterdir(), key=lambda path: "Reference" not in path.read_text("utf-8-sig"))
    assert [row["Reference"] for row in rows_in(behind)] == ["ASC-26-0001", "ASC-26-0002"]
    assert rows_in(table)


@pytest.mark.parametrize("screen", [each for each in screens() if issubclass(each, DeskScreen)])
def test_every_screen_with_rows_writes_them(screen: type[DeskScreen]) -> None:
    source = Path(__import__(screen.__module__, fromlist=["x"]).__file__ or "").read_text("utf-8")
    has_rows = any(widget in source for widget in ("CaseTable(", "RowList(", "show_found("))
    writes = any("lists" in vars(each) for each in screen.__mro__[:-1] if each is not DeskScreen)
    if writes:
        assert screen.__name__ not in NO_LIST
        keys = {key for name in ("write_list", "write_found") for key in BY_NAME[name].keys}
        assert screen.PLACE in (*BY_NAME["write_list"].places, *BY_NAME["write_found"].places)
        assert keys == {"E", "f6"}
    elif has_rows and screen.__module__.rpartition(".")[2] not in ("year_texts",):
        assert screen.__name__ in NO_LIST, "say what it lists, or here why not"
