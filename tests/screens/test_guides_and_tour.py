"""Help that teaches: the guides inside the program, and the tour on the fictional council."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_tui.app import FeedbackApp
from feedback_tui.guides import guides
from feedback_tui.screens.help.guides import GuidesScreen
from feedback_tui.screens.help.tour import LEGS, TourBar
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.storage.register import Register
from tests.conftest import MakeRegister
from tests.screens.desk import OFFICER, TODAY, Desk, fill

MakeDesk = Callable[..., Desk]
FOLDER = Path(__file__).parents[2] / "docs"


def test_every_page_of_the_docs_for_those_who_use_the_program_is_a_guide_with_a_title() -> None:
    found = guides()
    for_programmers = {"architecture", "changing"}
    assert {guide.name for guide in found} | for_programmers == {file.stem for file in FOLDER.glob("*.md")}
    assert for_programmers.isdisjoint(guide.name for guide in found)
    assert [guide.name for guide in found[:2]] == ["officers", "setting-up"]
    assert all(guide.title and "![" not in guide.text() for guide in found)


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_the_guides_are_read_inside_the_program(desk: MakeDesk, size: tuple[int, int]) -> None:
    async with desk(size=size) as d:
        await d.press("question_mark", "g")
        await d.until(lambda: isinstance(d.app.screen, GuidesScreen))
        await d.shows("For officers", "The morning")
        await d.press("down")
        await d.shows("For whoever sets up a council", "A profile says how a council works")
        await d.press("pagedown")
        await d.until(lambda: "A profile says how a council works" not in d.text or size[1] > 24)
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))


@pytest.fixture
def demo(make_register: MakeRegister) -> Register:
    """A register of the fictional council, with the cases of the others."""
    register = make_register("westmarch")
    fill(register)
    return register


def with_tour(register: Register) -> Desk:
    """The program, begun with the offer of the tour."""
    app = FeedbackApp(register, register.where, OFFICER, lambda: TODAY, offer_tour=True)
    return Desk(register, (80, 24), lambda: TODAY, app)


async def test_the_tour_goes_on_with_what_the_officer_does_and_ends(demo: Register) -> None:
    d = with_tour(demo)
    async with d:
        await d.shows("A fictional council", "take the tour")
        await d.press("enter")
        await d.shows("Tour 1 of 10", "↓ goes down")
        for number, keys in enumerate(
            (("down",), ("enter",), ("e",), ("escape",), ("space",), ("escape", "escape"), ("n",)), start=2
        ):
            await d.press(*keys)
            await d.shows(f"Tour {number} of 10")
        await d.type("a letter came")
        await d.shows("Tour 9 of 10", "F2 saves it as acknowledged")
        await d.press("f2")
        await d.shows("Tour 10 of 10")
        await d.press("question_mark")
        await d.tells("That was the tour")
        await d.until(lambda: not d.app.screen_stack[-2].query(TourBar))


async def test_the_tour_is_left_at_any_time_and_can_be_declined(demo: Register) -> None:
    d = with_tour(demo)
    async with d:
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))
        assert "Tour" not in d.text
        d.screen.action_do("tour")
        await d.shows("Tour 1 of 10")
        await d.press("down", "enter")
        await d.shows("Tour 3 of 10")
        await d.press("f12")
        await d.until(lambda: "Tour" not in d.text)
        await d.press("escape")
        await d.shows("Overdue")
        assert "Tour" not in d.text


async def test_the_tour_stays_out_of_a_real_register(desk: MakeDesk) -> None:
    async with desk() as d:
        d.screen.action_do("tour")
        await d.tells("feedback-tui demo opens it")
        assert isinstance(d.app, FeedbackApp)
        assert not d.app.query(TourBar)


def test_the_keys_of_the_tour_are_declared() -> None:
    from feedback_tui.actions import BY_NAME

    assert all(leg.words.format_map(dict.fromkeys(BY_NAME, "x")) for leg in LEGS)
