"""A letter at the screen: what is missing is shown, nothing leaves before it is written in, and it is noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_tui.enums import Contact
from feedback_tui.screens.steps.letter import LetterScreen
from tests.screens.desk import Desk

MakeDesk = Callable[..., Desk]
ABOUT = "carers who came late"
"""The case has no words of an officer's own: what it is about is written in."""
ADDRESS, TELEPHONE, EMAIL = "Shirehall", "01632 960 100", "us@council.example"


async def test_acknowledged_and_its_letter_written(
    desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk() as d:
        await d.until(lambda: "ASC-26-0001" in d.text)
        await d.press("a")
        await d.shows("Its letter")
        await d.tab_to("letter")
        await d.press("right", "ctrl+s")
        await d.tells("acknowledged")
        await d.until(lambda: isinstance(d.app.screen, LetterScreen) and "Still to be written in" in d.text)
        await d.shows("the council's address", "the council's telephone")
        await d.press("f5")
        await d.tells("It is copied once it is whole")
        await d.press("ctrl+s")
        await d.shows("The letter still lacks")
        for words in (ADDRESS, ABOUT, TELEPHONE, EMAIL):
            await d.press("f2")
            await d.put(words)
        await d.shows("Nothing is missing")
        await d.press("f3")
        await d.tells("Written to")
        await d.press("f5")
        assert ADDRESS in d.app.clipboard
        await d.press("ctrl+s")
        await d.tells("letter noted")
        (row,) = d.case("ASC-26-0001").contacts
        assert (row.kind, row.letter) == (Contact.LETTER_TO, "acknowledgement")
        assert row.text + "\n" == next(tmp_path.glob("*.txt")).read_text("utf-8")
        for words in (ADDRESS, ABOUT, TELEPHONE, EMAIL, "Dear Margaret Hughes"):
            assert words in row.text


async def test_the_list_has_those_that_fit_first(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.until(lambda: "ASC-26-0001" in d.text)
        await d.press("L")
        await d.shows("Not usual as it stands", "Acknowledgement")
        await d.press("enter")
        await d.until(lambda: isinstance(d.app.screen, LetterScreen) and "Dear Margaret Hughes" in d.text)
