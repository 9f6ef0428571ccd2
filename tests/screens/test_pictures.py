"""Pictures of every screen, frozen: what changes is looked at before it is accepted (pytest --snapshot-update).

Narrow, narrow without colour, and wide; taken in one running program each, for a start costs more than a picture.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion
from textual.filter import Monochrome
from textual.widget import Widget

from feedback_tui.screens.queue.queue import QueueScreen
from tests.places import copy_of
from tests.screens.desk import TODAY, Desk
from tests.screens.stock import Stock, opened, stock_place
from tests.screens.stops import STOPS, Walk

NARROW, WIDE = (80, 24), (160, 50)
LOOKS = ("desk-light", "desk-high-contrast")


@pytest.fixture
def stock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stock]:
    """The stock in a register of this test's own; what a clock or this machine says stands on no picture."""
    for screens in ("one_case_screen", "list_screen"):
        monkeypatch.setattr(f"feedback_tui.screens.shared.{screens}.note_view", lambda screen, reference: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    found = opened(copy_of(stock_place(), tmp_path))
    yield found
    found.register.close()
    monkeypatch.undo()
    time.tzset()


def desk_on(stock: Stock, size: tuple[int, int]) -> Desk:
    """The program on the stock; nothing on it glides."""
    desk = Desk(stock.register, size, lambda: TODAY)
    desk.app.animation_level = "none"
    return desk


def picture(desk: Desk, *, colour: bool = True) -> str:
    """What stands on the screen, as SVG."""
    if colour:
        return desk.app.export_screenshot(title="feedback-tui", simplify=True)
    desk.app._filters.append(Monochrome())
    try:
        _draw_anew(desk)
        return desk.app.export_screenshot(title="feedback-tui", simplify=True)
    finally:
        desk.app._filters.pop()
        _draw_anew(desk)


def _draw_anew(desk: Desk) -> None:
    for screen in desk.app.screen_stack:
        for widget in screen.walk_children(Widget, with_self=True):
            widget._styles_cache.clear()


class Album:
    """Compares pictures with those that were kept, and remembers which differ."""

    def __init__(self, kept: SnapshotAssertion, folder: Path) -> None:
        self._kept, self._folder = kept.use_extension(SVGImageExtension), folder
        self.differ: list[str] = []

    def compare(self, name: str, found: str) -> None:
        """Compares one; one that differs is written where it can be looked at."""
        if self._kept(name=name) != found:
            (self._folder / f"{name}.svg").write_text(found, encoding="utf-8")
            self.differ.append(name)

    def close(self) -> None:
        """Fails where a picture differs."""
        assert not self.differ, f"not as they were kept: {', '.join(self.differ)}; as they are now: {self._folder}"


@pytest.fixture
def album(snapshot: SnapshotAssertion, tmp_path: Path) -> Album:
    """The pictures that were kept."""
    folder = tmp_path / "differ"
    folder.mkdir()
    return Album(snapshot, folder)


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.walk)], ids=["80x24", "160x50"])
async def test_every_screen(stock: Stock, album: Album, state: Path, size: tuple[int, int]) -> None:
    async with desk_on(stock, size) as desk:
        walk = Walk(desk, stock, state)
        for stop in STOPS:
            await walk.to(stop)
            album.compare(stop.name, picture(desk))
            if size == NARROW:
                album.compare(f"{stop.name}-without-colour", picture(desk, colour=False))
            await walk.home()
    album.close()


async def test_the_queue_and_a_case_in_the_other_looks(stock: Stock, album: Album, state: Path) -> None:
    async with desk_on(stock, NARROW) as desk:
        walk = Walk(desk, stock, state)
        for look in LOOKS:
            desk.app.theme = look
            for stop in STOPS:
                if stop.name in ("queue", "case"):
                    await walk.to(stop)
                    album.compare(f"{stop.name}-{look}", picture(desk))
                    await walk.home()
    album.close()


async def test_without_colour_from_the_start(
    stock: Stock, album: Album, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the other pictures without colour, but the officer's terminal asked for it."""
    monkeypatch.setenv("NO_COLOR", "1")
    desk = desk_on(stock, NARROW)
    assert any(isinstance(one, Monochrome) for one in desk.app._filters)
    async with desk:
        walk = Walk(desk, stock, state)
        await walk.to(next(stop for stop in STOPS if stop.screen is QueueScreen))
        album.compare("queue", picture(desk))
    album.close()


def test_the_pictures_are_of_screens_that_there_are() -> None:
    folder = Path(__file__).parent / "__snapshots__" / "test_pictures"
    names = {stop.name for stop in STOPS}
    kept = {file.stem.split("[")[-1].rstrip("]") for file in folder.glob("test_every_screen*.svg")}
    assert {name.removesuffix("-without-colour") for name in kept} == names
