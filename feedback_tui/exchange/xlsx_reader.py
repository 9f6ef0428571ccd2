"""Reads a sheet of a spreadsheet (.xlsx) to its last row and column, without trusting the size stated in the file.

Only what is needed is unpacked: the list of sheets, the styles (which cells are dates), the texts, the one sheet. Each
part is scanned before it is parsed, so that a small file that unpacks to more than memory is refused; so is one that
defines XML entities, which no spreadsheet program writes.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import iterparse
from xml.parsers import expat

from feedback_tui.exchange.column_mapping import as_text
from feedback_tui.exchange.file_limits import (
    LARGEST_LIST,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ELEMENTS,
    MOST_PARTS_OF_STYLE,
    MOST_UNPACKED,
    Clock,
    TooLarge,
)
from feedback_tui.exchange.register_csv_read import BadCell, BadRegister, bytes_of

_WIDEST = 16_384
"""The most columns of a sheet in the xlsx format."""
_ELEMENTS_OF_A_CELL = 4
_BLOCK = 1 << 20
_PROTECTED = b"\xd0\xcf\x11\xe0"
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, SyntaxError, expat.ExpatError, LookupError, ValueError,
    TypeError, AttributeError, ArithmeticError, OSError, RuntimeError,
)  # fmt: skip
"""The errors raised by reading a file that is no spreadsheet, or is damaged."""


def sheet_rows(path: Path, sheet: str = "") -> Iterator[tuple[int, list[str]]]:
    """Yields the rows of a sheet that have cells, each with its number and its texts up to the last cell with content.

    `sheet` is its name; "" for the first. A formula counts as its last result. Raises BadRegister if it is no
    spreadsheet, is damaged, has no such sheet, or exceeds a limit.
    """
    data = bytes_of(path, LARGEST_LIST)
    if len(data) > LARGEST_LIST:
        raise _refusal(path, f"it is larger than {LARGEST_LIST // 1_000_000} MB, which is the limit: divide it")
    if data.startswith(_PROTECTED):
        words = "it is an old spreadsheet (.xls), or one that opens with a password: save it as .xlsx without one"
        raise _refusal(path, words)
    book = _Workbook(path, data)
    return book.rows(sheet)


class _Workbook:
    """A spreadsheet that is being read. It refuses to unpack more bytes in all than its limit."""

    def __init__(self, path: Path, data: bytes) -> None:
        from openpyxl.packaging.relationship import get_rels_path
        from openpyxl.reader.excel import ExcelReader, _find_workbook_part
        from openpyxl.styles.stylesheet import apply_stylesheet
        from openpyxl.xml.constants import ARC_CONTENT_TYPES, ARC_STYLE, SHARED_STRINGS

        self._path, self._left, self._clock = path, MOST_UNPACKED, Clock()
        what = "it"
        try:
            reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            self._archive: zipfile.ZipFile = reader.archive
            self._look_through(ARC_CONTENT_TYPES, MOST_PARTS_OF_STYLE)
            reader.read_manifest()
            part = _find_workbook_part(reader.package).PartName[1:]
            for name in (part, get_rels_path(part), ARC_STYLE):
                if name in reader.valid_files:
                    self._look_through(name, MOST_PARTS_OF_STYLE)
            what = "its table of texts"
            if (texts := reader.package.find(SHARED_STRINGS)) is not None:
                self._look_through(texts.PartName[1:], MOST_ELEMENTS)
            reader.read_strings()
            what = "its list of sheets"
            reader.read_workbook()
            apply_stylesheet(reader.archive, reader.wb)
            self._reader = reader
            self._sheets = {
                sheet.name: relation.target
                for sheet, relation in reader.parser.find_sheets()
                if relation.target in reader.valid_files and "chartsheet" not in relation.Type
            }
        except TooLarge as error:
            raise _refusal(path, str(error)) from None
        except _DAMAGED:
            said = "is no spreadsheet (.xlsx) that can be read" if what == "it" else "is damaged and cannot be read"
            raise _refusal(path, f"{what} {said}") from None

    def rows(self, wanted: str) -> Iterator[tuple[int, list[str]]]:
        """Returns the rows of the sheet of this name, or of the first. Raises BadRegister if there is none."""
        if not self._sheets:
            raise _refusal(self._path, "it has no sheet with rows")
        if wanted and wanted not in self._sheets:
            there = ", ".join(f"“{name}”" for name in self._sheets)
            raise BadRegister(str(self._path), [BadCell(0, "", wanted, f"is no sheet of it: there are {there}")])
        name = wanted or next(iter(self._sheets))
        return self._within(name)

    def _within(self, name: str) -> Iterator[tuple[int, list[str]]]:
        """Yields the rows of a sheet, within the limits. Raises BadRegister that names the sheet."""
        line = filled = 0
        try:
            self._look_through(self._sheets[name], MOST_ELEMENTS, rows=True)
            for line, cells in self._parsed(name):
                self._clock.look()
                texts = _texts(line, cells)
                filled += sum(1 for text in texts if text)
                if filled > MOST_CELLS:
                    raise TooLarge(f"it has more than {MOST_CELLS:,} cells, which is the limit: divide the list")
                yield line, texts
        except TooLarge as error:
            raise BadRegister(str(self._path), [BadCell(line, "", "", str(error))]) from None
        except _DAMAGED:
            words = f"the sheet “{name}” is damaged and cannot be read to its end: nothing was taken from it"
            raise _refusal(self._path, words) from None

    def _parsed(self, name: str) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Yields the rows in the order of the file: the number of each, and its cells.

        openpyxl's own reader trusts the size stated in the file, and drops rows and cells that are not in the order of
        their numbers.
        """
        from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser

        book = self._reader.wb
        parser = WorkSheetParser(
            None,
            self._reader.shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        in_row = False
        with self._archive.open(self._sheets[name]) as source:
            for event, element in iterparse(source, ("start", "end")):
                if element.tag == ROW_TAG:
                    in_row = event == "start"
                    if not in_row:
                        yield parser.parse_row(element)
                if event == "end" and not in_row:
                    element.clear()

    def _look_through(self, name: str, most: int, rows: bool = False) -> None:
        """Scans a part of the file before it is parsed. Raises TooLarge if it exceeds a limit; or the error of a
        damaged file."""
        counted = in_row = 0
        widest = _WIDEST * _ELEMENTS_OF_A_CELL

        def begins(tag: str, attributes: dict[str, str]) -> None:
            nonlocal counted, in_row
            counted += 1
            in_row = 0 if rows and tag.endswith("row") else in_row + 1
            if counted > most or (rows and in_row > widest):
                what = f"more than {most:,} parts" if counted > most else f"a row of more than {_WIDEST:,} columns"
                raise TooLarge(f"{name} in it has {what}, which is the limit: copy the rows into a new spreadsheet")

        def has_entities(*_: object) -> None:
            raise TooLarge(f"{name} in it defines entities, which no spreadsheet does: it was not read")

        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.StartDoctypeDeclHandler = begins, has_entities
        with self._archive.open(name) as part:
            while block := part.read(_BLOCK):
                self._left -= len(block)
                self._clock.look()
                if self._left < 0:
                    raise TooLarge(
                        f"it unpacks to more than {MOST_UNPACKED // 1_000_000} MB, which is the limit: divide the "
                        "list, or copy its rows into a new spreadsheet"
                    )
                parser.Parse(block, False)
        parser.Parse(b"", True)


def _texts(line: int, cells: list[dict[str, Any]]) -> list[str]:
    """Returns the texts of a row's cells, each at the position of its column. Raises TooLarge for too many columns;
    ValueError if a cell occurs twice."""
    filled = [(cell["column"], text) for cell in cells if (text := as_text(cell["value"])) and not text.isspace()]
    found = dict(filled)
    if len(found) < len(filled):
        raise ValueError("a cell stands twice")
    last = max(found, default=0)
    if last > MOST_COLUMNS:
        from openpyxl.utils import get_column_letter

        raise TooLarge(
            f"something stands in column {get_column_letter(last)}, and a list has at most {MOST_COLUMNS} columns: "
            "take out what stands beyond"
        )
    return [found.get(column, "") for column in range(1, last + 1)]


def _refusal(path: Path, words: str) -> BadRegister:
    return BadRegister(str(path), [BadCell(0, "", "", words)])
