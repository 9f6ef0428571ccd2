"""Every action that the palette offers does something on every screen, and none of them ends the program by a fault.

``make palette`` presses each of them on each screen, by the palette itself (a quarter of an hour); ``make test`` looks
that each is there, and presses those of a form.
"""

from __future__ import annotations

import inspect
import os
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.command import Command, CommandList, CommandPalette

from feedback_tui.actions import BY_NAME, Topic, at
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.storage.register import Register
from feedback_tui.widgets.key_bindings import screen_bindings
from tests.places import new_place
from tests.screens.desk import TODAY, Desk
from tests.screens.stock import stock
from tests.screens.stops import STOPS, Stop, Walk, screens

ALL = os.environ.get("PALETTE_ALL") == "1"
ENDS = ("quit",)
"""What ends the program, as it should."""


def test_every_action_of_a_screen_has_its_method() -> None:
    for screen in screens():
        for action in at(screen.PLACE) if issubclass(screen, DeskScreen) and hasattr(screen, "PLACE") else ():
            if action.step is not None:
                assert getattr(screen, "take", None) is not DeskScreen.take, screen
            elif action.in_palette or action.topic is not Topic.MOVE:
                method = getattr(screen, f"do_{action.name}", None)
                assert method is not None, (screen, action.name)
                # What only makes a coroutine does nothing: no one awaits it.
                assert not inspect.iscoroutinefunction(inspect.unwrap(method)), (screen, action.name)


def test_every_screen_binds_the_keys_of_its_place() -> None:
    """What the help names for a screen is a key that works there."""
    for screen in screens():
        if not issubclass(screen, DeskScreen) or not hasattr(screen, "PLACE"):
            continue
        bound = {
            one.id for kind in screen.__mro__ for one in vars(kind).get("BINDINGS", ()) if isinstance(one, Binding)
        }
        wanted = {one.id for one in screen_bindings(screen.PLACE) if isinstance(one, Binding)}
        assert wanted <= bound, (screen, wanted - bound)


def offered(screen: DeskScreen) -> list[str]:
    """The names of the actions that the palette offers on `screen` as it stands."""
    situation = screen.situation()
    actions = [action for action in at(screen.PLACE) if action.in_palette and action.name != "palette"]
    return [action.name for action in actions if action.why_not(situation) is None]


async def choose(desk: Desk, name: str) -> None:
    """Opens the palette, types the words of the action, and takes it."""
    await desk.press("ctrl+p")
    await desk.until(lambda: isinstance(desk.app.screen, CommandPalette))
    await desk.put(BY_NAME[name].words)
    found = desk.app.screen.query_one(CommandList)

    def words() -> list[str | None]:
        return [option.hit.text for option in found.options if isinstance(option, Command)]

    await desk.until(lambda: BY_NAME[name].words in words())
    found.highlighted = words().index(BY_NAME[name].words)
    await desk.press("enter")
    await desk.until(lambda: not isinstance(desk.app.screen, CommandPalette))


async def test_the_fields_of_a_form_are_gone_through_by_the_palette(register: Register) -> None:
    async with Desk(register, (80, 24), lambda: TODAY) as desk:
        await desk.press("n")
        await desk.until(lambda: desk.screen.query("#form-place Form"))
        await desk.type("Nobody came")
        first = desk.app.focused
        await choose(desk, "next_field")
        await desk.until(lambda: desk.app.focused is not first)
        await choose(desk, "previous_field")
        await desk.until(lambda: desk.app.focused is first)
        assert desk.form_words("description") == "Nobody came"
        await choose(desk, "quit")
        await desk.until(lambda: desk.ended)
        assert desk.app.return_code == 0


async def press_every_action(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch, stop: Stop) -> None:
    """Presses every action that the palette offers at `stop`."""
    monkeypatch.chdir(tmp_path)
    done: set[str] = set()
    names: list[str] = []
    while not done or set(names) - done:
        # Each on a register of its own run: what one changes is not there for the next.
        folder = tmp_path / f"{len(done)}"
        folder.mkdir()
        found = stock(new_place(folder))
        async with Desk(found.register, (80, 24), lambda: TODAY) as desk:
            walk = Walk(desk, found, state)
            while True:
                await walk.to(stop)
                names = names or [name for name in offered(desk.screen) if name not in ENDS]
                left = [name for name in names if name not in done and name in offered(desk.screen)]
                if not left:
                    done |= set(names)
                    break
                await choose(desk, left[0])
                await desk.rest()
                done.add(left[0])
                assert desk.fault is None, (stop.name, left[0])
                await walk.home()
        found.register.close()
    assert not (state / "trouble.log").exists(), (state / "trouble.log").read_text()


if ALL:
    OFFERING = [stop for stop in STOPS if issubclass(stop.screen, DeskScreen) and stop.name != "tour"]
    test_every_action_of_the_palette = pytest.mark.parametrize("stop", OFFERING, ids=lambda stop: stop.name)(
        press_every_action
    )
