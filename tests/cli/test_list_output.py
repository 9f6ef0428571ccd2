"""The lists that commands print, as files: the rows of the JSON, whole words, real dates; wrong use is said at once."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import create_register
from tests.cli.conftest import TODAY, Command
from tests.places import copy_of, drop, for_officer, made_once

HOSTILE = ("=1+1", "[/] [bold]x", "مرحبا")
LISTS = (
    ("queue", "--all"),
    ("cases", "kind:complaint"),
    ("learning",),
    ("chase-list",),
    ("days-off", "list", "--year", "2026"),
    ("figure", "list"),
    ("words", "list", "2025/26"),
    ("views", "ASC-26-0001"),
    ("letters", "ASC-26-0001"),
    ("keys",),
    ("licences",),
    ("erase", "--dry-run"),
    ("summary", "2026/27", "--cases", "complaints.cases"),
    ("find", "carer"),
    ("today",),
    ("report", "open"),
)


def _furnish(place: str) -> None:
    """Three complaints whose people and words are hostile, one investigated and late, a figure and a paragraph."""
    options = ["--db", place, "--today", TODAY, "--as", "Sam"]
    calls: list[tuple[str, ...]] = [
        (
            *("log", "--kind", "complaint", "--received", "2026-04-02", "--channel", "email", "--team", words),
            *("--description", f"{words} no carer came", "--summary", words, "--customer-name", words),
            *("--reference", f"ASC-26-{number:04}"),
        )
        for number, words in enumerate(HOSTILE, start=1)
    ]
    calls += [
        ("acknowledge", "ASC-26-0001", "--on", "2026-04-03"),
        (
            *("investigate", "ASC-26-0001", "--investigator", "=Jo", "--on", "2026-04-03"),
            *("--procedure", "statutory-adult", "--draft-due-on", "2026-04-10"),
        ),
        ("figure", "set", "2021/22", "investigations", "156"),
        ("words", "add", "2025/26", "recommendations", "=Answer sooner"),
    ]
    # In a process of its own: nothing of ours stays connected to what is copied.
    program = (
        "import sys, json; from feedback_tui.cli.main import run; sys.exit(max(map(run, json.loads(sys.argv[1]))))"
    )
    every = json.dumps([[*options, *call] for call in calls])
    subprocess.run([sys.executable, "-c", program, every], check=True, stdout=subprocess.DEVNULL)


def _furnished_place() -> str:
    def make(place: str) -> None:
        create_register(place, profile_text("shropshire"), "Sam").close()
        _furnish(for_officer(place, "Sam"))

    return made_once("listed", make)


@pytest.fixture
def register_place(either: None, tmp_path: Path) -> Iterator[str]:
    """A register of this test's own with the hostile complaints, as Sam names it."""
    made = copy_of(_furnished_place(), tmp_path)
    yield for_officer(made, "Sam")
    drop(made)


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("call", LISTS, ids=" ".join)
def test_every_format_has_the_same_rows(command: Command, tmp_path: Path, call: tuple[str, ...]) -> None:
    printed = command(*call, "--format", "csv")
    assert printed.code == 0, printed.err
    found = lines(printed.out)
    xlsx, told = tmp_path / "list.xlsx", tmp_path / "list.json"
    for path in (xlsx, told):
        # The ending says the format where --format does not; a summary prints text unless told.
        asked = () if call[0] != "summary" else ("--format", path.suffix[1:])
        done = command(*call, *asked, "--output", str(path))
        assert (done.code, done.out) == (0, ""), done.err
        assert done.err.splitlines()[0] == f"{len(found)} row{'' if len(found) == 1 else 's'} written to {path}."
    (sheet,) = load_workbook(xlsx).worksheets
    headings, *rows = sheet.iter_rows(values_only=True)
    assert [list(row) for row in found] == [list(headings)] * len(found)
    assert len(rows) == len(found)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    data = json.loads(told.read_text("utf-8"))
    assert not isinstance(data, list) or len(data) == len(found)


def test_a_file_holds_what_is_printed(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "queue.csv"
    command("queue", "--output", str(path))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "else Excel takes it for Windows text"
    assert lines(path.read_text("utf-8-sig")) == lines(command("queue", "--format", "csv").out)
    for call in (("queue",), ("today",), ("report", "open"), ("find", "carer")):
        told = path.with_suffix(".json")
        command(*call, "--format", "json", "--output", str(told), "--overwrite")
        assert told.read_text("utf-8") == command(*call, "--format", "json").out


def test_the_queue_says_dates_as_dates_and_words_whole(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "queue.xlsx"
    command("queue", "--output", str(path))
    headings, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    of = [dict(zip(headings, row, strict=True)) for row in rows]
    assert {row["In short"] for row in of} == set(HOSTILE)
    assert all(isinstance(row["Due on"], datetime) and isinstance(row["Working days left"], int) for row in of)
    asked = command("queue", "--format", "csv", "--columns", "due_on,summary,reference")
    assert asked.out.splitlines()[0] == "Due on,In short,Reference"
    assert "'=1+1" in asked.out, "a spreadsheet does not run it"


def test_a_filter_and_an_order_hold_in_a_file(command: Command) -> None:
    ordered = command("cases", "--order", "reference", "--format", "csv", "--columns", "reference")
    assert ordered.out.split() == ["Reference", "ASC-26-0001", "ASC-26-0002", "ASC-26-0003"]
    one = command("cases", "investigator:any", "--format", "json", "--columns", "reference,hold_until")
    assert one.json == [{"reference": "ASC-26-0001", "hold_until": None}]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("queue", "--format", "xlsx"), "--format xlsx needs --output: name the file to write, as list.xlsx."),
        (("queue", "--output", "list.txt"), "--output takes a list as csv, xlsx or json: name the one with --format."),
        (("queue", "--columns", "reference"), "--columns goes with --format csv, xlsx or json."),
        (("cases", "--format", "csv", "--columns", "refrence"), "“refrence” is not a column of this list."),
        (("summary", "2026/27", "--format", "xlsx"), "--format xlsx needs --output"),
        (("summary", "2026/27", "--cases", "complaints.cases", "--format", "html"), "--cases gives text, csv, xlsx"),
        (("erase", "--yes", "--format", "csv"), "is listed with --dry-run and no reference"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_written(command: Command, call: tuple[str, ...], said: str) -> None:
    done = command(*call)
    assert done.code in (1, 2)
    assert said in done.err
    assert done.out == ""
    assert not Path("list.txt").exists()


def test_a_file_that_is_there_is_left_as_it_is(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "queue.csv"
    path.write_text("mine")
    left = command("queue", "--output", str(path))
    assert (left.code, path.read_text()) == (1, "mine")
    assert "--overwrite" in left.err
    assert command("queue", "--output", str(path), "--overwrite").code == 0
    assert path.read_text("utf-8-sig").startswith("Reference,")


def test_a_year_is_a_workbook_with_a_sheet_for_each_table(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "year.xlsx"
    assert command("summary", "2026/27", "--format", "xlsx", "--output", str(path)).code == 0
    book = load_workbook(path)
    contents = list(book.worksheets[0].iter_rows(min_row=3, values_only=True))
    assert len(contents) == len(book.sheetnames) - 1
    received = next(sheet for sheet in book.worksheets if "Complaints" in [cell.value for cell in sheet["A"]])
    assert next(row[1].value for row in received.iter_rows() if row[0].value == "Complaints") == 3
    withheld = tmp_path / "withheld.xlsx"
    command("summary", "2026/27", "--suppress", "5", "--format", "xlsx", "--output", str(withheld))
    kinds = next(sheet for sheet in load_workbook(withheld).worksheets if sheet.title.endswith("Feedback by kind"))
    assert [row[1].value for row in kinds.iter_rows() if row[0].value == "Complaints"] == ["*"]
