"""The tables for a spreadsheet: one CSV file each with plain numbers, and a file that lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from feedback_tui.lists.columns import Value
from feedback_tui.lists.writers import BYTE_ORDER_MARK, csv_lines
from feedback_tui.reports.document.blocks import Paper
from feedback_tui.reports.list_columns import table_listing
from feedback_tui.text import one_line

LIST = "00-tables.csv"
LONGEST_NAME = 50


def paper_as_csv(whole: Paper) -> dict[str, str]:
    """Returns the text of each file by its name. Names contain only a-z, 0-9 and hyphens, whatever a caption holds."""
    files: dict[str, str] = {}
    listed = [["File", "Section", "Table", "Note"], [LIST, "", whole.title, whole.about]]
    for section in whole.sections:
        for table in section.tables:
            name = f"{len(files) + 1:02}-{_slug(table.caption)}.csv"
            listing = table_listing(table)
            headings = [column.heading for column in listing.columns]
            files[name] = _text([headings, *listing.rows])
            listed.append([name, section.title, table.caption, table.note])
    return {LIST: _text(listed), **files}


def _slug(caption: str) -> str:
    words = re.sub("[^a-z0-9]+", "-", caption.casefold()).strip("-")
    return words[:LONGEST_NAME].rstrip("-") or "table"


def _text(lines: Iterable[Sequence[Value]]) -> str:
    def one_lined(value: Value) -> Value:
        return one_line(value) if isinstance(value, str) else value

    return BYTE_ORDER_MARK + csv_lines([one_lined(value) for value in line] for line in lines)
