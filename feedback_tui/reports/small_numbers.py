"""Makes the document for publication: the report with a sign in place of each withheld number."""

from __future__ import annotations

import re
from dataclasses import replace

from feedback_tui.reports.declarations.declaration import NOT_RECORDED, Figure
from feedback_tui.reports.declarations.numbers import WITHHELD, Number, Piece
from feedback_tui.reports.document.blocks import (
    Cell,
    Linked,
    Mean,
    Paper,
    Row,
    Section,
    Sentence,
    Share,
    Table,
    pieces_of,
    stated,
)
from feedback_tui.reports.document.number_format import number
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.withholding.printed import Printed, printed
from feedback_tui.reports.withholding.statements import is_count

NO_FIGURES = re.compile(
    r"""\d{4}/\d\d(\ Q\d)?    # a reporting year, a quarter of it
      | (\d{1,2}\ )?(January|February|March|April|May|June|July|August|September|October|November|December)\ \d{4}
      | [Ss]tage\ \d | Q\d    # a stage, a quarter
      | over\ \d+\ months?    # how many months the average is over
      | \d+\ matters?,\ below # how many paragraphs an officer wrote
      | part\ 8 | \b2009\ Regulations | regulation\ 18
      | \d{4}-\d\d(-\d\d)?    # a month, a day
    """,
    re.VERBOSE,
)
"""Digits in a sentence that are not figures: in dates, names and citations."""


def publishable(figures: Figures, limit: int) -> Paper:
    """Returns the report without counts from 1 to `limit` - 1, and without numbers from which one of them could be
    computed."""
    whole = paper(figures)
    return without_withheld(whole, printed(whole, figures, limit))


def without_withheld(whole: Paper, shown: Printed) -> Paper:
    """Returns the document with a sign in place of each withheld number, and says so in its introduction."""
    limit = shown.limit
    sections = [found for section in whole.sections if (found := _section(section, shown)) is not None]
    about = (
        f"{whole.about} Counts under {limit} are withheld: {WITHHELD} stands for them, and for others by which they "
        "could be worked out."
    )
    return replace(whole, about=about, sections=tuple(sections))


def _section(section: Section, shown: Printed) -> Section | None:
    paragraphs = tuple(said for paragraph in section.paragraphs if (said := said_without(paragraph, shown)) is not None)
    tables = tuple(found for table in section.tables if (found := _table(table, shown)) is not None)
    if not paragraphs and not tables and not section.written:
        return None
    return replace(section, paragraphs=paragraphs, tables=tables)


def said_without(words: str, shown: Printed) -> str | None:
    """Returns a sentence with a sign in place of each withheld number; None if it has digits for which no figure is
    declared, so that nobody knows what they reveal."""
    if any(_undeclared(piece) for piece in pieces_of(words)):
        return None
    if shown.all_shown(stated(words)):
        return words
    return Sentence.of(piece if shown.all_shown(piece.numbers) else Piece(piece.withheld) for piece in pieces_of(words))


def _undeclared(piece: Piece) -> bool:
    return not piece.numbers and re.search(r"\d", NO_FIGURES.sub("", piece.words)) is not None


def _table(table: Table, shown: Printed) -> Table | None:
    """Returns a table with a sign in place of each withheld number; None if it lists the single cases of a withheld
    count."""
    opened = [cell for row in table.rows for cell in row.cells if isinstance(cell, Linked)]
    if any(_hidden_key(cell.key, shown) for cell in opened):
        return None
    rows = [_row(row, shown) for row in table.rows]
    note = said_without(table.note, shown) or ""
    if all(made is row for made, row in zip(rows, table.rows, strict=True)):
        return table if note is table.note else replace(table, note=note)
    if _by_size(table):
        # In an order by size, the position of a line would reveal much about its number.
        gone = [made for made, row in zip(rows, table.rows, strict=True) if made is not row and not row.total]
        gone.sort(key=lambda row: row.label.casefold())
        kept = [made for made, row in zip(rows, table.rows, strict=True) if made is row and not row.total]
        rows = [*kept, *gone, *(made for made in rows if made.total)]
    return replace(table, rows=tuple(rows), note=note, bars=(), parts=(), trend=())


def _hidden_key(key: str, shown: Printed) -> bool:
    count = shown.known.counts.get(key)
    place = None if count is None else shown.known.relations.places.get(count)
    return place is None or place in shown.hidden


def _by_size(table: Table) -> bool:
    """Returns whether a table's lines are ordered by size. The line for cases without a word, always last, is
    ignored."""
    sizes = []
    for row in table.rows:
        counts = [cell for cell in row.cells if isinstance(cell, Number) and is_count(cell)]
        if any(isinstance(cell.figure, Figure) for cell in counts):
            return False
        if counts and not row.total and not any(NOT_RECORDED in cell.key for cell in counts):
            sizes.append(sum(int(cell.value) for cell in counts))
    return len(sizes) > 1 and sizes == sorted(sizes, reverse=True)


def _row(row: Row, shown: Printed) -> Row:
    cells = tuple(_cell(cell, shown, row.cells[:place]) for place, cell in enumerate(row.cells))
    return row if all(made is cell for made, cell in zip(cells, row.cells, strict=True)) else replace(row, cells=cells)


def _cell(cell: Cell, shown: Printed, before: tuple[Cell, ...]) -> Cell:
    if isinstance(cell, Linked):
        return cell
    if isinstance(cell, str):
        return said if (said := said_without(cell, shown)) is not None else WITHHELD
    if shown.all_shown(stated(cell)):
        return cell
    match cell:
        case Share(count, _) if count in before:
            return WITHHELD
        case Share(_, base) if shown.shows(base):
            return Sentence.of([Piece(f"{WITHHELD} of "), *pieces_of(number(base))])
        case Share(count, _) if shown.shows(count):
            return number(count)
        case Mean(_, n) if shown.shows(n):
            return Sentence.of([Piece(f"{WITHHELD} ("), *pieces_of(number(n)), Piece(")")])
        case _:
            return WITHHELD
