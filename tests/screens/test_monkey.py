"""A monkey at the keys: whatever is pressed, nothing crashes, no case is lost, and the way back is always open."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import col, func, select
from textual.events import Paste
from textual.pilot import Pilot

from feedback_tui.actions import ACTIONS
from feedback_tui.models.case import Case
from feedback_tui.screens.queue import QueueScreen
from feedback_tui.storage.register import Register
from tests.screens.desk import HOSTILE, Desk

MakeDesk = Callable[..., Desk]
KEYS_PRESSED = int(os.environ.get("MONKEY_KEYS", "150"))
TYPED = (
    "t",
    "o",
    "d",
    "a",
    "y",
    "1",
    "/",
    "slash",
    "space",
    "enter",
    "tab",
    "tab",
    "shift+tab",
    "down",
    "up",
    "backspace",
)
BOUND = tuple(key for action in ACTIONS for key in action.keys if key != "ctrl+q")


def cases(register: Register) -> int:
    """How many cases there are."""
    with register.reading() as session:
        return session.exec(select(func.count(col(Case.id)))).one()


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_monkey_at_the_keys(
    desk: MakeDesk, register: Register, seed: int, tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    chance, pressed = random.Random(seed), ["(none)"]
    async with desk(size=chance.choice([(80, 24), (160, 50)])) as d:
        before = cases(register)
        for _ in range(KEYS_PRESSED):
            if d.app._exit:
                break
            if chance.random() < 0.04:
                d.app.post_message(Paste(chance.choice(HOSTILE)))
            else:
                key = chance.choice(TYPED if chance.random() < 0.6 else BOUND)
                pressed.append(key)
                await _press(d.pilot, key)
            assert d.app._exception is None, pressed[-12:]
        await d.app.workers.wait_for_complete()
        for _ in range(40):
            if d.app._exit or isinstance(d.app.screen, QueueScreen):
                break
            await _press(d.pilot, "escape")
        assert d.app._exit or isinstance(d.app.screen, QueueScreen), pressed[-12:]
        assert cases(register) >= before
    assert not (state / "trouble.log").exists(), (state / "trouble.log").read_text()


async def _press(pilot: Pilot[None], key: str) -> None:
    await pilot.press(key)
