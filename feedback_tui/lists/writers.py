"""A list as CSV, xlsx or JSON, every word whole, and the file that holds it.

CSV: lines end with CR LF (RFC 4180); a file begins with a byte order mark, without which Excel reads UTF-8 as Windows
text; a word that a spreadsheet would run as a formula has one quote before it, as in the register's CSV. xlsx: dates
and numbers are dates and numbers, every word is text and never a formula, the headings stay in view. JSON: a list of
objects, the keys are the names of the columns.
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
    """Lines of cells as CSV, without a byte order mark."""
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
    """The list as CSV: its headings, then a line for each row."""
    headings = [column.heading for column in listing.sheet_columns]
    return csv_lines(chain([headings], listing.cells(progress)))


def list_json(listing: Listing[Any]) -> str:
    """The list as JSON."""
    return json_text(plain_rows(listing))


def list_file(listing: Listing[Any], format: ListFormat, progress: Progress = quietly) -> str | bytes:
    """What a file of this format holds. Raises TooLongForXlsx."""
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
    """Writes the list to a file that is there whole or not at all, and says in a sentence what was written where.

    Raises RegisterError where a file is there and `overwrite` does not say to replace it, or where it cannot be
    written; TooLongForXlsx.
    """
    from feedback_tui.storage.maintenance.atomic_files import write_output

    write_output(path, list_file(listing, format, progress), overwrite=overwrite)
    return written(len(listing.rows), path)


def written(rows: int, path: Path) -> str:
    """The sentence for what was written."""
    return f"{rows:,} row{'' if rows == 1 else 's'} written to {path.expanduser().absolute()}."
