"""Find anything, as you type, from anywhere; and the cases that were opened last."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.notes import note
from feedback_tui.models.inputs.stages import Note
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.storage.register import Register
from feedback_tui.widgets.recent_cases import KEPT, Recent
from tests.screens.desk import OFFICER, TODAY, Desk

MakeDesk = Callable[..., Desk]


async def test_words_of_a_note_are_found_and_the_case_is_then_the_one_opened_last(
    desk: MakeDesk, register: Register, state: Path
) -> None:
    note(Actor(register, OFFICER, TODAY), "ASC-26-0003", Note(on=TODAY, words="The [/] stairlift squeaks, 50%"))
    async with desk() as d:
        await d.press("f3")
        await d.shows("Find anything")
        await d.type("stairl")
        await d.shows("1 case", "stairlift squeaks", "ASC-26-0003")
        await d.put(" nothing-like-it [/] O'Brien \x1b]0;x")
        await d.shows("Nothing has “stairl")
        await d.press(*["backspace"] * 40)
        await d.type("hughes")
        await d.shows("ASC-26-0001")
        await d.press("enter")
        await d.shows("Carers came two hours late", "esc Back")
        await d.press("f3")
        await d.shows("The cases you opened last.", "ASC-26-0001")
        await d.press("enter")
        await d.shows("Carers came two hours late", "esc Back")
        await d.press("escape", "escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))
    (kept,) = (state / "recent").iterdir()
    assert json.loads(kept.read_text()) == ["ASC-26-0001"]
    assert kept.stat().st_mode & 0o777 == 0o600


def test_what_was_opened_last_is_kept_for_each_officer_and_no_longer_than_needed(tmp_path: Path) -> None:
    mine, hers = Recent(tmp_path / "r", "one\nme"), Recent(tmp_path / "r", "one\nher")
    for number in [*range(KEPT + 5), 3]:
        mine.opened(f"A-{number}")
    assert Recent(tmp_path / "r", "one\nme").references == mine.references
    assert (len(mine.references), mine.references[:2]) == (KEPT, ["A-3", f"A-{KEPT + 4}"])
    assert hers.references == []
    next((tmp_path / "r").iterdir()).write_text("{")
    assert Recent(tmp_path / "r", "one\nme").references == []
    assert Recent().references == []
