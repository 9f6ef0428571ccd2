"""A desk that is left is covered, its words kept; an encrypted one opens, and opens again, with its key alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedback_tui.app import FeedbackApp
from feedback_tui.screens.admin.lock import LockScreen, UnlockScreen
from feedback_tui.storage.backend import encryption_keys
from feedback_tui.storage.maintenance.change_encryption import give_key
from feedback_tui.storage.register import Register
from feedback_tui.widgets.idle_timer import LOOK_EVERY, Idle
from tests.screens.desk import OFFICER, TODAY, Desk

MakeDesk = Callable[..., Desk]
KEY = "correct horse, battery staple"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_idle_is_counted_from_the_last_key() -> None:
    clock = Clock()
    idle = Idle(15, clock)
    for _ in range(179):
        clock.now += LOOK_EVERY
        assert not idle.is_over()
    idle.touched()
    clock.now += LOOK_EVERY
    assert not idle.is_over()
    for _ in range(178):
        clock.now += LOOK_EVERY
        assert not idle.is_over()
    clock.now += LOOK_EVERY
    assert idle.is_over()


def test_a_computer_that_slept_is_covered_when_it_wakes() -> None:
    clock = Clock()
    idle, never = Idle(15, clock), Idle(0, clock)
    clock.now += 120
    assert idle.is_over()
    assert not never.is_over()


async def test_the_desk_is_covered_and_goes_on_where_it_was(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.type("unsaved words")
        d.app.cover()
        d.app.cover()
        await d.shows("Locked", f"The desk of {OFFICER} is covered", "Press ⏎ to go on")
        assert "unsaved words" not in d.text
        await d.press("ctrl+p", "ctrl+s", "escape", "a", "q")
        assert isinstance(d.app.screen, LockScreen)
        await d.press("enter")
        await d.shows("New feedback", "unsaved words")
        assert [type(screen).__name__ for screen in d.app.screen_stack][-1] == "IntakeScreen"
    async with desk() as again:
        await again.press("n")
        await again.shows("brought back", "unsaved words")


async def test_a_look_at_the_clock_covers_it(desk: MakeDesk) -> None:
    async with desk() as d:
        d.app.idle = Idle(15, clock := Clock())
        await d.press("j")
        clock.now += 901
        d.app.look_whether_idle()
        await d.shows("Locked")


@pytest.fixture
def encrypted(register: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The register of the desk, encrypted; its key is held by no one."""
    monkeypatch.setattr(encryption_keys, "ROUNDS", 2000)
    monkeypatch.setattr("feedback_tui.screens.admin.lock.from_keyring", lambda path: None)
    register.close()
    path = Path(shutil.copy(register.path, register.path.with_name("encrypted.db")))
    give_key(str(path), encryption_keys.Key(KEY))
    encryption_keys.let_go_of_all()
    yield path
    encryption_keys.let_go_of_all()


@pytest.mark.of_a_file
async def test_an_encrypted_desk_opens_with_its_key_and_its_drafts_are_closed_too(
    register: Register, encrypted: Path, state: Path
) -> None:
    app = FeedbackApp(None, str(encrypted), OFFICER, lambda: TODAY, encrypted=True)
    async with Desk(register, (80, 24), lambda: TODAY, app, ("An encrypted register",)) as d:
        await d.shows("An encrypted register", "or no register: it opens with its")
        await d.type("not the key at all")
        await d.press("enter")
        await d.shows("The key does not open")
        assert isinstance(d.app.screen, UnlockScreen)
        await d.put(KEY)
        assert KEY not in d.text
        await d.press("enter")
        await d.until(lambda: "Overdue" in d.text)
        await d.press("n")
        await d.type("unsaved words")
        d.app.cover()
        await d.shows("Type the key of the register")
        await d.type("no")
        await d.press("enter")
        await d.shows("That is not the key")
        await d.put(KEY)
        await d.press("enter")
        await d.shows("unsaved words")
        await d.press("escape")
        await d.tells("kept as a draft")
        await d.press("n")
        await d.shows("brought back", "unsaved words")
    (draft,) = (state / "drafts").glob("*.json")
    assert b"unsaved" not in draft.read_bytes()
    assert d.app.register is not None
    d.app.register.close()
