"""Whatever a row holds stands in the file: whole words, nothing that a spreadsheet runs, real dates and numbers."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from feedback_tui.lists.columns import ListColumn, Listing, UnknownColumn
from feedback_tui.lists.formats import ListFormat
from feedback_tui.lists.writers import list_csv, list_json, write_list
from feedback_tui.lists.xlsx import LONGEST_CELL, TooLongForXlsx, workbook
from feedback_tui.storage.maintenance.atomic_files import AlreadyThere
from feedback_tui.text import guarded, safe_text, unguarded

HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "'=1", "\tx", "[/]", "[bold red]x", "مرحبا بالعالم", "\x1b]0;x\x07", "a\nb\r\nc",
    '"quoted", and; more', "#N/A", "TRUE", "2026-04-01", "00123", "_x0041_", "\u202egnp", "\ufffe\uffff", "\ud800",
    " x ",    "👩🏾‍🦽", "x" * 5000, "",
)  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """A row of a list."""

    words: str
    on: date | None = None
    number: int = 0


COLUMNS: tuple[ListColumn[Thing], ...] = (
    ListColumn("words", "Words", lambda thing: thing.words, holds_names=True),
    ListColumn("on", "On", lambda thing: thing.on),
    ListColumn("number", "Number", lambda thing: thing.number, words=lambda thing: thing.number + 1),
)


def listing(*things: Thing) -> Listing[Thing]:
    return Listing("Things", COLUMNS, things)


def list_xlsx(made: Listing[Any]) -> bytes:
    return workbook([made])


def sheets(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def rows_of(data: bytes) -> list[tuple[Any, ...]]:
    return list(sheets(data).worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stand_whole_in_every_format(words: str) -> None:
    made = listing(Thing(words))
    (_, line) = csv.reader(io.StringIO(list_csv(made), newline=""))
    assert line[0] == guarded(safe_text(words))
    assert unguarded(line[0]) == safe_text(words)
    cell = sheets(list_xlsx(made)).worksheets[0]["A2"]
    told = safe_text(words).replace("\ufffe", "�").replace("\uffff", "�").replace("_x0041_", "_x005F_x0041_")
    assert (cell.value or "") == told
    assert cell.data_type in ("s", "inlineStr", "n" if not told else "s"), "a word is never a formula or an error"
    (row,) = json.loads(list_json(made))
    assert row["words"] == words.replace("\ud800", "?")


@given(st.lists(st.tuples(st.text(max_size=30), st.none() | st.dates(date(1900, 3, 1)), st.integers(-9999, 9999))))
@settings(max_examples=25, deadline=None)
def test_any_rows_come_back_from_a_spreadsheet_as_they_were(found: list[tuple[str, date | None, int]]) -> None:
    made = listing(*(Thing(*each) for each in found))
    lines = list(csv.reader(io.StringIO(list_csv(made), newline="")))
    assert lines[0] == ["Words", "On", "Number"]
    expected = [[safe_text(words), day.isoformat() if day else "", str(number + 1)] for words, day, number in found]
    assert [[unguarded(words), day, number] for words, day, number in lines[1:]] == expected


def test_dates_and_numbers_of_a_workbook_are_dates_and_numbers() -> None:
    at = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)
    values: list[Any] = [date(2026, 4, 1), -3, Decimal("12.5"), True, at, ("a", "b"), None]
    columns = tuple(ListColumn(f"c{n}", f"C{n}", itemgetter(n)) for n in range(len(values)))
    made: Listing[Any] = Listing("x", columns, [values])
    sheet = sheets(list_xlsx(made)).worksheets[0]
    found = [cell.value for cell in sheet[2]]
    local = at.astimezone().replace(tzinfo=None)
    assert found == [datetime.fromisoformat("2026-04-01"), -3, 12.5, "yes", local, "a; b", None]
    assert sheet["A2"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "A2"
    (_, line) = csv.reader(io.StringIO(list_csv(made)))
    assert line == ["2026-04-01", "-3", "12.5", "yes", f"{local:%Y-%m-%d %H:%M:%S}", "a; b", ""]
    (row,) = json.loads(list_json(made))
    assert row["c3"] is True
    assert row["c5"] == ["a", "b"]


def test_what_a_cell_cannot_hold_is_refused_and_never_cut() -> None:
    assert rows_of(list_xlsx(listing(Thing("x" * LONGEST_CELL))))[1][0] == "x" * LONGEST_CELL
    with pytest.raises(TooLongForXlsx, match="choose CSV or JSON"):
        list_xlsx(listing(Thing("x" * (LONGEST_CELL + 1))))


def test_each_sheet_of_a_workbook_has_a_name_of_its_own() -> None:
    long = "A caption of a table: with [signs] that are / not allowed, and too long"
    made = workbook([Listing(name, COLUMNS, ()) for name in (long, long, "", "'quoted'")])
    names = sheets(made).sheetnames
    assert names == ["A caption of a table with signs", "A caption of a table with sig 2", "List", "quoted"]
    assert max(map(len, names)) <= 31


def test_columns_are_chosen_by_name_in_the_order_asked_for() -> None:
    made = listing(Thing("a", date(2026, 4, 1), 1)).with_columns(["number", "words"])
    assert list_csv(made) == "Number,Words\r\n2,a\r\n"
    assert json.loads(list_json(made)) == [{"number": 1, "words": "a"}]
    with pytest.raises(UnknownColumn, match="Its columns: words, on, number"):
        listing().with_columns(["nmber"])


def test_the_columns_with_names_can_be_left_out() -> None:
    assert list_csv(listing(Thing("Ann Lee")).without_names()) == "On,Number\r\n,1\r\n"


@pytest.mark.parametrize("format", ListFormat)
def test_a_file_is_there_whole_for_this_user_and_replaces_nothing_unasked(tmp_path: Path, format: ListFormat) -> None:
    path = tmp_path / f"list.{format}"
    said = write_list(listing(Thing("a"), Thing("b")), format, path)
    assert said == f"2 rows written to {path}."
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(AlreadyThere):
        write_list(listing(), format, path)
    assert write_list(listing(Thing("c")), format, path, overwrite=True) == f"1 row written to {path}."
    begins = {"csv": b"\xef\xbb\xbfWords,", "xlsx": b"PK", "json": b"[\n"}[format]
    assert path.read_bytes().startswith(begins)


def test_writing_can_be_stopped_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def stop(rows: int) -> None:
        raise InterruptedError(rows)

    for format in (ListFormat.CSV, ListFormat.XLSX):
        with pytest.raises(InterruptedError):
            write_list(listing(Thing("a")), format, tmp_path / "x", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_no_word_goes_through_the_folder_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", None)
    assert rows_of(list_xlsx(listing(Thing("Ann Lee"))))[1][0] == "Ann Lee"
