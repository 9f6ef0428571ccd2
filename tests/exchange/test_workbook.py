"""A sheet is read to its last row and column, whatever its file says of its size; what is damaged is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from feedback_tui.desk.case_list import cases
from feedback_tui.exchange.column_mapping import proposed
from feedback_tui.exchange.council_lists import read_list
from feedback_tui.exchange.import_export import bring_in
from feedback_tui.exchange.register_csv import BadRegister
from feedback_tui.storage.register import Register
from tests.conftest import actor_on
from tests.exchange.books import cell, row, sheet, written

DATA = Path(__file__).parent / "data"
ROWS = row(1, "Ref", "Type", "Details") + "".join(row(n, f"R{n}", "enquiry", f"the {n}th") for n in range(2, 7))
FIVE = tuple((n, {"Ref": f"R{n}", "Type": "enquiry", "Details": f"the {n}th"}) for n in range(2, 7))


def test_a_sheet_that_says_that_it_has_three_rows_gives_its_five_cases(shropshire: Register) -> None:
    listed = DATA / "dimension_says_3_rows.xlsx"
    mapping = proposed(read_list(listed).headings)
    assert bring_in(actor_on(shropshire, date(2026, 1, 5)), listed, mapping=mapping).startswith("5 cases imported")
    assert {row.reference for row in cases(shropshire, date(2026, 1, 5))} == {f"D-{n}" for n in range(1, 6)}


@pytest.mark.parametrize(
    "said", ["A1:C2", "A1", "A1:A6", "B2:C3", "A1:XFD1048576", "C6:C6", "A5:C6", "A1:ZZZ99999999", ""]
)
def test_whatever_a_sheet_says_of_its_size_all_of_it_is_read(tmp_path: Path, said: str) -> None:
    before = f'<dimension ref="{said}"/>' if said else ""
    assert read_list(written(tmp_path / "list.xlsx", sheet(ROWS, before))).rows == FIVE


def test_rows_and_cells_in_another_order_or_without_their_numbers_are_read_too(tmp_path: Path) -> None:
    no_numbers = "".join(
        f"<row>{''.join(f'<c t={chr(34)}inlineStr{chr(34)}><is><t>{text}</t></is></c>' for text in texts)}</row>"
        for texts in (("Ref", "Type", "Details"), *((f"R{n}", "enquiry", f"the {n}th") for n in range(2, 7)))
    )
    assert read_list(written(tmp_path / "plain.xlsx", sheet(no_numbers))).rows == FIVE
    mixed = (
        row(1, "Ref", "Type", "Details")
        + row(4, "R4", "enquiry", "the 4th")
        + f'<row r="2">{cell("C2", "the 2th")}{cell("A2", "R2")}{cell("B2", "enquiry")}</row>'
    )
    assert read_list(written(tmp_path / "mixed.xlsx", sheet(mixed))).rows == (FIVE[2], FIVE[0])


def test_a_gap_keeps_the_numbers_of_the_rows(tmp_path: Path) -> None:
    rows = row(3, "Ref", "Type") + row(1_048_576, "R1", "enquiry")
    found = read_list(written(tmp_path / "list.xlsx", sheet(rows)))
    assert found.rows == ((1_048_576, {"Ref": "R1", "Type": "enquiry"}),)


def test_a_cell_that_stands_twice_is_damage(tmp_path: Path) -> None:
    rows = row(1, "Ref", "Type") + f'<row r="2">{cell("A2", "R1")}{cell("A2", "R2")}</row>'
    with pytest.raises(BadRegister, match="the sheet “Complaints” is damaged"):
        read_list(written(tmp_path / "list.xlsx", sheet(rows)))


@pytest.mark.parametrize(("at", "said"), [("xl/worksheets/sheet1.xml", "“Complaints”"), ("xl/styles.xml", "is ")])
def test_a_damaged_file_says_so_and_where(tmp_path: Path, at: str, said: str) -> None:
    path = written(tmp_path / "list.xlsx", sheet(ROWS))
    data = bytearray(path.read_bytes())
    place = data.index(at.encode()) + len(at) + 8
    data[place] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(BadRegister, match=said):
        read_list(path)
