"""The learning ledger on screen: from the queue by one key, an action done from it, and back to the same row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.learning import learn
from feedback_tui.models.inputs.follow_up import Learned
from feedback_tui.screens.case.case import CaseScreen
from feedback_tui.screens.queue.learning_ledger import LearningScreen
from feedback_tui.storage.register import Register
from tests.screens.desk import TODAY, Desk

MakeDesk = Callable[..., Desk]


async def test_an_action_is_done_from_the_ledger_with_its_proof(desk: MakeDesk, register: Register) -> None:
    sam = Actor(register, "sreed", TODAY)
    for number, text in enumerate(("Ring [/] back", "Write it down")):
        given = Learned(on=TODAY, area="finance", text=text, action=f"Act {number}", due_on=date(2026, 4, 14 + number))
        learn(sam, "ASC-26-0003", given)
    async with desk(size=(120, 30)) as d:
        await d.press("J")
        await d.shows("Overdue · 1", "To be done · 1", "Ring [/] back", "ASC-26-0003 · complaint, received 16 Mar 2026")
        await d.press("down", "d")
        await d.shows("2. Act 1", "What shows it")
        await d.tab_to("proof")
        await d.type("minutes")
        await d.press("ctrl+s")
        await d.tells("ASC-26-0003: action done")
        await d.shows("Done · 1", "done Wed 15 April 2026, proof: minutes")
        assert [row.done_on for row in d.case("ASC-26-0003").actions] == [None, TODAY]
        await d.hush()
        await d.press("O")
        await d.shows("1 row · overdue only")
        await d.press("O", "slash")
        await d.type("write")
        await d.until(lambda: "Act 0" not in d.text and "Write it down" in d.text)
        await d.press("enter", "enter")
        await d.until(lambda: isinstance(d.app.screen, CaseScreen) and "Next" in d.text)
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, LearningScreen))
        await d.press("escape")
        await d.shows("Overdue · 2")
