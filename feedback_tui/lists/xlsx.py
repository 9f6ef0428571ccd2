"""Lists as an Excel workbook: dates and numbers have their own types, text stays text, and the headings stay in view.

openpyxl is imported only here and where an xlsx is read, because it doubles the start time of most commands. By default
it writes each sheet to a plain temporary file; here personal text stays in memory until the workbook is written.
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
"""Excel's limits: characters of a cell, and rows of a sheet including the headings."""
WIDEST = 60
"""The greatest width of a column in characters; longer text is not cut."""
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel reads as the start of an escaped character (ECMA-376, 22.9.2.19)."""
_BOLD, _LINES = Font(bold=True), Alignment(vertical="top", wrap_text=True)


class TooLongForXlsx(PlainError):
    """The list exceeds a limit of a workbook."""


def workbook(listings: Iterable[Listing[Any]], progress: Progress = quietly) -> bytes:
    """Returns a workbook with a sheet for each list. Raises TooLongForXlsx."""
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
    """Writes sheets that are held in memory."""

    def write_worksheet(self, sheet: Any) -> None:
        """Adds a sheet to the archive; called by `save`."""
        sheet._drawing = SpreadsheetDrawing()
        sheet._rels = sheet._writer._rels
        self._archive.writestr(sheet.path[1:], sheet._writer.out.getvalue())
        self.manifest.append(sheet)


def _sheet_name(title: str, taken: set[str]) -> str:
    """Returns a name for a sheet that Excel accepts: at most 31 characters, unique ignoring upper and lower case."""
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
        # The sheet must be closed even if writing was stopped.
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
    """Writes text as text, even if it looks like a formula or error. Raises TooLongForXlsx."""
    text = _NOT_IN_XML.sub("\ufffd", safe_text(words))
    if len(text) > LONGEST_CELL:
        raise TooLongForXlsx(
            f"A cell of a workbook holds {LONGEST_CELL:,} characters, and one of these has {len(text):,}. Nothing was "
            "written: choose CSV or JSON, which hold it whole."
        )
    cell.value = _ESCAPE.sub("_x005F_", text)
    # Without this, openpyxl takes text that begins with “=” for a formula, and “#N/A” for an error.
    cell.data_type = "s"
    if guarded(text) != text:
        # It then stays text when the cell is edited in a spreadsheet.
        cell.quotePrefix = True
    if "\n" in text:
        cell.alignment = _LINES


def _width(value: Value) -> int:
    """Returns the length of the longest line of a cell; only the beginning of long text is measured."""
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
