"""An officer's own keys and look in the program: bar, help, palette and the keys themselves follow one declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.command import CommandPalette

from feedback_tui.actions import use_keys
from feedback_tui.app import FeedbackApp
from feedback_tui.preferences import read_preferences
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.screens.steps.intake import IntakeScreen
from feedback_tui.storage.register import Register
from tests.screens.desk import OFFICER, TODAY, Desk
from tests.screens.rest import at_rest

MakeDesk = Callable[..., Desk]
OWN = {
    "new": ("e",),
    "explain": ("n",),
    "down": ("f7",),
    "save": ("f5",),
    "palette": ("f8",),
    "step_acknowledge": (),
    "look_light": ("f9",),
}


@pytest.fixture
def own_keys() -> Iterator[None]:
    use_keys(OWN)
    yield
    use_keys({})


async def test_own_keys_hold_on_every_screen_and_are_the_ones_shown(desk: MakeDesk, own_keys: None) -> None:
    async with desk(size=(120, 90)) as d:
        await d.until(lambda: "e New" in d.lines[-1] and "  Acknowledge  " in d.lines[-1])
        first = d.line("▌")
        await d.press("f7")
        await d.until(lambda: "▌" in d.text and d.line("▌") != first)
        await d.press("j", "a")
        assert isinstance(d.app.screen, QueueScreen)
        await d.press("question_mark")
        await d.shows("e New Logs feedback that came in.")
        await d.press("escape", "f8")
        await d.until(lambda: isinstance(d.app.screen, CommandPalette))
        await d.type("new")
        await d.shows("New  e")
        await d.press("enter")
        await d.until(lambda: isinstance(d.app.screen, IntakeScreen))
        await d.shows("F5 Save")
        await d.type("by own keys")
        await d.press("f9", "ctrl+s")
        assert d.app.theme == "desk-light"
        await d.press("f5")
        await d.tells("ASC-26-0005 logged")


async def test_a_look_is_remembered(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("ctrl+t", "ctrl+t")
        await d.until(lambda: d.app.theme == "desk-high-contrast")
    assert read_preferences().look == "high-contrast"


async def test_what_is_wrong_with_the_preferences_is_said_at_the_start(register: Register, tmp_path: Path) -> None:
    file = tmp_path / "preferences.toml"
    file.write_text('look = "pink"\n[keys]\nnew = "a"\n')
    preferences = read_preferences(file)
    app = FeedbackApp(register, register.where, OFFICER, lambda: TODAY, preferences)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await at_rest(pilot)
        said = "\n".join(note.message for note in app._notifications)
        assert "line 1: there is no look “pink”" in said
        assert "line 3: “a” for “new” is taken" in said
