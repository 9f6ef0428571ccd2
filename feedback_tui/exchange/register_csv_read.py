"""Reads a register's CSV into rows, or into a list of everything that is wrong with it."""

from __future__ import annotations

import codecs
import csv
import difflib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from feedback_tui.casework.importing.import_across_columns import row_problems
from feedback_tui.exchange.file_limits import CsvLines, TooLarge
from feedback_tui.exchange.register_csv_cells import Aligned, BadPosition, Reader, aligned_groups, simple_readers
from feedback_tui.models.register_row import EVERY_COLUMN, REQUIRED, RegisterRow
from feedback_tui.plain_error import PlainError
from feedback_tui.rules.procedures import Profile
from feedback_tui.text import one_line, unguarded

LARGEST_FILE = 500_000_000
"""The size in bytes of the largest file that is read. A register of a million cases is smaller."""
ENCODINGS = ("utf-8", "cp1252", "utf-16")
_NOT_TEXT = {
    b"PK\x03\x04": "a spreadsheet or another packed file",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet (.xls)",
    b"SQLite format 3": "a database",
    b"%PDF": "a PDF",
}
_SAVE_AS = "save it from the spreadsheet as “CSV UTF-8”"
_SEEN_MOST = 60
TOLD_EVERY = 20
"""Lines between two calls of `progress`."""


@dataclass(frozen=True)
class BadCell:
    """One problem in a register: where, the value, and what would be right.

    `line` is the line of the file, from 1, on which the row begins; 0 for the whole file. `column` is "" for the whole
    row.
    """

    line: int
    column: str
    value: str
    words: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.column) if part)
        shown = one_line(self.value, _SEEN_MOST)
        what = f"“{shown}” {self.words}" if shown else self.words
        return f"{where}: {what}" if where else what


class BadRegister(PlainError):
    """A register that cannot be imported, with all its problems in the order of the file."""

    def __init__(self, name: str, problems: Sequence[BadCell]) -> None:
        order = {column: number for number, column in enumerate(EVERY_COLUMN)}
        self.problems = tuple(sorted(problems, key=lambda bad: (bad.line, order.get(bad.column, -1))))
        count = f"{len(problems)} things are" if len(problems) > 1 else "one thing is"
        listed = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"{name} was not imported: {count} wrong with it.\n{listed}")


def read_register(
    source: Path | str | bytes,
    profile: Profile,
    today: date,
    *,
    encoding: str = "utf-8",
    progress: Callable[[int], None] | None = None,
) -> list[RegisterRow]:
    """Returns the rows of a register from a CSV file or its bytes, in the order of the file.

    UTF-8, with or without a byte order mark, unless another `encoding` is named. Nothing may be dated after `today` as
    done. `progress` is called with the number of lines read; an error that it raises stops the work. Raises BadRegister
    with every bad cell.
    """
    name = "The register" if isinstance(source, bytes) else str(source)
    text = decoded(name, bytes_of(source), encoding)
    reader = RowReader(profile, today)
    lines = _Lines(name, text)
    header = lines.header()
    rows = []
    for line, given in lines.rows(header):
        if (row := reader.read(line, given)) is not None:
            rows.append(row)
        if progress is not None and line % TOLD_EVERY == 0:
            progress(line)
    if problems := [*lines.problems, *reader.problems]:
        raise BadRegister(name, problems)
    return rows


def read_rows(rows: Iterable[Mapping[str, str]], profile: Profile, today: date) -> list[RegisterRow]:
    """Returns the rows of a register given as text by column, numbered as in a file with a header.

    Raises BadRegister with every bad cell.
    """
    reader = RowReader(profile, today)
    found = []
    for line, given in enumerate(rows, start=2):
        if unknown := given.keys() - set(EVERY_COLUMN):
            reader.problems += [BadCell(line, column, "", _unknown(column)) for column in sorted(unknown)]
        row = reader.read(line, {column: text for column, text in given.items() if text and not text.isspace()})
        if row is not None:
            found.append(row)
    if reader.problems:
        raise BadRegister("The register", reader.problems)
    return found


class RowReader:
    """Reads rows one after another, and collects their problems."""

    def __init__(self, profile: Profile, today: date) -> None:
        self.problems: list[BadCell] = []
        self._profile = profile
        self._simple: dict[str, Reader] = {}
        for column, reader in simple_readers(profile, today).items():
            self._simple[column] = reader if column in _EACH_OTHER else _Remembered(reader).__getitem__
        self._groups = aligned_groups(today)
        self._points: dict[tuple[str, ...], tuple[tuple[Any, ...], list[BadPosition]]] = {}
        self._lines: dict[str, int] = {}

    def read(self, line: int, given: Mapping[str, str]) -> RegisterRow | None:
        """Returns the row with these cells by column, empty ones left out; None if it has a problem."""
        problems: list[BadCell] = []
        values: dict[str, Any] = {}
        for column, text in given.items():
            reader = self._simple.get(column)
            if reader is None:
                continue
            try:
                values[column] = reader(text)
            except ValueError as error:
                problems.append(BadCell(line, column, text, str(error)))
        for group in self._groups:
            texts = tuple(given.get(column, "") for column in group.columns)
            if any(texts):
                things, bad = self._aligned(group, texts)
                values[group.field] = things
                problems += [BadCell(line, each.column, each.value, str(each)) for each in bad]
        unread = {problem.column for problem in problems}
        for column in REQUIRED:
            if not values.get(column) and column not in unread:
                problems.append(BadCell(line, column, "", f"{_CALLED[column]} is needed"))
        if all(values.get(column) for column in REQUIRED):
            row = RegisterRow(line=line, **values)
            problems += [
                BadCell(line, problem.field, given.get(problem.field, ""), problem.words)
                for problem in row_problems(row, self._profile, unread)
            ]
            self._look_for_twin(row, problems)
            if not problems:
                return row
        self.problems += problems
        return None

    def _aligned(self, group: Aligned, texts: tuple[str, ...]) -> tuple[tuple[Any, ...], list[BadPosition]]:
        if group.field != "points":
            return group.read(texts)
        found = self._points.get(texts)
        if found is None:
            found = self._points[texts] = group.read(texts)
        return found

    def _look_for_twin(self, row: RegisterRow, problems: list[BadCell]) -> None:
        first = self._lines.setdefault(row.reference.casefold(), row.line)
        if first != row.line:
            problems.append(
                BadCell(row.line, "reference", row.reference, f"stands on line {first} already: each case has its own")
            )


class _Remembered(dict[str, Any]):
    """Caches what a reader returns for each text, because words and dates repeat."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, text: str) -> Any:
        value = self[text] = self._reader(text)
        return value


_EACH_OTHER = {"reference", "description", "customer_name", "correspondent_name", "extension_reason", "summary"}
"""Columns in which values rarely repeat, so that a cache would not help."""
_CALLED = {
    "reference": "a reference",
    "kind": "the kind of feedback",
    "received_on": "the day it was received",
}


class _Lines:
    """The records of a CSV text, parsed strictly, each with the line on which it begins."""

    def __init__(self, name: str, text: str) -> None:
        self.problems: list[BadCell] = []
        self._name, self._text = name, text
        self._text_lines = CsvLines(text)
        self._reader = csv.reader(self._text_lines, strict=True)
        self._not_plain = "\0" in text or not _encodes(text)

    def header(self) -> list[str]:
        """Returns the columns named by the first line. Raises BadRegister if rows cannot be read with it."""
        line, cells = next(self._records(), (1, []))
        columns = [cell.strip().casefold() for cell in cells]
        self.problems += [] if self.problems else self._header_problems(line, columns)
        if self.problems:
            raise BadRegister(self._name, self.problems)
        return columns

    def rows(self, header: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
        """Yields the rows under the header by column, empty cells left out. A row that cannot be read becomes a
        problem."""
        count = 0
        for line, cells in self._records():
            if not "".join(cells).strip():
                continue
            count += 1
            if len(cells) != len(header):
                self.problems.append(_wrong_count(line, cells, len(header)))
                continue
            if self._not_plain and (bad := _not_plain(line, header, cells)):
                self.problems += bad
                continue
            yield line, {column: unguarded(cell) for column, cell in zip(header, cells, strict=True) if cell.strip()}
        if not count and not self.problems:
            self.problems.append(BadCell(0, "", "", "there is no row under the header: nothing to import"))

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            line = self._reader.line_num + 1
            self._text_lines.begin_row()
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.problems.append(BadCell(line, "", "", _not_csv(str(error))))
                return
            except TooLarge as error:
                self.problems.append(BadCell(line, "", "", str(error)))
                return
            if cells:
                yield line, cells

    def _header_problems(self, line: int, columns: list[str]) -> Iterator[BadCell]:
        known = set(EVERY_COLUMN)
        if not known.intersection(columns):
            yield self._no_header(line, columns)
            return
        for number, column in enumerate(columns, start=1):
            if not column:
                yield BadCell(line, "", "", f"column {number} has no name: name it, or take it out")
            elif column not in known:
                yield BadCell(line, column, "", _unknown(column))
            elif column in columns[: number - 1]:
                yield BadCell(line, column, "", "this column stands twice: take one out")
        for column in REQUIRED:
            if column not in columns:
                yield BadCell(line, column, "", "this column is missing, and there is no case without it")

    def _no_header(self, line: int, columns: list[str]) -> BadCell:
        for separator, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if any(separator in column for column in columns):
                return BadCell(line, "", "", f"the columns are separated by {called}: separate them by commas")
        return BadCell(
            line, "", ",".join(columns), f"is not the header of a register: the first line names the columns, {_NAMED}"
        )


_NAMED = ", ".join(EVERY_COLUMN)


def _unknown(column: str) -> str:
    near = difflib.get_close_matches(column.replace(" ", "_"), EVERY_COLUMN, n=1)
    right = f"did you mean {near[0]}?" if near else f"the columns are {_NAMED}"
    return f"this is not a column of the register: {right}"


def _wrong_count(line: int, cells: list[str], expected: int) -> BadCell:
    beyond = ",".join(cells[expected:])
    why = "a text with a comma or a quote in it stands in double quotes" if beyond else "write every comma"
    return BadCell(line, "", beyond, f"this row has {len(cells)} cells, and the header {expected}: {why}")


def _not_csv(error: str) -> str:
    if "field larger" in error:
        return "a cell of this row is far too long: is there a quote that is opened and never closed?"
    if "unexpected end" in error:
        return "a quote is opened in this row and never closed: close it, or write it twice where it is meant"
    return "after the quote that closes a cell comes a comma: write a quote inside a cell twice"


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _not_plain(line: int, header: list[str], cells: list[str]) -> list[BadCell]:
    """Returns problems for cells with a NUL or with bytes that are not UTF-8."""
    found = []
    for column, cell in zip(header, cells, strict=True):
        if "\0" in cell:
            found.append(BadCell(line, column, cell, "has a NUL character in it: take it out"))
        elif not _encodes(cell):
            meant = cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
            words = (
                f"is not UTF-8: {_SAVE_AS}, or read it with --encoding cp1252, which makes this “{one_line(meant, 60)}”"
            )
            found.append(BadCell(line, column, cell, words))
    return found


def bytes_of(source: Path | str | bytes, most: int = LARGEST_FILE) -> bytes:
    """Returns the content of a file, at most `most` + 1 bytes. Raises BadRegister if it cannot be read."""
    if isinstance(source, bytes):
        return source
    try:
        with Path(source).expanduser().open("rb") as file:
            # Reads no more than the file's size, to allocate no more; a pipe has no size.
            return file.read(min(most, os.fstat(file.fileno()).st_size or most) + 1)
    except OSError as error:
        raise BadRegister(str(source), [BadCell(0, "", "", f"it cannot be read: {error.strerror}")]) from None


def decoded(name: str, data: bytes, encoding: str) -> str:
    """Returns the text of the file. Bytes that are not UTF-8 become lone surrogates, so that their cells can be named.
    Raises BadRegister for an empty or too large file, another kind of file, or another encoding."""

    def refuse(words: str) -> BadRegister:
        return BadRegister(name, [BadCell(0, "", "", words)])

    if len(data) > LARGEST_FILE:
        raise refuse(f"it is larger than {LARGEST_FILE // 1_000_000} MB: divide it")
    if not data.strip():
        raise refuse("the file is empty: the first line names the columns (import --template prints one)")
    for beginning, what in _NOT_TEXT.items():
        if data.startswith(beginning):
            raise refuse(f"it is {what}, not a CSV file: {_SAVE_AS}")
    if data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and encoding == "utf-8":
        raise refuse(f"it is UTF-16: {_SAVE_AS}, or read it with --encoding utf-16")
    try:
        codec = codecs.lookup(encoding).name
    except LookupError:
        codec = ""
    if codec not in ENCODINGS:
        raise refuse(f"“{one_line(encoding, 40)}” is not an encoding that is read here: use {', '.join(ENCODINGS)}")
    if codec == "utf-8":
        if b"\0" in data.partition(b"\n")[0]:
            raise refuse(f"it is not a text: {_SAVE_AS}")
        return data.decode("utf-8-sig", "surrogateescape")
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadRegister(name, [BadCell(line, "", "", f"this is not {codec}: name the encoding it is in")]) from None
