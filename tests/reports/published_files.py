"""What a finished file says: its words in the order in which they stand, without what only lays it out."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser

from openpyxl import load_workbook

from feedback_tui.reports.document.blocks import Cell, Paper, Section, Sentence, Table, stated
from feedback_tui.reports.document.number_format import shown

LAID_OUT = frozenset({"style", "meta"})
SAID_BY = frozenset({"alt", "title", "aria-label", "content", "descr"})
MASK = "§"
ALLOWED = re.compile(
    r"""\d{4}/\d\d(\ Q\d)? | \d{4}-\d\d(-\d\d)? | Q\d | \b[Ss]tage[\ -]\d
      | (\d{1,2}\ )?(January|February|March|April|May|June|July|August|September|October|November|December)\ \d{4}
      | \b2009\ Regulations | part\ 8 | [Rr]egulation[\ -]18 | ^\d+\.\ | \bover\ \d+\ months? | each\ 1,000
      | \d+\ to\ \d+ | \d+\ and\ more        # a band of working days
      | Counts\ under\ \d+\ are\ withheld | \d+\ matters?,\ below
    """,
    re.VERBOSE | re.MULTILINE,
)
"""Digits that are no count: dates, numbering, the law, bands of days."""


def undeclared(said: str) -> list[str]:
    """The runs of digits that are neither a date nor a numbering."""
    return re.findall(r"\d[\d,.]*", ALLOWED.sub("", said))


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.around: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "path", "circle", "rect"):
            self.around.append(tag)
        self.said += [value or "" for name, value in attributes if name in SAID_BY and tag != "meta"]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.around:
            while self.around.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not LAID_OUT & set(self.around):
            self.said.append(data)


def said_by(made: str | bytes | Mapping[str, str], format: str) -> str:
    """All words of a file, with alternative texts and properties."""
    if isinstance(made, Mapping):
        cells = [
            cell for text in made.values() for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) for cell in row
        ]
        return "\n".join(re.sub(r"^\d\d-(?=.*csv$)", "", said) for said in (*made, *cells))
    if format == "html":
        assert isinstance(made, str)
        parser = _Html()
        parser.feed(made)
        return "\n".join(parser.said)
    if isinstance(made, str):
        return re.sub(r"(?m)^## \d+\. ", "", made)
    if format == "xlsx":
        book = load_workbook(io.BytesIO(made))
        contents, *sheets = book.worksheets
        about = [book.properties.title, book.properties.subject, book.properties.description]
        numbered = [*book.sheetnames, *(cell.value for cell in contents["A"])]
        named = [re.sub(r"^\d\d ", "", str(value)) for value in numbered if value is not None]
        cells = [value for row in contents.iter_rows(min_col=2, values_only=True) for value in row]
        cells += [value for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row]
        return "\n".join([*named, *(str(value) for value in (*about, *cells) if value is not None)])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = ("word/document.xml", "docProps/core.xml", "word/footer1.xml")
        parts = [archive.read(name).decode() for name in names if name in archive.namelist()]
    described = [found for part in parts for found in re.findall(r'(?:descr|title)="([^"]*)"', part)]
    texts = [found for part in parts for found in re.findall(r">([^<>]+)<", part)]
    return "\n".join([*described, *(text for text in texts if not re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+Z|\d", text))])


def masked(published: Paper) -> Paper:
    """The same document with a sign in place of every declared number: what is left of digits is not declared."""
    return replace(published, sections=tuple(map(_masked_section, published.sections)))


def _masked_section(section: Section) -> Section:
    return replace(
        section, paragraphs=tuple(map(_masked, section.paragraphs)), tables=tuple(map(_masked_table, section.tables))
    )


def _masked(words: str) -> str:
    if not isinstance(words, Sentence):
        return words
    return "".join(re.sub(r"\d[\d,.]*", MASK, piece[0]) if piece[1] else piece[0] for piece in words.pieces)


def _masked_table(table: Table) -> Table:
    rows = tuple(replace(row, cells=tuple(map(_masked_cell, row.cells))) for row in table.rows)
    return replace(table, rows=rows, note=_masked(table.note), bars=(), parts=(), trend=())


def _masked_cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return _masked(cell)
    return re.sub(r"\d[\d,.]*", MASK, shown(cell)) if stated(cell) else cell
