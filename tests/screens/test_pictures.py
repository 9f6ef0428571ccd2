"""Pictures of the screens, frozen: what changes is looked at before it is accepted (pytest --snapshot-update)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from feedback_tui.storage.register import Register
from tests.screens.desk import OFFICER, TODAY, Desk

Compare = Callable[..., bool]


def picture(
    register: Register, size: tuple[int, int], *keys: str, until: str, look: str = "desk-dark"
) -> dict[str, Any]:
    """The program and what is done with it before the picture is taken, once `until` stands on the screen."""
    desk = Desk(register, size, lambda: TODAY)
    desk.app.theme = look

    async def before(pilot: Pilot[None]) -> None:
        desk.pilot = pilot
        await desk.shows("Overdue · 1", OFFICER)
        await desk.until(lambda: "▌" in desk.text)
        await desk.press(*keys)
        await desk.shows(until)
        await desk.app.workers.wait_for_complete()
        await pilot.pause()

    runs: Callable[[Pilot[None]], Awaitable[None]] = before
    return {"app": desk.app, "terminal_size": size, "run_before": runs}


@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=["80x24", "160x50"])
def test_the_queue(register: Register, snap_compare: Compare, size: tuple[int, int]) -> None:
    until = "What they say" if size[0] == 160 else "Overdue · 1"
    assert snap_compare(**picture(register, size, until=until))


def test_the_queue_in_the_light(register: Register, snap_compare: Compare) -> None:
    assert snap_compare(**picture(register, (80, 24), until="Overdue · 1", look="desk-light"))


def test_the_queue_without_colour(register: Register, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(**picture(register, (80, 24), until="Overdue · 1"))


def test_new_feedback(register: Register, snap_compare: Compare) -> None:
    assert snap_compare(**picture(register, (80, 24), "n", until="Six months end"))


@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=["80x24", "160x50"])
def test_a_case(register: Register, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(**picture(register, size, "enter", until="Dates"))


@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=["80x24", "160x50"])
@pytest.mark.parametrize(
    ("keys", "until"),
    [
        (("space",), "Handling"),
        (("a",), "What this does to the dates"),
        (("e",), "working days from receipt"),
        (("ctrl+p", *"importareg", "enter"), "Cases from a CSV file"),
    ],
    ids=["steps", "acknowledge", "explain", "import"],
)
def test_a_screen(
    register: Register, snap_compare: Compare, size: tuple[int, int], keys: tuple[str, ...], until: str
) -> None:
    assert snap_compare(**picture(register, size, *keys, until=until))


@pytest.mark.parametrize(
    ("keys", "until"),
    [(("enter",), "Statutory complaint"), (("space",), "Handling"), (("n",), "Six months end")],
    ids=["case", "steps", "intake"],
)
def test_a_screen_without_colour(
    register: Register, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], until: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(**picture(register, (80, 24), *keys, until=until))


def test_the_case_in_high_contrast(register: Register, snap_compare: Compare) -> None:
    assert snap_compare(**picture(register, (80, 24), "enter", until="Statutory", look="desk-high-contrast"))
