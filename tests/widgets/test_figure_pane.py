"""The pane of figures: whatever its width, every figure can be read whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.console import RenderableType
from textual.app import App, ComposeResult

from feedback_tui.reports.declarations.complaints import CASES
from feedback_tui.reports.declarations.numbers import Number
from feedback_tui.reports.document.blocks import Mean, Paper, Row, Section, Share, Table, Withholding
from feedback_tui.reports.document.number_format import shown
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.renderers.as_text import section_parts
from feedback_tui.widgets.figure_pane import FigurePane
from tests.reports.building import figures_of_cases
from tests.reports.full_year import FULL, full_typed

WIDTHS = range(80, 161)
SHAPES = ("Feedback received", "Outcomes", "Ombudsman", "The last years")
TREE = 42
"""Columns that the tree of sections takes beside the pane, from a width of 120 on."""


def _number(value: int) -> Number:
    return Number(value, f"a.{value}", CASES)


BIG = Table(
    "Large figures in many columns",
    ("Team", *(f"Year 20{year}/{year + 1}" for year in range(10, 18)), "Change"),
    tuple(
        Row(
            f"A team with a long name, number {line}",
            (
                *(Share(_number(1_234_567 + line + place), _number(987_654_321)) for place in range(4)),
                *(Mean(_number(1_234_567 + line + place), _number(15)) for place in range(4)),
                _number(9_876_543_210),
            ),
        )
        for line in range(3)
    ),
    Withholding.LEFT_OUT,
    key="big",
)


Place = tuple[str, int, int]


class PaneApp(App[None]):
    """Nothing but the pane."""

    def __init__(self, parts: list[RenderableType]) -> None:
        super().__init__()
        self.parts = parts

    def compose(self) -> ComposeResult:
        yield FigurePane()


def _tables(whole: Paper) -> dict[str, Table]:
    return {table.key: table for section in whole.sections for table in section.tables}


@pytest.fixture(scope="module")
def whole() -> Paper:
    found = paper(figures_of_cases(*FULL, typed=full_typed()))
    # One section for each shape of table.
    kept = (section for section in found.sections if section.title in SHAPES)
    sections = (*kept, Section("Large figures", ("There were 15 comments, " * 30,), (BIG,)))
    return Paper(found.title, found.council, found.about, sections, found.as_of)


def _seen(pane: FigurePane) -> Iterator[tuple[str, dict[Place, str]]]:
    """What stands on each line of the pane, and each cell's part of it, read by scrolling to the right."""
    height, width = pane.virtual_size.height, pane.scrollable_content_region.width
    texts, cells = [""] * height, [dict[Place, str]() for _ in range(height)]
    for x in range(0, pane.virtual_size.width, width):
        pane.scroll_to(x, 0, animate=False, force=True)
        shown_from = x - round(pane.scroll_x)
        for y in range(height):
            for segment in pane.render_line(y).crop(shown_from, width):
                texts[y] += segment.text
                found = segment.style.meta.get("figure") if segment.style is not None else None
                if found is not None:
                    cells[y][found[:3]] = cells[y].get(found[:3], "") + segment.text
    return zip(texts, cells, strict=True)


async def test_every_figure_is_read_whole_at_every_width(whole: Paper) -> None:
    """Cell by cell, on the strips that reach the screen: no digit is lost, and no number goes over two lines."""
    tables = _tables(whole)
    wanted = {
        (key, row, column): shown(cell).split()
        for key, table in tables.items()
        for row, line in enumerate(table.rows)
        for column, cell in enumerate(line.cells)
        if not table.holds_words(column + 1)
    }
    sentences = [" ".join(words.split()) for section in whole.sections for words in section.paragraphs]
    parts = [part for section in whole.sections for part in section_parts(section)]
    app = PaneApp(parts)
    async with app.run_test(size=(80, 24)) as pilot:
        pane = app.query_one(FigurePane)
        pane.show(parts)
        for width in sorted({width - (TREE if width >= 120 else 0) for width in WIDTHS}):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            lines = list(_seen(pane))
            found: dict[Place, list[str]] = {}
            for _, cells in lines:
                for place, text in cells.items():
                    found.setdefault(place, []).extend(text.split())
            assert {place: found.get(place) for place in wanted} == wanted, width
            text = " ".join(" ".join(line for line, _ in lines).split())
            assert [words for words in sentences if words not in text] == [], width


async def test_a_table_is_found_by_its_key(whole: Paper) -> None:
    parts = [part for section in whole.sections for part in section_parts(section)]
    async with PaneApp(parts).run_test(size=(100, 24)) as pilot:
        pane = pilot.app.query_one(FigurePane)
        pane.show(parts)
        await pilot.pause()
        for key, table in _tables(whole).items():
            pane.go_to(key)
            await pilot.pause()
            top = round(pane.scroll_y)
            text = [pane.render_line(y).text.strip() for y in range(pane.size.height)]
            assert table.caption in text, key
            assert text[0] == table.caption or top == pane.max_scroll_y, key
            assert (
                pane.spot is None
                or pane.spot.place[0] == key
                or not any(row.key(column) for row in table.rows for column in range(len(row.cells)))
            )


def test_every_table_has_a_key_of_its_own(whole: Paper) -> None:
    tables = [table for section in whole.sections for table in section.tables]
    assert len({table.key for table in tables}) == len(tables)
    assert all(table.key for table in tables)
