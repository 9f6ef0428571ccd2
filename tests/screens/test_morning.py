"""The morning on screen: a number opens its list, and Escape comes back to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_tui.preferences import Preferences, read_preferences
from feedback_tui.screens.queue.morning import MorningScreen
from feedback_tui.screens.queue.queue import QueueScreen
from tests.screens.desk import Desk

MakeDesk = Callable[..., Desk]


async def test_a_number_opens_its_list_and_escape_comes_back(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("1")
        await d.shows("Overdue", "Due today", "Waiting for consent", "Open by team", "Complaints, 1 to 15 April 2026")
        await d.press("down", "enter")
        await d.shows("Cases · Due today", "due:2026-04-15", "1 row")
        assert "ASC-26-0002" in d.text
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, MorningScreen))
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))


@pytest.mark.parametrize(("said", "start"), [("today", "today"), ("queue", "queue"), ("noon", "queue")])
def test_which_screen_opens_first_is_a_preference(tmp_path: Path, said: str, start: str) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text(f'start = "{said}"\n')
    found = read_preferences(path)
    assert found.start == start
    assert bool(found.problems) == (said == "noon")
    assert Preferences().start == "queue"
