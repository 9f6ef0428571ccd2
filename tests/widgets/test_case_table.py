"""The table over a window: the cost of a page whatever the register's size, and the cursor on its row."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from feedback_tui.widgets.case_table import PAGE, CaseTable, Group
from feedback_tui.widgets.table_columns import Column
from tests.screens.desk import HOSTILE
from tests.screens.rest import at_rest


@dataclass
class Numbers:
    """Rows that are their numbers, in groups; notes what it was asked."""

    values: list[int]
    sizes: tuple[int, ...]
    asked: list[tuple[int, int]] = field(default_factory=list)

    def groups(self) -> list[Group]:
        return [Group(f"Group {place}", size) for place, size in enumerate(self.sizes)]

    def rows(self, offset: int, limit: int) -> Sequence[int]:
        self.asked.append((offset, limit))
        return self.values[offset : offset + limit]

    def locate(self, key: Hashable, near: int) -> int | None:
        return self.values.index(key) if isinstance(key, int) and key in self.values else None


class TableApp(App[None]):
    """One table."""

    def __init__(self, source: Numbers) -> None:
        super().__init__()
        self.source = source
        self.opened: list[int] = []
        self.table: CaseTable[int] = CaseTable(
            [Column("Number", lambda row: f"row {row}", 10, 10, 1), Column("Words", _words, 10, 10, 2, grows=True)],
            lambda row: row,
            empty="Nothing here.",
            id="table",
        )

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.focus()
        self.table.use(self.source)

    def on_case_table_opened(self, event: CaseTable.Opened) -> None:
        self.opened.append(event.row)

    @property
    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips(self.size)]


def _words(row: int) -> str:
    return HOSTILE[row % len(HOSTILE)]


async def settle(app: TableApp, pilot: Pilot[None]) -> None:
    """Waits until everything in view has been read."""
    for _ in range(1000):
        await at_rest(pilot)
        await app.workers.wait_for_complete()
        if app.table.count and app.table.row is not None and not any(line.strip("▌│ ") == "…" for line in app.lines):
            return
    raise AssertionError("\n".join(app.lines))


async def test_a_million_rows_cost_a_page_or_two() -> None:
    source = Numbers(list(range(1_000_000)), (3, 0, 7, 999_990))
    app = TableApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        assert app.lines[1].startswith(" Group 0 · 3")
        await pilot.press("end")
        await settle(app, pilot)
        assert app.table.row == 999_999
        assert any(line.startswith("▌row 999999") for line in app.lines)
        await pilot.press("pageup", "pageup")
        await settle(app, pilot)
        assert all(limit == PAGE for _, limit in source.asked)
        assert len(source.asked) <= 6


async def test_the_cursor_stays_on_its_row_wherever_that_row_goes() -> None:
    source = Numbers(list(range(300)), (300,))
    app = TableApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        await pilot.press("down", "down", "down")
        await at_rest(pilot)
        assert app.table.row == 3
        source.values = [*range(1000, 1200), *range(300)]
        source.sizes = (200, 300)
        app.table.read_again()
        await settle(app, pilot)
        assert app.table.row == 3
        assert app.table.cursor == 203
        assert any(line.startswith("▌row 3") for line in app.lines)


async def test_where_the_row_has_gone_the_cursor_stays_where_it_was() -> None:
    source = Numbers(list(range(10)), (10,))
    app = TableApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        await pilot.press("end")
        await at_rest(pilot)
        assert app.table.row == 9
        source.values, source.sizes = list(range(5)), (5,)
        app.table.read_again()
        await settle(app, pilot)
        assert app.table.row == 4


class HeldBack(Numbers):
    """Rows that are read once they are let go."""

    def __init__(self, values: list[int]) -> None:
        super().__init__(values, (len(values),))
        self.begun, self.go_on = threading.Event(), threading.Event()

    def rows(self, offset: int, limit: int) -> Sequence[int]:
        self.begun.set()
        assert self.go_on.wait(20)
        return super().rows(offset, limit)


async def test_a_reading_that_comes_late_is_dropped() -> None:
    stale = HeldBack([77])
    app = TableApp(Numbers(list(range(10)), (10,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        app.table.use(stale)
        assert await asyncio.to_thread(stale.begun.wait, 20)
        app.table.use(app.source)
        while not app.source.asked[1:]:
            await asyncio.sleep(0.01)
        stale.go_on.set()
        await settle(app, pilot)
        assert app.table.row == 0
        assert app.table.count == 10


async def test_lines_and_places_agree() -> None:
    source = Numbers(list(range(9)), (2, 0, 4, 3))
    app = TableApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        found = [app.table.at_line(line) for line in range(12)]
        assert [item for item in found if isinstance(item, int)] == list(range(9))
        assert [app.table.line_of(place) for place in range(9)] == [1, 2, 4, 5, 6, 7, 9, 10, 11]
        assert app.table.at_line(12) is None


async def test_keys_of_both_hands_and_the_mouse() -> None:
    app = TableApp(Numbers(list(range(100)), (100,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        await pilot.press("j", "j", "k")
        await at_rest(pilot)
        assert app.table.cursor == 1
        await pilot.press("G")
        await at_rest(pilot)
        assert app.table.cursor == 99
        await pilot.press("home")
        await at_rest(pilot)
        await pilot.click("#table", offset=(5, 4))
        await at_rest(pilot)
        assert app.table.cursor == 2
        await pilot.click("#table", offset=(5, 4))
        await at_rest(pilot)
        assert app.opened == [2]


async def test_nothing_is_said_in_words() -> None:
    app = TableApp(Numbers([], ()))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        await app.workers.wait_for_complete()
        await at_rest(pilot)
        assert any("Nothing here." in line for line in app.lines)
        await pilot.press("down", "end", "enter")
        await at_rest(pilot)


async def test_no_cell_is_wider_than_its_column_and_none_acts_on_the_terminal() -> None:
    from rich.cells import cell_len

    app = TableApp(Numbers(list(range(50)), (50,)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        strips = app.screen._compositor.render_strips(app.size)
        assert {cell_len(strip.text) for strip in strips} == {80}
        text = "".join(strip.text for strip in strips)
        assert not any(ord(letter) < 0x20 or letter in "\x9b\u202e" for letter in text)


@dataclass
class Held(Numbers):
    """Rows that are given once they may be."""

    asked_for: threading.Event = field(default_factory=threading.Event)
    may_come: threading.Event = field(default_factory=threading.Event)

    def groups(self) -> list[Group]:
        self.asked_for.set()
        assert self.may_come.wait(60)
        return super().groups()


async def test_what_was_asked_before_the_last_letter_is_given_up_and_not_shown() -> None:
    before, after = Held(list(range(100, 105)), (5,)), Numbers(list(range(200, 203)), (3,))
    app = TableApp(Numbers(list(range(5)), (5,)))
    async with app.run_test(size=(40, 8)) as pilot:
        await settle(app, pilot)
        app.table.use(before)
        await asyncio.to_thread(before.asked_for.wait, 60)
        app.table.expect()
        before.may_come.set()
        await app.workers.wait_for_complete()
        await at_rest(pilot)
        assert app.table.awaited
        assert "row 0" in app.lines[2]
        assert before.asked == [], "no row is read for nobody"
        app.table.use(after)
        await settle(app, pilot)
        assert not app.table.awaited
        assert "row 200" in app.lines[2]
