"""The pages: a case, its dates explained, the year, go to, help, the palette, the first start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from feedback_tui.app import FeedbackApp
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind, Role
from feedback_tui.models.inputs.stages import NewCase, Note, PointInput
from feedback_tui.screens.help.help import HelpScreen
from feedback_tui.screens.help.welcome import WelcomeScreen
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.storage.register import Register, open_register
from feedback_tui.widgets.fields import LineField
from tests.screens.desk import HOSTILE, TODAY, Desk
from tests.screens.rest import at_rest

MakeDesk = Callable[..., Desk]


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_a_case_reads_like_a_page_with_what_is_next_on_top(desk: MakeDesk, size: tuple[int, int]) -> None:
    async with desk(size=size) as d:
        await d.press("enter")
        await d.shows(
            "Next", "Acknowledge by Mon 13 April 2026, 2 working days late", "Statutory complaint, adult social care"
        )
        await d.press("end")
        await d.shows("Timeline, latest first", "logged · jsmith")
        if size[0] == 160:
            await d.shows("Carers came two hours late", "Dates", "Six months end")


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_shows_as_typed_on_every_page(
    desk: MakeDesk, register: Register, text: str, size: tuple[int, int]
) -> None:
    name = text.replace(";", ",")
    new = NewCase(
        kind=Kind.COMPLAINT,
        received_on=TODAY,
        channel=name.replace(" > ", " "),
        procedure="statutory-adult",
        description=text,
        wanted=text,
        customer_name=text,
        correspondent_name=text + "2",
        correspondent_role=Role.FAMILY,
        contact=text,
        officer=text,
        points=(PointInput(text=text, team=name, theme=name, category=name),),
        reference=f"HOSTILE {text[:8]}".strip(),
    )
    log(Actor(register, text, TODAY), new)
    async with desk(size=size) as d:
        await d.press("slash")
        await d.type("hostile")
        await d.shows("HOSTILE", "1 row")
        await d.press("enter", "enter")
        await d.shows("What they say", "Next")
        for keys in (
            ("e", "escape"),
            ("space", "escape"),
            ("a", "escape"),
            ("s", "escape"),
            ("question_mark", "escape"),
        ):
            await d.press(*keys)
            await d.app.workers.wait_for_complete()
        await d.press("escape", "g")
        await d.type("HOSTILE")
        await d.shows("complaint, logged")
        assert not any(control in d.text for control in ("\x1b", "\x07", "\x9b", "\u202e"))
        assert d.app.return_code is None


async def test_a_date_is_explained_day_by_day_with_each_skipped_day_named(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("end", "up", "e")
        await d.shows("Response (aim): Wed 22 April 2026", "25 working days from receipt", "Source:")
        await d.shows("Good Friday", "Easter Monday")
        await d.press("down")
        await d.shows("Response (due by): ", "65 working days from receipt")


async def test_the_year_counts_and_goes_back_a_year(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("Y")
        await d.shows("The year 2026/27", "Feedback received", "3 pieces of feedback")
        await d.press("right")
        await d.tells("is the year that is running")
        await d.press("left")
        await d.shows("The year 2025/26", "1 piece of feedback")


async def test_go_to_finds_by_name_and_says_when_there_is_none(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("g")
        await d.type("tudor")
        await d.shows("ASC-26-0003")
        await d.press("enter")
        await d.shows("ASC-26-0003 · complaint")
        await d.press("escape", "g")
        await d.put("[/] nobody")
        await d.shows("Nothing has “[/] nobody” in its reference or its names.")
        await d.press("enter")
        await d.shows("Go to a case")


async def test_help_names_every_key_and_why_one_does_nothing_now(desk: MakeDesk) -> None:
    async with desk(size=(100, 180)) as d:
        await d.press("question_mark")
        await d.shows("Keys · queue", "Take the case further", "Not now: time is extended between")
        assert isinstance(d.app.screen, HelpScreen)
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))
        await d.press("n", "f1")
        await d.shows("Keys · new feedback", "Saves it as acknowledged today")


async def test_the_palette_offers_what_applies_now_and_says_why_the_rest_does_not(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("ctrl+p")
        await d.until(lambda: isinstance(d.app.screen, CommandPalette))
        await d.type("acknow")
        await d.shows("Acknowledge")
        await d.press("ctrl+u")
        await d.type("reop")
        await d.shows("Reopen  – not now", "Not now: only a closed case can be reopened")
        await d.press("ctrl+u")
        await d.type("start the inv")
        await d.shows("Start the investigation")
        await d.press("enter")
        await d.shows("Investigator")


async def test_escape_always_leads_back_to_the_queue(desk: MakeDesk) -> None:
    async with desk() as d:
        for keys in (
            ("n",),
            ("enter",),
            ("enter", "a"),
            ("space",),
            ("e",),
            ("Y",),
            ("g",),
            ("enter", "g"),
            ("question_mark",),
        ):
            await d.press(*keys)
            await d.app.workers.wait_for_complete()
            for _ in keys:
                await d.press("escape")
            await d.until(lambda: isinstance(d.app.screen, QueueScreen))


async def test_the_first_start_asks_for_the_council_and_makes_its_register(place: str) -> None:
    app = FeedbackApp(None, place, "jsmith", lambda: TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        await pilot.press("down", "enter")
        await at_rest(pilot)
        assert isinstance(app.screen, QueueScreen)
        assert app.register is not None
        assert app.register.profile.key == "shropshire"
        app.register.close()
        open_register(place).close()


async def test_leaving_the_first_start_makes_nothing(tmp_path: Path) -> None:
    app = FeedbackApp(None, str(tmp_path / "register.db"), "jsmith", lambda: TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        await pilot.press("escape")
        await at_rest(pilot)
    assert app.return_code == 0
    assert not (tmp_path / "register.db").exists()


@pytest.mark.parametrize("size", [(80, 24), (160, 30)])
async def test_the_keys_and_a_click_lead_from_section_to_section(
    desk: MakeDesk, register: Register, size: tuple[int, int]
) -> None:
    actor = Actor(register, "jsmith", TODAY)
    for number in range(20):
        note(actor, "ASC-26-0001", Note(on=TODAY, words=f"Rang the office, try {number}; " + "nobody answered " * 9))
    async with desk(size=size) as d:
        await d.press("enter")
        await d.shows("[Words]")
        await d.press("tab")
        await d.shows("[People]")
        await d.press("right_square_bracket", "shift+tab", "left_square_bracket", "left_square_bracket")
        await d.shows("[Words]")
        bar = next(number for number, line in enumerate(d.lines) if "[Words]" in line)
        await d.click(d.lines[bar].index("Timeline") + 1, bar)
        await d.shows("[Timeline]", "Timeline, latest first")
        # What is too long for its line goes on beneath its words, not beneath its date.
        after = d.lines[d.lines.index(d.line("Rang the office, try 19")) + 1]
        assert after.rindex("nobody") >= d.line("Wed 15 Apr 2026").index("note")
        await d.press("home")
        await d.shows("[Words]")


async def test_hostile_text_in_every_line_that_narrows_acts_on_nothing(desk: MakeDesk) -> None:
    """What can be done, go to, the path of a file."""
    async with desk() as d:
        for opens in (("space",), ("g",), ("ctrl+p", *"importareg", "enter")):
            await d.press(*opens)
            await d.until(lambda: d.app.screen is not d.app.screen_stack[1] and isinstance(d.app.focused, LineField))
            for text in HOSTILE:
                await d.put(text)
                await d.press("down", "up", "ctrl+u")
                assert not any(control in d.text for control in ("\x1b", "\x07", "\x9b", "\u202e"))
            for _ in range(3):
                if not isinstance(d.app.screen, QueueScreen):
                    await d.press("escape")
            await d.until(lambda: isinstance(d.app.screen, QueueScreen))
        assert d.app.return_code is None


@pytest.mark.parametrize(
    ("typed", "says", "then"),
    [
        ("dash", "What is overdue, due and waiting", "Open by team"),
        ("settin", "Your keys, look, first screen and lock", "preferences.toml"),
        ("assign", "Hand over", "now jsmith"),
    ],
)
async def test_the_palette_finds_what_officers_call_it_by(desk: MakeDesk, typed: str, says: str, then: str) -> None:
    async with desk() as d:
        await d.until(lambda: "ASC-26-0001" in d.text)
        await d.press("ctrl+p")
        await d.until(lambda: isinstance(d.app.focused, Input))
        await d.type(typed)
        await d.shows(says)
        await d.press("enter")
        await d.until(lambda: then in d.text or any(then in said for said in d.said))
