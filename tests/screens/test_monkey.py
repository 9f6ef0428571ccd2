"""A monkey at the keys: whatever is pressed, nothing crashes, no case is lost, and the way back is always open.

It sits at the fictional council. ``make monkey`` lets it press 5,000 keys, from seeds that it prints; ``MONKEY_SEEDS``
takes those of a run that failed again.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlmodel import select
from textual.events import Paste

from feedback_tui.actions import ACTIONS
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.exchange.demo import fictional_register
from feedback_tui.exchange.register_csv import read_rows
from feedback_tui.models.case import Case
from feedback_tui.rules.profile import load_profile, profile_text
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, create_register, open_register
from tests.places import copy_of, drop, new_place
from tests.screens.desk import HOSTILE, OFFICER, TODAY, Desk

KEYS_PRESSED = int(os.environ.get("MONKEY_KEYS", "150"))
SEEDS = [int(seed) for seed in os.environ.get("MONKEY_SEEDS", "1 2").split()]
CASES, COUNCIL = 120, "westmarch"
LAST = 40
"""Keys that are named where it fails."""
TYPED = (
    "t",
    "o",
    "d",
    "a",
    "y",
    "1",
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


@cache
def demo_place() -> str:
    """The fictional council, made once a session. Copy it; never open it."""
    place = new_place(Path(tempfile.mkdtemp(prefix="feedback-tui-tests-")), "demo")
    profile = load_profile(COUNCIL)
    register = create_register(place, profile_text(COUNCIL))
    rows = read_rows(fictional_register(CASES, TODAY, profile=profile), profile, TODAY)
    import_cases(Actor(register, OFFICER, TODAY), rows)
    register.close()
    return place


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Register]:
    """A copy of the fictional council, for the monkey alone."""
    register = open_register(copy_of(demo_place(), tmp_path))
    yield register
    register.close()
    drop(register.where)


def references(register: Register) -> set[str]:
    """Of every case that there is."""
    with register.reading() as session:
        return set(session.exec(select(Case.reference)))


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_monkey_at_the_keys(
    demo: Register, seed: int, tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "started-in"
    folder.mkdir()
    monkeypatch.chdir(folder)
    chance, pressed = random.Random(seed), ["(none)"]
    before = references(demo)
    async with Desk(demo, chance.choice([(80, 24), (160, 50)]), lambda: TODAY) as d:
        for count in range(KEYS_PRESSED):
            if d.ended:
                break
            if chance.random() < 0.04:
                d.app.post_message(Paste(chance.choice(HOSTILE)))
            else:
                pressed.append(chance.choice(TYPED if chance.random() < 0.6 else BOUND))
                await d.press(pressed[-1])
            assert d.fault is None, f"seed {seed}, {count} keys, the last: {pressed[-LAST:]}"
        for _ in range(40):
            if d.ended or isinstance(d.app.screen, QueueScreen):
                break
            await d.press("escape")
        assert d.ended or isinstance(d.app.screen, QueueScreen), f"seed {seed}: {pressed[-LAST:]}\n{d.text}"
        await d.until(lambda: all(worker.is_finished for worker in d.app.workers))
    assert before <= references(demo), f"seed {seed}"
    health = check(demo)
    assert health.sound, f"seed {seed}: {health.lines}"
    assert not (state / "trouble.log").exists(), (state / "trouble.log").read_text()
