"""Writes a list as CSV, xlsx or JSON, with full text, to a file.

CSV: lines end with CR LF (RFC 4180). A file begins with a byte order mark, without which Excel reads UTF-8 as Windows
text. Text that a spreadsheet would run as a formula gets a quote before it, as in the register's CSV. xlsx: dates and
numbers have their own types, text is never a formula, and the headings stay in view. JSON: a list of objects with the
column names as keys.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from feedback_tui.lists.columns import Listing, Progress, Value, plain_rows, quietly, yes_or_no
from feedback_tui.lists.formats import ListFormat
from feedback_tui.lists.json_text import json_text
from feedback_tui.text import guarded, safe_text

BYTE_ORDER_MARK = "\ufeff"


def csv_lines(lines: Iterable[Sequence[Value]]) -> str:
    """Returns lines of cells as CSV, without a byte order mark."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_csv_cell(value) for value in line] for line in lines)
    return out.getvalue()


def _csv_cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return yes_or_no(value)
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
        case datetime():
            return f"{value.astimezone():%Y-%m-%d %H:%M:%S}"
        case date():
            return value.isoformat()
        case str():
            return guarded(safe_text(value))
        case _:
            return guarded(safe_text("; ".join(value)))


def list_csv(listing: Listing[Any], progress: Progress = quietly) -> str:
    """Returns the list as CSV: headings, then one line for each row; no byte order mark."""
    headings = [column.heading for column in listing.sheet_columns]
    return csv_lines(chain([headings], listing.cells(progress)))


def list_json(listing: Listing[Any]) -> str:
    """Returns the list as JSON."""
    return json_text(plain_rows(listing))


def list_file(listing: Listing[Any], format: ListFormat, progress: Progress = quietly) -> str | bytes:
    """Returns the content of a file in this format. Raises TooLongForXlsx."""
    match format:
        case ListFormat.CSV:
            return BYTE_ORDER_MARK + list_csv(listing, progress)
        case ListFormat.XLSX:
            from feedback_tui.lists.xlsx import workbook

            return workbook([listing], progress)
        case ListFormat.JSON:
            return list_json(listing) + "\n"


def write_list(
    listing: Listing[Any], format: ListFormat, path: Path, *, overwrite: bool = False, progress: Progress = quietly
) -> str:
    """Writes the list to a file, completely or not at all. Returns a sentence with the number of rows and the path.

    Raises RegisterError if the file exists and `overwrite` is false, or if it cannot be written; TooLongForXlsx.
    """
    from feedback_tui.storage.maintenance.atomic_files import write_output

    write_output(path, list_file(listing, format, progress), overwrite=overwrite)
    return written(len(listing.rows), path)


def written(rows: int, path: Path) -> str:
    """Returns the sentence after writing."""
    return f"{rows:,} row{'' if rows == 1 else 's'} written to {path.expanduser().absolute()}."
