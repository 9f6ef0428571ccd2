"""Jump mode: a letter on every row or field in view goes there, and anything else goes nowhere."""

from __future__ import annotations

from collections.abc import Callable

from feedback_tui.screens.help.jump import LETTERS, JumpScreen, labels
from feedback_tui.screens.queue.queue import QueueScreen
from tests.screens.desk import Desk

MakeDesk = Callable[..., Desk]


async def test_a_letter_goes_to_the_row_or_field_it_stands_on(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.until(lambda: "▌" in d.line("ASC-26-0001"))
        await d.press("ctrl+o")
        await d.until(lambda: isinstance(d.app.screen, JumpScreen))
        # The third row has the third letter.
        await d.press(LETTERS[2])
        await d.until(lambda: isinstance(d.app.screen, QueueScreen) and "▌" in d.line("ASC-26-0003"))
        await d.press("ctrl+o", "escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))
        await d.press("n")
        await d.shows("New feedback")
        before = d.app.focused
        await d.press("ctrl+o")
        await d.until(lambda: isinstance(d.app.screen, JumpScreen))
        await d.press(LETTERS[0])
        await d.until(lambda: d.app.focused not in (None, before))
        assert not isinstance(d.app.screen, JumpScreen)


def test_labels_are_never_the_beginning_of_one_another() -> None:
    for count in (1, len(LETTERS), len(LETTERS) + 1, 200):
        made = labels(count)
        assert len(set(made)) == count
        assert len({len(label) for label in made}) == 1
