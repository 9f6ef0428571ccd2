"""The file: strict CSV, with the line of whatever is wrong; encodings; files that are something else."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from feedback_tui.exchange import register_csv_read
from feedback_tui.exchange.register_csv import BadRegister, read_register, read_rows, register_template
from feedback_tui.models.register_row import COLUMNS
from feedback_tui.rules.profile import load_profile, shipped_profiles
from tests.exchange.texts import SHROPSHIRE, TODAY, as_csv, only, read, row, wrong

HEADER = b"reference,kind,received_on,description\r\n"
GOOD = b"A-1,comment,2024-03-04,Fine\r\n"


def test_every_bad_cell_is_listed_with_its_line_column_value_and_remedy() -> None:
    rows = [
        only(reference="A-1"),
        only(reference="A-2", kind="grumble", received_on="4/3/24"),
        only(reference="A-3", description="two\nlines"),
        only(reference="A-4", acknowledged_on="2024-03-01"),
    ]
    found = wrong(as_csv(rows))
    assert [(bad.line, bad.column, bad.value) for bad in found] == [
        (3, "kind", "grumble"),
        (3, "received_on", "4/3/24"),
        (6, "acknowledged_on", "2024-03-01"),
    ]
    with pytest.raises(BadRegister) as caught:
        read_register(as_csv(rows), SHROPSHIRE, TODAY)
    text = str(caught.value)
    assert "3 things are wrong" in text
    assert "line 6, acknowledged_on: “2024-03-01” is before received_on (2024-03-04)" in text


def test_columns_may_stand_in_any_order_and_be_left_out() -> None:
    (found,) = read_register(b"kind, Received_On ,reference\ncomment,2024-03-04,A-1\n", SHROPSHIRE, TODAY)
    assert found.reference == "A-1"


def test_line_endings_blank_lines_and_empty_rows_make_no_difference() -> None:
    for ending in (b"\r\n", b"\n", b"\r"):
        data = (HEADER + b"\r\n,,,\r\n" + GOOD + b"\r\n").replace(b"\r\n", ending)
        (found,) = read_register(data, SHROPSHIRE, TODAY)
        assert (found.line, found.reference) == (4, "A-1")


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", 0, "the file is empty"),
        (b" \n\n", 0, "the file is empty"),
        (HEADER, 0, "no row under the header"),
        (HEADER + b",,,\n", 0, "no row under the header"),
        (HEADER + GOOD + b'A-2,comment,2024-03-04,"Open\n' + GOOD, 3, "a quote is opened in this row and never closed"),
        (HEADER + b'A-2,comment,2024-03-04,"a"b\n', 2, "write a quote inside a cell twice"),
        (HEADER + GOOD + b"A-2,comment\n", 3, "has 2 cells, and the header 4"),
        (HEADER + b"A-2,comment,2024-03-04,x,y,z\n", 2, "has 6 cells, and the header 4"),
        (HEADER + b'A-2,comment,2024-03-04,"' + b"x" * 140_000 + b'"\n', 2, "far too long"),
        (b"reference;kind;received_on\nA;comment;2024-03-04\n", 1, "separated by semicolons: separate them by commas"),
        (b"reference\tkind\tReceived_on\nA\tcomment\t2024-03-04\n", 1, "separated by tabs"),
        (b"Name,Age\nAnn,3\n", 1, "is not the header of a register"),
        (b"PK\x03\x04\x14\x00", 0, "save it from the spreadsheet as “CSV UTF-8”"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", 0, "old spreadsheet"),
        (b"SQLite format 3\x00", 0, "a database"),
        (b"\x00\x01\x02\x03\n\xff", 0, "it is not a text"),
        (bytes(range(1, 256)) * 4, 1, "is not the header of a register"),
    ],
)
def test_what_is_no_register_is_said_with_its_line(data: bytes, line: int, said: str) -> None:
    found = wrong(data)
    assert found[0].line == line
    assert said in found[0].words


@pytest.mark.parametrize(
    ("header", "column", "said"),
    [
        ("reference,kind,received_on,recieved_by", "recieved_by", "not a column of the register: did you mean"),
        ("reference,kind,received_on,zzz", "zzz", "the columns are reference, kind"),
        ("reference,kind,received_on,kind", "kind", "stands twice"),
        ("reference,kind", "received_on", "this column is missing"),
        ("reference,kind,received_on,", "", "column 4 has no name"),
    ],
)
def test_a_wrong_header_is_said_column_by_column(header: str, column: str, said: str) -> None:
    (bad,) = wrong(f"{header}\nA,comment,2024-03-04,x\n".encode())
    assert (bad.line, bad.column) == (1, column)
    assert said in bad.words


def test_a_nul_is_found_where_it_stands() -> None:
    (bad,) = wrong(HEADER + GOOD + b"A-2,comment,2024-03-04,a\x00b\n")
    assert (bad.line, bad.column) == (3, "description")


def test_a_reference_stands_once_whatever_its_capitals() -> None:
    (bad,) = wrong(as_csv([only(reference="a-1"), only(reference="A-1")]))
    assert (bad.line, bad.column, bad.value) == (3, "reference", "A-1")
    assert "line 2" in bad.words


def test_utf_8_with_and_without_a_byte_order_mark() -> None:
    data = as_csv([row(customer_name="Siân Łucja 大文")])
    for beginning in (b"", codecs.BOM_UTF8):
        (found,) = read_register(beginning + data, SHROPSHIRE, TODAY)
        assert found.customer_name == "Siân Łucja 大文"


def test_cp1252_is_recognised_and_read_when_named() -> None:
    data = as_csv([row(), row(reference="A-2", customer_name="Zoë", description="£5 – no")])
    data = data.decode().encode("cp1252")
    found = wrong(data)
    assert [(bad.line, bad.column) for bad in found] == [(3, "customer_name"), (3, "description")]
    assert "--encoding cp1252, which makes this “Zoë”" in found[0].words
    assert read_register(data, SHROPSHIRE, TODAY, encoding="cp1252")[1].description == "£5 – no"


def test_utf_16_is_recognised_and_read_when_named() -> None:
    data = as_csv([row(customer_name="Zoë")]).decode().encode("utf-16")
    (bad,) = wrong(data)
    assert "--encoding utf-16" in bad.words
    assert read_register(data, SHROPSHIRE, TODAY, encoding="utf-16")[0].customer_name == "Zoë"


def test_encodings_that_are_not_read() -> None:
    assert "use utf-8, cp1252, utf-16" in wrong(as_csv([row()]), encoding="klingon")[0].words
    assert "use utf-8, cp1252, utf-16" in wrong(as_csv([row()]), encoding="zip")[0].words
    (bad,) = wrong(HEADER + b"A-1,comment,2024-03-04,\x81\n", encoding="cp1252")
    assert (bad.line, bad.words[:18]) == (2, "this is not cp1252")


def test_a_utf_8_mark_says_more_than_a_wrong_encoding() -> None:
    data = codecs.BOM_UTF8 + as_csv([row(customer_name="Zoë")])
    assert read_register(data, SHROPSHIRE, TODAY, encoding="cp1252")[0].customer_name == "Zoë"


def test_a_file_that_is_missing_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv([row()]))
    assert read_register(file, SHROPSHIRE, TODAY) == read_register(str(file), SHROPSHIRE, TODAY) == read(row())
    for missing in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(BadRegister, match="cannot be read"):
            read_register(missing, SHROPSHIRE, TODAY)
    monkeypatch.setattr(register_csv_read, "LARGEST_FILE", 10)
    with pytest.raises(BadRegister, match="larger than"):
        read_register(file, SHROPSHIRE, TODAY)


def test_the_template_imports_cleanly_under_every_profile() -> None:
    text = register_template()
    assert text.splitlines()[0] == ",".join(COLUMNS)
    for key in shipped_profiles():
        (found,) = read_register(text.encode(), load_profile(key), TODAY)
        assert len(found.points) == 2


def test_rows_that_are_no_file_are_read_the_same() -> None:
    assert read_rows([row()], SHROPSHIRE, TODAY) == read(row())
    with pytest.raises(BadRegister) as caught:
        read_rows([row(), row(reference="B", outcome="maybe", teams="x")], SHROPSHIRE, TODAY)
    assert [(bad.line, bad.column) for bad in caught.value.problems] == [(3, "teams"), (3, "outcome")]


def test_hostile_text_in_a_file_is_shown_and_does_nothing() -> None:
    (bad,) = wrong(HEADER + b"A-1,\x1b]0;PWNED\x07[red]x,2024-03-04,y\n")
    assert "\x1b" not in str(bad)
    assert "[red]x" in str(bad)
