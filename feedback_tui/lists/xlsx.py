"""Lists as an Excel workbook: dates and numbers are dates and numbers, every word is text, the headings stay in view.

openpyxl is imported here and where an xlsx is read, never before: most commands would take twice as long to start. By
itself it writes each sheet to a plain file in the folder for temporary files first; people's words are kept in memory
here until the whole workbook is written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from feedback_tui.lists.columns import TOLD_EVERY, Listing, Progress, Value, quietly, yes_or_no
from feedback_tui.plain_error import PlainError
from feedback_tui.text import guarded, one_line, safe_text

LONGEST_CELL, MOST_ROWS = 32_767, 1_048_576
"""Characters of a cell, and rows of a sheet with that of the headings: the limits of Excel."""
WIDEST = 60
"""Characters that a column is wide at most; its words are whole all the same."""
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook takes for the beginning of an escaped character (ECMA-376, 22.9.2.19)."""
_BOLD, _LINES = Font(bold=True), Alignment(vertical="top", wrap_text=True)


class TooLongForXlsx(PlainError):
    """A workbook cannot hold it whole."""


def workbook(listings: Iterable[Listing[Any]], progress: Progress = quietly) -> bytes:
    """A workbook with a sheet for each list. Raises TooLongForXlsx."""
    book = Workbook(write_only=True)
    names: set[str] = set()
    for listing in listings:
        if len(listing.rows) >= MOST_ROWS:
            raise TooLongForXlsx(
                f"{len(listing.rows):,} rows are more than a sheet of a workbook takes ({MOST_ROWS - 1:,}). Nothing "
                "was written: filter the list, or choose CSV."
            )
        _fill(book.create_sheet(_sheet_name(listing.title, names)), listing, progress)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        _InMemory(book, archive).save()
    return out.getvalue()


class _InMemory(ExcelWriter):  # type: ignore[misc]
    """Writes sheets that are in memory."""

    def write_worksheet(self, sheet: Any) -> None:
        """Puts a sheet into the archive; called by `save`."""
        sheet._drawing = SpreadsheetDrawing()
        sheet._rels = sheet._writer._rels
        self._archive.writestr(sheet.path[1:], sheet._writer.out.getvalue())
        self.manifest.append(sheet)


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, and none of two sheets, whatever its capitals."""
    plain = one_line(_NOT_IN_XML.sub("", _NOT_IN_A_SHEET_NAME.sub(" ", title))).strip("'") or "List"
    name, number = plain[:31].rstrip(), 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: 31 - len(str(number)) - 1].rstrip()} {number}"
    taken.add(name.casefold())
    return name


def _fill(sheet: Any, listing: Listing[Any], progress: Progress) -> None:
    columns = listing.sheet_columns
    lines = list(listing.cells())
    for place, column in enumerate(columns):
        longest = max([len(column.heading), *(_width(line[place]) for line in lines)])
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(longest, WIDEST) + 2
    sheet.freeze_panes = "A2"
    sheet._writer = WorksheetWriter(sheet, io.BytesIO())
    sheet._writer.write_top()
    try:
        sheet.append([_heading(sheet, column.heading) for column in columns])
        for number, line in enumerate(lines):
            if not number % TOLD_EVERY:
                progress(number)
            sheet.append([_cell(sheet, value) for value in line])
    finally:
        # What is begun is ended, also where it is stopped.
        sheet.close()


def _heading(sheet: Any, words: str) -> Any:
    made = _cell(sheet, words)
    made.font = _BOLD
    return made


def _cell(sheet: Any, value: Value) -> Any:
    made = WriteOnlyCell(sheet)
    match value:
        case bool():
            _write(made, yes_or_no(value))
        case datetime():
            made.value = value.astimezone().replace(tzinfo=None)
            made.number_format = "yyyy-mm-dd hh:mm:ss"
        case date():
            made.value = value
            made.number_format = "yyyy-mm-dd"
        case str():
            _write(made, value)
        case None | int() | Decimal():
            made.value = value
        case _:
            _write(made, "; ".join(value))
    return made


def _write(cell: Any, words: str) -> None:
    """Writes words as text, whatever a spreadsheet would take them for. Raises TooLongForXlsx."""
    text = _NOT_IN_XML.sub("\ufffd", safe_text(words))
    if len(text) > LONGEST_CELL:
        raise TooLongForXlsx(
            f"A cell of a workbook holds {LONGEST_CELL:,} characters, and one of these has {len(text):,}. Nothing was "
            "written: choose CSV or JSON, which hold it whole."
        )
    cell.value = _ESCAPE.sub("_x005F_", text)
    # Without this it takes a word that begins with “=” for a formula, and “#N/A” for an error.
    cell.data_type = "s"
    if guarded(text) != text:
        # Then a spreadsheet keeps it text when the cell is edited, too.
        cell.quotePrefix = True
    if "\n" in text:
        cell.alignment = _LINES


def _width(value: Value) -> int:
    """Characters of the widest line of a cell, counted no further than a column is wide."""
    match value:
        case None:
            return 0
        case datetime():
            return 19
        case date():
            return 10
        case str():
            return max(map(len, value[: WIDEST * 4].split("\n")))
        case _:
            return len(str(value))
