"""The year for the terminal and for pasting: tables and bars in plain characters, no colour needed to read them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Column
from rich.table import Table as RichTable
from rich.text import Text

from feedback_tui.reports.paper.figures_in_words import shown
from feedback_tui.reports.paper.shapes import Paper, Section, Table
from feedback_tui.reports.paper.whole import paper
from feedback_tui.reports.shapes import Figures
from feedback_tui.text import one_line

WIDTH = 80
BAR_WIDTH = 20
QUOTED = "│"
FULL, LEAST = "█", "▏"
GAP = 2
"""Between two columns."""
LEAST_FOR_WORDS = 14
"""A column of words is not squeezed below this for the sake of unbroken figures."""


def as_text(figures: Figures, width: int = WIDTH) -> str:
    """The report as plain text, no line longer than `width`."""
    return paper_as_text(paper(figures), width)


def paper_as_text(whole: Paper, width: int = WIDTH) -> str:
    """Any paper as plain text, no line longer than `width`."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        color_system=None,
        force_terminal=False,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(renderable(whole))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines()).strip("\n") + "\n"


def renderable(whole: Paper) -> RenderableType:
    """The report for any Rich console, or a widget that takes what Rich renders."""
    parts: list[RenderableType] = [
        _words(whole.title, "bold"),
        _words(whole.council),
        Text(""),
        _words(whole.about),
    ]
    for number, section in enumerate(whole.sections, start=1):
        parts += [Text(""), *section_parts(section, number)]
    return Group(*parts)


def section_parts(section: Section, number: int | None = None) -> Iterator[RenderableType]:
    """One section: its heading, its sentences, its tables."""
    title = section.title if number is None else f"{number}. {section.title}"
    yield _words(title, "bold")
    yield Text("─" * len(title))
    for paragraph in section.paragraphs:
        yield _words(paragraph)
    for table in section.tables:
        yield Padding(_Shown(table), (1, 0, 0, 0))
        if table.note:
            yield _words(table.note, "dim")
    for part in section.written:
        yield Padding(_words(part.title, "bold"), (1, 0, 0, 0))
        for text in part.texts:
            yield _Item(QUOTED if part.quoted else "•", text)


def bar(count: int, most: int, width: int = BAR_WIDTH) -> str:
    """A bar of whole blocks, `width` for the largest count; something for anything, nothing for nothing."""
    if not count:
        return ""
    return FULL * (count * width // most) or LEAST


@dataclass(frozen=True)
class _Item:
    """A paragraph with a sign before it; its lines stand beneath each other. The sign of a quote stands before each."""

    sign: str
    text: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = _words(self.text).wrap(console, max(options.max_width - GAP, 1), overflow="fold")
        for place, line in enumerate(lines):
            line.rstrip()
            yield Text(f"{self.sign if place == 0 or self.sign == QUOTED else ' '} ") + line


@dataclass(frozen=True)
class _Shown:
    """A table that is laid out for the width it is given."""

    table: Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = self.table
        grid = RichTable(
            *_columns(table, options.max_width),
            title=_words(table.caption, "bold"),
            title_justify="left",
            box=box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1, 0, 0),
        )
        most = max(table.bars, default=0)
        for place, row in enumerate(table.rows):
            cells = [_words(row.label), *(_words(shown(cell)) for cell in row.cells)]
            if table.bars:
                cells.append(Text(bar(table.bars[place], most)))
            grid.add_row(*cells)
        yield grid


def _columns(table: Table, width: int) -> list[Column]:
    """Columns of figures as wide as their figures, so that none is broken; words take what is left, and wrap."""
    places = range(len(table.columns))
    figures = {place: _figure_width(table, place) for place in places if not table.holds_words(place)}
    taken = sum(figures.values()) + GAP * len(places) + (BAR_WIDTH if table.bars else 0)
    fits = taken + LEAST_FOR_WORDS * (len(places) - len(figures)) <= width
    columns = [
        Column(
            header=_words(table.columns[place]),
            justify="right" if place in figures else "left",
            overflow="fold",
            width=figures.get(place) if fits else None,
        )
        for place in places
    ]
    if table.bars:
        columns.append(Column(header="", no_wrap=True, width=BAR_WIDTH if fits else None))
    return columns


def _figure_width(table: Table, column: int) -> int:
    heading = [len(word) for word in table.columns[column].split()]
    return max([*heading, *(len(shown(row.cells[column - 1])) for row in table.rows)], default=0)


def _words(words: str, style: str = "") -> Text:
    return Text(one_line(words), style=style, overflow="fold")
