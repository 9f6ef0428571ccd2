"""Reads a council's own list (.csv or .xlsx) by its mapping, under the rules of the register's import."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from feedback_tui.exchange.column_mapping import Headings, missing
from feedback_tui.exchange.file_limits import MOST_CELLS, MOST_COLUMNS, Clock, CsvLines, TooLarge
from feedback_tui.exchange.register_csv_read import (
    TOLD_EVERY,
    BadCell,
    BadRegister,
    RowReader,
    bytes_of,
    decoded,
)
from feedback_tui.exchange.xlsx_reader import sheet_rows
from feedback_tui.models.register_row import RegisterRow
from feedback_tui.rules.procedures import Profile
from feedback_tui.text import safe_text

LISTS = (".csv", ".xlsx")


@dataclass(frozen=True)
class OwnList:
    """A list in its file: its headings, and its rows by heading, each with its line number."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_list(path: Path, *, sheet: str = "", encoding: str = "utf-8") -> OwnList:
    """Returns the list in a file; its first row that is not empty holds the headings. Raises BadRegister."""
    lines = sheet_rows(path, sheet) if path.suffix.casefold() == ".xlsx" else _csv(path, encoding)
    filled = ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))
    line, first = next(filled, (0, []))
    headings = [safe_text(cell).strip() for cell in first]
    while headings and not headings[-1]:
        headings.pop()
    problems = [
        BadCell(line, "", "", f"column {number} has no heading: give it one, or take it out")
        if not heading
        else BadCell(line, heading, "", "this heading stands twice: change one")
        for number, heading in enumerate(headings, start=1)
        if not heading or heading in headings[: number - 1]
    ]
    if not headings:
        problems = [BadCell(0, "", "", "the list is empty: its first row names the columns")]
    if problems:
        raise BadRegister(str(path), problems)
    rows = []
    for line, cells in filled:
        if any(cell.strip() for cell in cells[len(headings) :]):
            problems.append(BadCell(line, "", "", f"this row has more cells than the {len(headings)} headings"))
        rows.append((line, {heading: cell for heading, cell in zip(headings, cells, strict=False) if cell.strip()}))
    if problems:
        raise BadRegister(str(path), problems)
    return OwnList(tuple(headings), tuple(rows))


def rows_of(
    found: OwnList,
    mapping: Headings,
    name: str,
    profile: Profile,
    today: date,
    progress: Callable[[int], None] | None = None,
) -> list[RegisterRow]:
    """Returns the rows of a list as register rows. `progress` is called with the line number. Raises BadRegister with
    all bad cells under the list's own headings."""
    if said := missing(mapping, found.headings):
        raise BadRegister(name, [BadCell(0, "", "", words) for words in said])
    reader = RowReader(profile, today)
    problems: list[BadCell] = []
    rows = []
    for line, cells in found.rows:
        given, wrong = mapping.row(cells)
        problems += [BadCell(line, mapping.heading(column), value, words) for column, value, words in wrong]
        row = reader.read(line, given)
        if row is not None and not wrong:
            rows.append(row)
        if progress is not None and line % TOLD_EVERY == 0:
            progress(line)
    twice = {(bad.line, bad.column) for bad in problems}
    named = (BadCell(bad.line, mapping.heading(bad.column), bad.value, bad.words) for bad in reader.problems)
    problems += [bad for bad in named if (bad.line, bad.column) not in twice]
    if problems:
        raise BadRegister(name, problems)
    return rows


def preview(found: OwnList, mapping: Headings, most: int = 3) -> list[tuple[str, str, tuple[str, ...]]]:
    """Returns for each heading its column ("" if left out) and its first different values, at most `most`."""
    return [
        (heading, mapping.columns.get(heading, ""), tuple(_values(found, heading, most))) for heading in found.headings
    ]


def _values(found: OwnList, heading: str, most: int) -> Iterator[str]:
    seen: Mapping[str, None] = dict.fromkeys(cells[heading] for _, cells in found.rows if heading in cells)
    yield from list(seen)[:most]


def _csv(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    lines = CsvLines(decoded(str(path), bytes_of(path), encoding))
    reader = csv.reader(lines, strict=True)
    clock, filled = Clock(), 0
    while True:
        line = reader.line_num + 1
        lines.begin_row()
        try:
            cells = next(reader)
            clock.look()
            filled += len(cells) - cells.count("")
            if filled > MOST_CELLS:
                raise TooLarge(f"it has more than {MOST_CELLS:,} cells, which is the limit: divide the list")
            if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
                raise TooLarge(f"this row has {len(cells):,} columns, and a list has at most {MOST_COLUMNS}")
        except StopIteration:
            return
        except csv.Error as error:
            raise BadRegister(str(path), [BadCell(line, "", "", f"this is no CSV: {error}")]) from None
        except TooLarge as error:
            raise BadRegister(str(path), [BadCell(line, "", "", str(error))]) from None
        try:
            "".join(cells).encode()
        except UnicodeEncodeError:
            words = "is not UTF-8: save it as “CSV UTF-8”, or read it with --encoding cp1252"
            raise BadRegister(str(path), [BadCell(line, "", "", words)]) from None
        yield line, cells
