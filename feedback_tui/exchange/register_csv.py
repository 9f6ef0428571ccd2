"""The register as CSV, read and written: UTF-8, one row for each case, the columns of the interface contract.

The same cases give the same bytes: ordered by date of receipt, then reference, with CR LF line ends (RFC 4180). A cell
that a spreadsheet would run as a formula gets a quote before it, which reading removes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from feedback_tui.casework.importing.case_to_row import AT_ONCE, cases_in_order, stored_rows
from feedback_tui.exchange.register_csv_cells import cells, optional_cells
from feedback_tui.exchange.register_csv_read import ENCODINGS, BadCell, BadRegister, read_register, read_rows
from feedback_tui.models.register_row import COLUMNS, EVERY_COLUMN, OPTIONAL
from feedback_tui.storage.maintenance.atomic_files import write_safely
from feedback_tui.storage.register import Register
from feedback_tui.text import guarded

__all__ = [
    "COLUMNS",
    "ENCODINGS",
    "EVERY_COLUMN",
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
    """Returns the register as CSV, and the number of its cases; void cases are left out.

    `progress` is called with the number of cases written; an error that it raises stops the work.
    """
    with register.reading() as session:
        ids = cases_in_order(session)
        lines = _Lines()
        for number, rows in enumerate(stored_rows(session, ids)):
            if progress is not None:
                progress(number * AT_ONCE)
            for row in rows.values():
                lines.add(map(guarded, cells(row)), list(map(guarded, optional_cells(row))))
    return lines.text(), len(ids)


def write_register(register: Register, path: Path, progress: Callable[[int], None] | None = None) -> int:
    """Writes the register as CSV to a file, completely or not at all, and returns the number of cases.

    An existing file is replaced. Raises RegisterError if it cannot be written.
    """
    text, count = register_csv(register, progress)
    write_safely(path, text)
    return count


def register_template() -> str:
    """Returns a register to fill in: the header, and one example row that shows how several points are written."""
    return _lines([list(COLUMNS), [_EXAMPLE.get(column, "") for column in COLUMNS]])


class _Lines:
    """The lines of a register, with those optional columns in which any case has a value.

    Which these are is known only at the end, so optional cells are kept separately until then.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._optional: dict[int, list[str]] = {}

    def add(self, cells: Iterable[str], optional: list[str]) -> None:
        """Adds a case: a cell for each of `COLUMNS`, and one for each of `OPTIONAL`."""
        if any(optional):
            self._optional[len(self._lines)] = optional
        self._lines.append(_lines([cells]))

    def text(self) -> str:
        """Returns the header and all lines."""
        used = [number for number in range(len(OPTIONAL)) if any(cells[number] for cells in self._optional.values())]
        header = _lines([[*COLUMNS, *(OPTIONAL[number] for number in used)]])
        if not used:
            return "".join((header, *self._lines))
        nothing = [""] * len(OPTIONAL)
        return "".join(
            (header, *(self._with(line, self._optional.get(at, nothing), used) for at, line in enumerate(self._lines)))
        )

    @staticmethod
    def _with(line: str, optional: list[str], used: list[int]) -> str:
        # The empty first cell becomes the comma after the last of the other columns.
        return line.removesuffix("\r\n") + _lines([["", *(optional[number] for number in used)]])


def _lines(rows: Iterable[Iterable[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
