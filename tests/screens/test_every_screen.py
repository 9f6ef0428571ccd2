"""No screen is left out of the walks over all of them; and hostile words stand on each as they were typed."""

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.command import CommandPalette

from feedback_tui.actions import Topic, at
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import NewCase, Note
from feedback_tui.screens.admin.lock import Cover
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.drafted_form import DraftedForm
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.screens.shared.list_screen import ListScreen
from feedback_tui.screens.shared.lookup_screen import LookUpScreen
from feedback_tui.screens.shared.one_case_screen import OneCaseScreen
from feedback_tui.screens.shared.safe_screen import Standing
from feedback_tui.screens.shared.table_screen import TableScreen
from feedback_tui.storage.audit.check import check
from tests.places import new_place
from tests.screens.desk import HOSTILE, TODAY, Desk
from tests.screens.stock import stock
from tests.screens.stops import STOPS, Walk, screens

BASES = {
    *(Standing, DeskScreen, OneCaseScreen, TableScreen, ListScreen, LookUpScreen, DraftedForm, FormScreen, Cover),
}
"""Screens that others are made from, and that never stand by themselves."""
OF_THE_PROGRAM = {
    *("steps", "letters", "intake", "many", "span", "paragraph", "days-off", "working-days", "stage-2", "write-year"),
    *("import", "export", "backup", "guides", "help", "palette", "tour-offer", "welcome", "unlock", "lock"),
}
"""Screens on which nobody's words stand but the council's name."""
MORE = ("Z\u0351\u0352\u0353a\u0300\u0301lgo", "two\nlines\tand a tab", "👩🏾‍🦽🏴󠁧󠁢󠁷󠁬󠁳󠁿 ﷽")
"""Combining marks in a heap, lines, signs of several letters and the widest there is."""
OF_THE_LIT_ROW = ("select", "in_list('select')", "screen.open_found")
"""What Enter does in a list of rows or in the field above it: the row that is lit is taken, by the list's message."""
OF_TEXTUAL = ("next_field", "previous_field", "palette", "quit")
"""Actions whose keys are bound by Textual or by the app, above every screen."""
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SWALLOWED = re.compile(r"(?<!\[)(?<!…)Zq|Zq(?![\]…│])")
"""The mark of every hostile word, without the brackets that it was typed in: taken for markup."""


class Hostile:
    """Puts another hostile word in the place of each, marked: ``[Zq]`` is shown, or it was read as markup."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, words: str) -> str:
        self._count += 1
        hostile = (*HOSTILE, *MORE)[self._count % (len(HOSTILE) + len(MORE))]
        return f"[Zq][/] {hostile}".replace(";", ",")[:55].strip()


def test_no_screen_is_left_out() -> None:
    assert set(screens()) - BASES == {stop.screen for stop in STOPS} - {CommandPalette}


@pytest.mark.parametrize("size", [(80, 24), pytest.param((160, 50), marks=pytest.mark.walk)], ids=["80x24", "160x50"])
async def test_hostile_words_stand_as_typed_on_every_screen(
    tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)
    say = Hostile()
    found = stock(new_place(tmp_path), say)
    async with Desk(found.register, size, lambda: TODAY) as desk:
        desk.app.animation_level = "none"
        walk = Walk(desk, found, state, say)
        long = NewCase(kind=Kind.COMMENT, received_on=TODAY, description="[Zq][/]" + "W" * 10_000)
        log(walk.services.actor(), long)
        note(walk.services.actor(), found.running, Note(on=TODAY, words="[Zq][/]\n" * 200))
        bare, seen = set(), set()
        for stop in STOPS:
            await walk.to(stop, words=False)
            _nothing_acts(desk, stop.name)
            if stop.screen not in seen and size == (80, 24):
                await _the_keys_that_its_help_names_work(desk, stop.name)
            seen.add(stop.screen)
            if "Zq" not in "".join(desk.lines[1:]):
                bare.add(stop.name)
            await walk.home()
        assert sorted(bare - OF_THE_PROGRAM) == []
        for words in (*HOSTILE, *MORE):
            walk.queue.say(f"[Zq][/] {words}", "error")
        await desk.shows("[Zq][/]")
        _nothing_acts(desk, "what is said in a corner")
        assert desk.app.return_code is None
    assert not (state / "trouble.log").exists(), (state / "trouble.log").read_text()
    assert check(found.register).sound
    found.register.close()


async def _the_keys_that_its_help_names_work(desk: Desk, where: str) -> None:
    """Each key of each action declared for the screen leads to the action, or to a sentence that says why not."""
    screen = desk.app.screen
    if not isinstance(screen, DeskScreen):
        return
    bound = {key: found.binding.action for key, found in screen.active_bindings.items()}
    for action in at(screen.PLACE):
        if action.topic is Topic.MOVE or action.name in OF_TEXTUAL:
            continue
        method = "take" if action.step is not None else f"do_{action.name}"
        for key in action.keys:
            assert key in bound, (where, action.name, key)
            if bound[key] in OF_THE_LIT_ROW:
                continue
            with patch.object(screen, method) as done, patch.object(screen, "say") as said:
                if bound[key] == f"do('{action.name}')":
                    screen.action_do(action.name)
                else:
                    # What has the focus knows the key too, and passes it on where it has no use for it.
                    await desk.press(key)
                await desk.until(lambda done=done, said=said: done.called or said.called)  # type: ignore[misc]
            told = str(said.call_args.args[0]) if said.called else ""
            assert done.called or told.startswith(f"{action.words}: not now, "), (where, action.name, key)


def _nothing_acts(desk: Desk, where: str) -> None:
    text = desk.text
    assert not CONTROLS.search(text), (where, text)
    assert not SWALLOWED.search(text), (where, text)
