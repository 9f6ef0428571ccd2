"""Reads figures of earlier years from a CSV file: one line for each, with the columns ``year``, ``name`` and
``value``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from feedback_tui.casework.typed_figures import YearFigure
from feedback_tui.exchange.register_csv import BadCell, BadRegister
from feedback_tui.text import one_line, unguarded

COLUMNS = ("year", "name", "value")
LARGEST_FILE = 1_000_000
"""Bytes."""


def read_figures(path: Path) -> list[YearFigure]:
    """Returns the figures in a file, in its order; the verb checks their values. Raises BadRegister."""

    def bad(line: int, words: str) -> BadRegister:
        return BadRegister(str(path), [BadCell(line, "", "", words)])

    try:
        if path.stat().st_size > LARGEST_FILE:
            raise bad(0, "it is too large for a list of figures")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise bad(0, f"it cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise bad(0, "it is not UTF-8: save it from the spreadsheet as “CSV UTF-8”") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[YearFigure] = []
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        if sorted(header) != sorted(COLUMNS):
            raise bad(1, f"the first line names the columns: {', '.join(COLUMNS)}")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise bad(reader.line_num, f"{len(cells)} cells under {len(header)} columns")
            of = dict(zip(header, (one_line(unguarded(cell)) for cell in cells), strict=True))
            found.append(YearFigure(of["year"], of["name"], of["value"]))
    except csv.Error as error:
        raise bad(reader.line_num, f"it is not CSV: {error}") from None
    return found
