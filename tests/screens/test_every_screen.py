"""No screen is left out of the walks over all of them; and hostile words stand on each as they were typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.command import CommandPalette

from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import NewCase, Note
from feedback_tui.screens.admin.lock import Cover
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.screens.shared.list_screen import ListScreen
from feedback_tui.screens.shared.lookup_screen import LookUpScreen
from feedback_tui.screens.shared.one_case_screen import OneCaseScreen
from feedback_tui.screens.shared.safe_screen import Standing
from feedback_tui.storage.audit.check import check
from tests.places import new_place
from tests.screens.desk import HOSTILE, TODAY, Desk
from tests.screens.stock import stock
from tests.screens.stops import STOPS, Walk, screens

BASES = {Standing, DeskScreen, OneCaseScreen, FormScreen, ListScreen, LookUpScreen, Cover}
"""Screens that others are made from, and that never stand by themselves."""
OF_THE_PROGRAM = {
    *("steps", "letters", "intake", "many", "span", "paragraph", "days-off", "working-days", "stage-2", "write-year"),
    *("import", "export", "backup", "guides", "help", "palette", "tour-offer", "welcome", "unlock", "lock"),
}
"""Screens on which nobody's words stand but the council's name."""
MORE = ("Z\u0351\u0352\u0353a\u0300\u0301lgo", "two\nlines\tand a tab", "👩🏾‍🦽🏴󠁧󠁢󠁷󠁬󠁳󠁿 ﷽")
"""Combining marks in a heap, lines, signs of several letters and the widest there is."""
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


@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=["80x24", "160x50"])
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
        bare = set()
        for stop in STOPS:
            await walk.to(stop, words=False)
            _nothing_acts(desk, stop.name)
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


def _nothing_acts(desk: Desk, where: str) -> None:
    text = desk.text
    assert not CONTROLS.search(text), (where, text)
    assert not SWALLOWED.search(text), (where, text)
