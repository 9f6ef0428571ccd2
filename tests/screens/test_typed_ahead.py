"""Quick hands: what is typed in one burst arrives whole and in order, where the keys before it lead to."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from textual.widgets import Input

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor
from feedback_tui.desk.case.page import CasePage, case_page
from feedback_tui.enums import Status
from feedback_tui.models.inputs.stages import Acknowledgement
from feedback_tui.screens.admin.lock import LockScreen
from feedback_tui.screens.case.case import CaseScreen
from feedback_tui.screens.queue import goto
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.screens.steps.call_form import ContactScreen
from feedback_tui.screens.steps.step_screen import StepScreen
from feedback_tui.storage.register import Register
from tests.screens.desk import OFFICER, TODAY, Desk

MakeDesk = Callable[..., Desk]
NEW = "ASC-26-0005"
WORDS = "she rang, Quite upset; 50% [/] of it is new"


@pytest.fixture
def may_save(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Holds every step up as it is saved, until it is set."""
    go, save = threading.Event(), StepScreen.save

    def slow(*given: object) -> object:
        assert go.wait(30)
        return save(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(StepScreen, "save", slow)
    return go


@pytest.mark.parametrize(
    ("opens", "field"),
    [
        ("t", "words"),
        ("n", "description"),
        ("space i n v e s t enter", "investigator"),
        ("enter t", "words"),
        ("Q h u g h e s f2", "words"),
        ("n escape n", "description"),
    ],
)
async def test_a_form_has_every_letter_typed_while_it_opens(desk: MakeDesk, opens: str, field: str) -> None:
    async with desk() as d:
        await d.burst(*opens.split(), *WORDS)
        assert d.form_words(field) == WORDS


@pytest.mark.parametrize("opens", ["slash", "g", "f3", "Q", "space", "ctrl+p", "J slash", "0 slash", "Y s"])
async def test_a_field_has_every_letter_typed_while_it_opens(desk: MakeDesk, opens: str) -> None:
    async with desk() as d:
        await d.burst(*opens.split(), *"hughes of leeds")
        assert isinstance(d.app.focused, Input)
        assert d.app.focused.value == "hughes of leeds"


async def test_a_complaint_is_logged_in_one_burst(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.burst("n", *"nobody came", *["tab"] * 4, *"ivy lane", "f2", "n", *"the next one", "ctrl+s")
        await d.tells("ASC-26-0006 logged")
        case = d.case(NEW)
        assert (case.description, case.status) == ("nobody came", Status.ACKNOWLEDGED)
        assert {person.name for person in case.people} == {"ivy lane"}
        assert d.case("ASC-26-0006").description == "the next one"


@pytest.mark.parametrize("keys", ["g tudor enter", "f3 respite enter", "slash tudor enter enter", "Q tudor f4"])
async def test_the_key_after_words_acts_on_what_they_find(desk: MakeDesk, keys: str) -> None:
    """Not on what stood there before them, nor on what the first of them found."""
    async with desk() as d:
        for _ in range(3):
            burst = [key for word in keys.split() for key in (word if word in ("tudor", "respite") else [word])]
            await d.burst(*burst)
            assert isinstance(d.app.screen, CaseScreen)
            assert d.app.screen.reference == "ASC-26-0003"
            await d.burst("escape", *(["escape"] if keys.startswith("slash") else []))


async def test_a_call_is_logged_with_the_case_that_the_name_finds(
    desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search is slow, the hand is not."""
    found_by, go = goto.found_by, threading.Event()

    def slow(register: Register, text: str) -> object:
        assert go.wait(30)
        return found_by(register, text)

    monkeypatch.setattr(goto, "found_by", slow)
    async with desk() as d:
        for key in ("Q", *"tudor", "f2", *"rang twice"):
            d.send(key)
        await d.until(lambda: isinstance(d.app.focused, Input) and d.app.focused.value == "tudor")
        assert not isinstance(d.app.screen, ContactScreen)
        go.set()
        await d.rest()
        assert isinstance(d.app.screen, ContactScreen)
        assert d.app.screen.reference == "ASC-26-0003"
        assert d.form_words("words") == "rang twice"


async def test_escape_leaves_a_form_that_does_not_come(desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()

    def slow(*given: object) -> CasePage:
        assert go.wait(30)
        return case_page(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("feedback_tui.desk.case.page.case_page", slow)
    async with desk() as d:
        d.send("t")
        await d.until(lambda: isinstance(d.app.screen, StepScreen))
        d.send("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))
        go.set()
        await d.press("down")
        assert isinstance(d.app.screen, QueueScreen)


async def test_words_for_a_form_that_is_refused_are_no_keys_of_the_queue(desk: MakeDesk, register: Register) -> None:
    async with desk() as d:
        acknowledge(Actor(register, "pkaur", TODAY), "ASC-26-0001", Acknowledgement(on=TODAY))
        await d.burst("a", *"n u0 3")
        await d.tells("it was acknowledged already")
        assert isinstance(d.app.screen, QueueScreen)
        assert OFFICER not in {event.officer for event in d.case("ASC-26-0001").timeline[1:]}


async def test_what_is_saved_beneath_the_cover_does_not_uncover_the_desk(
    desk: MakeDesk, may_save: threading.Event
) -> None:
    async with desk() as d:
        await d.burst("t", *"she rang")
        d.send("ctrl+s")
        await d.shows("Saving …")
        d.app.cover()
        await d.until(lambda: isinstance(d.app.screen, LockScreen))
        may_save.set()
        await d.until(lambda: d.case("ASC-26-0001").timeline[-1].step == "note")
        await d.rest()
        assert isinstance(d.app.screen, LockScreen)
        await d.press("enter")
        assert isinstance(d.app.screen, QueueScreen)


async def test_a_form_left_while_it_saves_says_what_became_of_it(desk: MakeDesk, may_save: threading.Event) -> None:
    async with desk() as d:
        await d.burst("t", *"she rang")
        d.send("ctrl+s")
        await d.shows("Saving …")
        d.send("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))
        may_save.set()
        await d.tells("Note · ASC-26-0001: saved.")
        await d.press("t")
        assert d.form_words("words") == ""
