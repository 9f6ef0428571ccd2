"""The report as plain text for the terminal, with tables and bars that need no colour."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.style import Style
from rich.table import Column
from rich.table import Table as RichTable
from rich.text import Text

from feedback_tui.reports.document.blocks import Paper, Section, Table
from feedback_tui.reports.document.number_format import shown
from feedback_tui.text import one_line

WIDTH = 80
BAR_WIDTH = 20
QUOTED = "│"
FULL, LEAST = "█", "▏"
STEPS = "▁▂▃▄▅▆▇█"
SHADES = "█▒░▓│·"
STACK_WIDTH = 50
FIGURE = "figure"
"""Under this name a cell's style carries its place and figure, for a screen that lets it be chosen: key of the table,
row, column, key of the cases behind it ("" if none can be listed), title."""
TABLE = "table"
"""Under this name the style of a caption carries the key of its table."""
GAP = 2
"""Between two columns."""
SHORT = 9
"""The least for a figure that goes over two lines: ``69% (97``."""
LEAST_FOR_WORDS = 14
"""A column of words is not squeezed below this for the sake of unbroken figures."""


def paper_as_text(whole: Paper, width: int = WIDTH) -> str:
    """Returns a document as plain text with lines of at most `width` characters."""
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
    """Returns a document as a Rich renderable."""
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
    """Yields a section as renderables: heading, sentences, tables, officers' paragraphs."""
    title = section.title if number is None else f"{number}. {section.title}"
    yield _words(title, "bold")
    yield Text("─" * len(title))
    for paragraph in section.paragraphs:
        yield _words(paragraph)
    for table in section.tables:
        yield from (Text(""), _Shown(table))
        if table.parts:
            yield from (Text(""), _Stacked(table))
        if any(value is not None for value in table.trend):
            yield from (Text(""), _words(_trend(table)))
        if table.note:
            yield _words(table.note, "dim")
    for part in section.written:
        yield from (Text(""), _words(part.title, "bold"))
        for text in part.texts:
            yield _Item(QUOTED if part.quoted else "•", text)


def bar(count: int, most: int, width: int = BAR_WIDTH) -> str:
    """Returns a bar of full blocks, `width` long for the count `most`. Any count above zero gets a mark; zero gets
    none."""
    if not count:
        return ""
    return FULL * (count * width // most) or LEAST


def sparkline(values: Sequence[Decimal | None]) -> str:
    """Returns a line of block characters scaled from the lowest to the highest value; a dot for None."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=Decimal(0)), max(known, default=Decimal(0))

    def block(value: Decimal | None) -> str:
        if value is None:
            return "·"
        return STEPS[int((value - low) * (len(STEPS) - 1) / (high - low))] if high > low else STEPS[0]

    return "".join(map(block, values))


def _trend(table: Table) -> str:
    """Returns a table's sparkline with its lowest and highest value."""
    known = [(value, row.label) for value, row in zip(table.trend, table.rows, strict=True) if value is not None]
    low, high = min(known, key=lambda one: one[0]), max(known, key=lambda one: one[0])
    ends = f"lowest {low[0]} ({low[1]}), highest {high[0]} ({high[1]})" if low[0] < high[0] else f"always {low[0]}"
    return f"Average  {sparkline(table.trend)}  {ends}"


@dataclass(frozen=True)
class _Stacked:
    """Stacked bars of full width, divided by a row's counts; parts differ in shading, not colour."""

    table: Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table, names = self.table, self.table.columns[1 : 1 + len(self.table.parts[0])]
        label = min(max(len(one_line(row.label)) for row in table.rows), options.max_width // 3)
        width = max(min(STACK_WIDTH, options.max_width - label - GAP), 10)
        shading = [SHADES[place % len(SHADES)] for place in range(len(names))]
        yield _words("   ".join(f"{shade} {name}" for shade, name in zip(shading, names, strict=True)))
        for row, counts in zip(table.rows, table.parts, strict=True):
            line = "".join(shade * n for shade, n in zip(shading, divided(counts, width), strict=True))
            name = Text(one_line(row.label), overflow="ellipsis", no_wrap=True)
            name.truncate(label, pad=True, overflow="ellipsis")
            yield name + Text(f"{' ' * GAP}{line}")


def divided(counts: Sequence[int], width: int) -> list[int]:
    """Divides `width` cells in proportion to the counts, so that they add up to `width`; all zero if the counts are."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    ends = [width * sum(counts[: place + 1]) // total for place in range(len(counts))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


@dataclass(frozen=True)
class _Item:
    """A paragraph with a mark before it and aligned lines. The mark of a quote is repeated on each line."""

    sign: str
    text: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = _words(self.text).wrap(console, max(options.max_width - GAP, 1), overflow="fold")
        for place, line in enumerate(lines):
            line.rstrip()
            yield Text(f"{self.sign if place == 0 or self.sign == QUOTED else ' '} ") + line


@dataclass(frozen=True)
class _Shown:
    """A table laid out for the available width."""

    table: Table

    @property
    def least_width(self) -> int:
        """The width below which a figure would be broken."""
        return least_width(self.table)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = self.table
        texts = _texts(table)
        grid = RichTable(
            *_columns(table, texts, options.max_width),
            box=box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1, 0, 0),
        )
        most = max(table.bars, default=0)
        for place, row in enumerate(table.rows):
            cells = [
                _words(row.label),
                *(self._cell(place, column, words) for column, words in enumerate(texts[place])),
            ]
            if table.bars:
                cells.append(Text(bar(table.bars[place], most)))
            grid.add_row(*cells)
        # Printed above the table, because Rich would wrap a title to the width of a narrow table.
        caption = _words(table.caption, "bold")
        caption.stylize(Style(meta={TABLE: table.key}))
        yield caption
        yield grid

    def _cell(self, row: int, column: int, shown_as: str) -> Text:
        """Returns a cell as text, marked with its place, and with the key that lists the cases behind its figure."""
        found = self.table.rows[row]
        words = _words(shown_as)
        title = f"{self.table.caption}: {found.label}"
        words.stylize(Style(meta={FIGURE: (self.table.key, row, column, found.key(column), title)}))
        return words


Texts = list[tuple[str, ...]]
"""The cells of each row of a table as they are shown."""


def _texts(table: Table) -> Texts:
    return [tuple(map(shown, row.cells)) for row in table.rows]


def _columns(table: Table, texts: Texts, width: int) -> list[Column]:
    """Returns the columns: figures as wide as needed so that none wraps, text shares the rest."""
    places = range(len(table.columns))
    figures = {place: _figure_width(table, texts, place) for place in places if not table.holds_words(place)}
    bars = BAR_WIDTH if table.bars else 0
    words = LEAST_FOR_WORDS * (len(places) - len(figures))
    if (room := width - GAP * len(places) - bars - words) < sum(figures.values()):
        # Too wide for one line, so long cells, such as a share with its numbers, wrap.
        figures = {place: min(needed, _least_figure_width(table, texts, place)) for place, needed in figures.items()}
    fits = sum(figures.values()) <= room
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


def _figure_width(table: Table, texts: Texts, column: int) -> int:
    return max([_heading_width(table, column), *(len(row[column - 1]) for row in texts)], default=0)


def least_width(table: Table) -> int:
    """Returns the smallest width, in cells, at which no figure in a table is broken, nor a date or number among
    words."""
    places, texts = range(len(table.columns)), _texts(table)
    columns = [
        LEAST_FOR_WORDS
        if table.holds_words(place)
        else min(_figure_width(table, texts, place), _least_figure_width(table, texts, place))
        for place in places
    ]
    return sum(columns) + GAP * len(columns) + (BAR_WIDTH if table.bars else 0)


def _least_figure_width(table: Table, texts: Texts, column: int) -> int:
    """Returns the least width of a column of figures: a share goes over two lines, a number never does."""
    longest = max((len(part) for row in texts for part in row[column - 1].split()), default=0)
    return max(_heading_width(table, column), SHORT, longest)


def _heading_width(table: Table, column: int) -> int:
    return max(map(len, table.columns[column].split()), default=0)


def _words(words: str, style: str = "") -> Text:
    return Text(one_line(words), style=style, overflow="fold")
