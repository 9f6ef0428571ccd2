"""What packs a little into very much is refused in a sentence, in time and memory; honest large lists are read."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest

from feedback_tui.exchange import file_limits, xlsx_reader
from feedback_tui.exchange.council_lists import read_list
from feedback_tui.exchange.file_limits import Clock, CsvLines, TooLarge
from feedback_tui.exchange.register_csv import BadRegister, read_register
from feedback_tui.exchange.register_json import BadExport, read_json
from feedback_tui.rules.profile import load_profile
from tests.exchange.books import NAMESPACE, STYLES, cell, row, sheet, written

MOST_MEMORY = 100_000_000
"""Bytes that a refusal may take."""
HEAD = row(1, "Ref", "Type")
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
MANY, MOST = 2_000_000, 100_000
"""Bytes of a part that is nothing but elements, and the most of them that these tests allow: a fraction of the real
limits, at which each would take seconds."""


def of_elements(root: str, element: str, size: int = MANY) -> str:
    return f'<{root} xmlns="{NAMESPACE}">{element * (size // len(element))}</{root}>'


BOMBS: dict[str, tuple[str, dict[str, str | bytes], str]] = {
    "a sheet of empty cells in one row": (
        sheet(f'{HEAD}<row r="2">{"<c/>" * (MANY // 4)}</row>'), {}, "more than 16,384 columns",
    ),
    "a sheet of empty rows": (sheet(HEAD + "<row/>" * (MOST + 1)), {}, "more than 100,000 parts"),
    "a sheet that unpacks to more than it may": (
        sheet(f'{HEAD}<row r="2">{cell("A2", "x" * 25_000_000)}</row>'), {}, "unpacks to more than 25 MB",
    ),
    "texts by the million": (
        sheet(HEAD), {"xl/sharedStrings.xml": of_elements("sst", "<si/>")}, "more than 100,000 parts",
    ),
    "styles by the million": (sheet(HEAD), {"xl/styles.xml": of_elements("styleSheet", "<xf/>")}, "300,000 parts"),
    "sheets by the million": (sheet(HEAD), {"xl/workbook.xml": of_elements("workbook", "<s/>")}, "300,000 parts"),
    "entities in the sheet": (f"{ENTITIES}<worksheet>&j;</worksheet>", {}, "defines entities"),
    "entities in the styles": (sheet(HEAD), {"xl/styles.xml": ENTITIES + STYLES}, "defines entities"),
    "entities in UTF-16": (
        sheet(HEAD), {"xl/styles.xml": f'<?xml version="1.0" encoding="utf-16"?>{ENTITIES}<s/>'.encode("utf-16")},
        "defines entities",
    ),
    "an entity of a file": (
        sheet(HEAD), {"xl/styles.xml": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'},
        "defines entities",
    ),
    "one cell in the last column": (sheet(HEAD + f'<row r="2">{cell("XFD2", "x")}</row>'), {}, "column XFD"),
    "one cell in the last row and column": (
        sheet(HEAD + f'<row r="1048576">{cell("XFD1048576", "x")}</row>', '<dimension ref="A1:XFD1048576"/>'), {},
        "line 1048576: something stands in column XFD, and a list has at most 500 columns",
    ),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_spreadsheet_that_is_a_bomb_is_refused_with_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bomb: str
) -> None:
    monkeypatch.setattr(xlsx_reader, "MOST_ELEMENTS", MOST)
    monkeypatch.setattr(xlsx_reader, "MOST_UNPACKED", 25_000_000)
    content, parts, said = BOMBS[bomb]
    path = written(tmp_path / "list.xlsx", content, parts)
    tracemalloc.start()
    try:
        with pytest.raises(BadRegister) as caught:
            read_list(path)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert said in str(caught.value)
    assert most < MOST_MEMORY


def test_sizes_that_an_archive_states_falsely_are_not_believed(tmp_path: Path) -> None:
    """A part that says that it is small is read no further than it says, and is damage."""
    path = written(tmp_path / "list.xlsx", sheet(HEAD + "<row/>" * 100_000))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(bytes(data).replace(size, (2000).to_bytes(4, "little")))
    with pytest.raises(BadRegister, match="the sheet “Complaints” is damaged"):
        read_list(path)


def test_more_filled_cells_than_a_list_may_have_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reader, "MOST_CELLS", 5)
    rows = HEAD + row(2, "A", "enquiry") + row(3, "B", "enquiry")
    with pytest.raises(BadRegister, match="line 3: it has more than 5 cells, which is the limit: divide the list"):
        read_list(written(tmp_path / "list.xlsx", sheet(rows)))


def test_an_honest_large_list_is_within_every_limit() -> None:
    """20,000 rows of 60 columns, with texts of their own: two to four elements a cell, and a hundred bytes."""
    cells = 20_000 * 60
    assert cells * 2 < file_limits.MOST_CELLS
    assert cells * 4 + 20_000 < file_limits.MOST_ELEMENTS
    assert cells * 100 < file_limits.MOST_UNPACKED
    assert file_limits.MOST_COLUMNS > 60


def test_a_large_list_is_read(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}">{"".join(f"<c><v>{n}</v></c>" for _ in range(60))}</row>' for n in range(2, 502))
    head = "".join(cell(f"{chr(65 + n // 26 - 1) if n > 25 else ''}{chr(65 + n % 26)}1", f"H{n}") for n in range(60))
    found = read_list(written(tmp_path / "list.xlsx", sheet(f'<row r="1">{head}</row>{rows}')))
    assert (len(found.headings), len(found.rows), found.rows[-1][1]["H59"]) == (60, 500, "501")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ref,Type\n" + "," * 5_000_000, "more than 2,000,000 characters"),
        ("Ref,Type\n" + '"x\n",' * 500_000, "more than 2,000,000 characters"),
        ("Ref,Type\n" + "x," * 900, "this row has 901 columns, and a list has at most 500"),
    ],
    ids=["one line", "one row of many lines", "columns"],
)
def test_a_list_in_csv_that_is_a_bomb_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(BadRegister, match=said):
        read_list(path)


def test_so_is_a_register_in_csv() -> None:
    text = b"reference,kind,received_on\n" + b"," * 5_000_000
    with pytest.raises(BadRegister, match="line 2: this row has more than 2,000,000 characters"):
        read_register(text, load_profile("shropshire"), date(2026, 4, 20))


@pytest.mark.parametrize("text", ["", "a", "a\n", "a\r\nb", "a\rb\r", "\r\n\r\n", "\n\ra\r\r\nb", 'a"\r"\n,b\r\n'])
def test_lines_are_those_that_python_finds(text: str) -> None:
    assert list(CsvLines(text)) == list(io.StringIO(text, newline=""))


def test_reading_has_a_limit_of_time() -> None:
    Clock(60).look()
    with pytest.raises(TooLarge, match="longer than -1 minutes, which is the limit: divide the list"):
        Clock(-60).look()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[" + b"[]," * 3_000_000 + b"[]]", "may have at most"),
        (b"{" + b'"":{},' * 2_000_000 + b'"":0}', "may have at most"),
        (b"[" * 200_000, "is not the JSON of a register"),
        (b"9" * 5000, "is not the JSON of a register"),
    ],
    ids=["lists", "objects", "depth", "a number"],
)
def test_an_export_that_is_a_bomb_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "bomb.json"
    path.write_bytes(data)
    tracemalloc.start()
    try:
        with pytest.raises(BadExport, match=said):
            read_json(path, str(tmp_path / "register.db"))
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


def test_what_has_no_end_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(BadExport, match="is no file"):
        read_json(Path("/dev/zero"), str(tmp_path / "register.db"))
