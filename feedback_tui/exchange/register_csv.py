"""The register as CSV, in and out: UTF-8, one row a case, the columns of the contract.

What is written is the same bytes for the same cases: ordered by date of receipt, then reference; lines end with CR LF,
as RFC 4180 has it. A cell that a spreadsheet would run has a quote before it, which reading takes off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from feedback_tui.casework.stored_rows import AT_ONCE, cases_in_order, stored_rows
from feedback_tui.exchange.register_csv_cells import cells
from feedback_tui.exchange.register_csv_read import ENCODINGS, BadCell, BadRegister, read_register, read_rows
from feedback_tui.models.register_row import COLUMNS
from feedback_tui.storage.files import write_safely
from feedback_tui.storage.register import Register
from feedback_tui.text import guarded

__all__ = [
    "COLUMNS",
    "ENCODINGS",
    "BadCell",
    "BadRegister",
    "read_register",
    "read_rows",
    "register_csv",
    "register_template",
    "write_register",
]
_EXAMPLE = {
    "reference": "EXAMPLE-1",
    "kind": "complaint",
    "received_on": "2024-04-02",
    "channel": "email",
    "customer_name": "Example Customer",
    "correspondent_name": "Example Daughter",
    "correspondent_role": "family",
    "team": "First team;Second team",
    "category": "Category > Sub-category;Another category",
    "description": "An example: replace this row with your own.",
    "acknowledged_on": "2024-04-04",
}


def register_csv(register: Register, progress: Callable[[int], None] | None = None) -> tuple[str, int]:
    """The register as CSV, and the number of its cases; those logged in error are left out.

    `progress` is told now and then how many cases are written; an error that it raises ends it.
    """
    with register.reading() as session:
        ids = cases_in_order(session)
        pieces = [_lines([list(COLUMNS)])]
        for number, rows in enumerate(stored_rows(session, ids)):
            if progress is not None:
                progress(number * AT_ONCE)
            pieces.append(_lines([guarded(cell) for cell in cells(row)] for row in rows.values()))
    return "".join(pieces), len(ids)


def write_register(register: Register, path: Path, progress: Callable[[int], None] | None = None) -> int:
    """Writes the register as CSV to a file that is there whole or not at all, and gives the number of cases.

    Replaces what is there. Raises RegisterError where it cannot be written.
    """
    text, count = register_csv(register, progress)
    write_safely(path, text)
    return count


def register_template() -> str:
    """A register to fill in: the header, and one row that shows how points stand side by side."""
    return _lines([list(COLUMNS), [_EXAMPLE.get(column, "") for column in COLUMNS]])


def _lines(rows: Iterable[list[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
