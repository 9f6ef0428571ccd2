"""What is said of drafts is true: that one is kept, that it is not and why, and that it was saved already."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.desk.case.saved_already import SavedStep, steps_since
from feedback_tui.desk.case_list import case_count
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import NewCase, Note
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.storage.errors import RegisterBusy
from feedback_tui.storage.register import Register
from feedback_tui.widgets.drafts import Drafts
from tests.conftest import actor_on
from tests.screens.desk import OFFICER, TODAY, Desk

MakeDesk = Callable[..., Desk]
FULL = "the draft could not be kept: No space left on device"


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called, no draft can be written."""

    def no_room(self: Drafts, path: Path, data: object) -> str:
        return FULL

    return lambda: monkeypatch.setattr(Drafts, "write", no_room)


async def test_a_form_whose_draft_cannot_be_kept_is_not_left_without_a_word(
    desk: MakeDesk, full: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk() as d:
        await d.press("n")
        full()
        await d.type("unsaved words")
        await d.shows("Save soon", "No space left")
        await d.press("escape")
        await d.shows("Not kept", "once more loses what you typed", "unsaved words")
        # There is room again: it is kept, and said so.
        monkeypatch.undo()
        await d.type(" and more")
        await d.press("escape")
        await d.tells("What you typed is kept as a draft.")
        await d.press("n")
        await d.shows("brought back", "unsaved words and more")


async def test_who_leaves_all_the_same_is_told_that_it_was_not_kept(desk: MakeDesk, full: Callable[[], None]) -> None:
    async with desk() as d:
        await d.press("n")
        full()
        await d.type("unsaved words")
        await d.press("escape")
        await d.shows("Not kept")
        await d.press("escape")
        await d.tells("What you typed was not kept: the draft could not be kept: No space left on device.")
        assert not any("is kept" in said for said in d.said)


async def test_quitting_asks_once_where_words_would_be_lost(desk: MakeDesk, full: Callable[[], None]) -> None:
    async with desk() as d:
        await d.press("n")
        full()
        await d.type("unsaved words")
        await d.press("ctrl+q")
        await d.tells("Not kept: the draft could not be kept")
        assert not d.ended
        await d.shows("unsaved words")
        await d.press("ctrl+q")
        await d.until(lambda: d.ended)


async def test_the_cover_says_what_is_so(desk: MakeDesk, full: Callable[[], None]) -> None:
    async with desk() as d:
        await d.press("n")
        await d.type("unsaved words")
        d.app.cover()
        await d.shows("What was typed is kept as a draft")
        await d.press("enter")
        full()
        await d.type("more")
        d.app.cover()
        await d.shows("What was typed is still there, but", "No space left on device")


async def test_a_refusal_after_the_form_was_left_says_what_is_so(
    desk: MakeDesk, full: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Held(FormScreen[None]):
        """A form that was left, with something typed, while it was being saved."""

        was_left = True
        where = "Note"
        said: list[str] = []

        def say(self, words: str, *given: Any, **named: Any) -> None:
            self.said.append(words)

    async with desk() as d:
        form = Held(d.screen.services)
        form.refused(RegisterBusy())
        form.not_kept = FULL
        form.refused(RegisterBusy())
    assert form.said[0] == "Note: not saved. What you typed is kept as a draft."
    assert f"What you typed could not be kept: {FULL}." in form.said[-2]


# Saved already


def killed_while_saving(register: Register, state: Path, form: str, words: dict[str, str]) -> None:
    """What a window leaves that was killed between the commit and the end of the form."""
    window = Drafts(state / "drafts", register.where, OFFICER)
    assert window.open(form).keep(words, TODAY, {}, saving=True) is None
    window.close()


async def test_what_was_saved_before_a_kill_comes_back_with_its_reference(
    desk: MakeDesk, register: Register, state: Path
) -> None:
    words = "Nobody came on Sunday, and nobody rang"
    actor = actor_on(register, TODAY, OFFICER)
    log(actor, NewCase(kind=Kind.COMMENT, received_on=TODAY, description="Another, just before"))
    killed_while_saving(register, state, "intake", {"description": words})
    saved = log(actor, NewCase(kind=Kind.COMMENT, received_on=TODAY, description=words)).reference
    async with desk() as d:
        await d.press("n")
        await d.shows(words[:20], "probably saved already", saved)
        # It is for the officer to say: they may start afresh, and then it is gone.
        await d.press("ctrl+n", "escape", "n")
        assert "brought back" not in d.text
        assert d.form_words("description") == ""


@pytest.mark.parametrize("key", ["ctrl+s", "f3"])
@pytest.mark.parametrize("saved", [True, False])
async def test_saving_at_once_waits_for_whether_it_was_saved_already(
    desk: MakeDesk, register: Register, state: Path, monkeypatch: pytest.MonkeyPatch, key: str, saved: bool
) -> None:
    answer = Event()

    def slowly(*given: Any) -> list[SavedStep]:
        assert answer.wait(20)
        return steps_since(*given)

    def count() -> int:
        return case_count(register, TODAY)

    monkeypatch.setattr("feedback_tui.desk.case.saved_already.steps_since", slowly)
    killed_while_saving(register, state, "intake", {"description": "Nobody came on Sunday"})
    if saved:
        new = NewCase(kind=Kind.COMMENT, received_on=TODAY, description="Nobody came on Sunday")
        log(actor_on(register, TODAY, OFFICER), new)
    before = count()
    async with desk() as d:
        d.send("n")
        await d.shows("brought back", "Nobody came on Sunday")
        d.send(key)
        await d.shows("Looking whether this was saved already")
        assert count() == before
        answer.set()
        if saved:
            await d.shows("probably saved already")
            assert count() == before
            # Pressed before that was read: it says so once more, and only then saves it again.
            await d.press(key)
            await d.shows("probably saved already", "once more saves it again")
            assert count() == before
            d.send(key)
            await d.until(lambda: count() == before + 1)
        else:
            await d.until(lambda: count() == before + 1)


@pytest.mark.parametrize("saved", [True, False])
async def test_a_draft_that_may_be_saved_says_so_also_after_a_second_kill(
    desk: MakeDesk, register: Register, state: Path, saved: bool
) -> None:
    """The form that brought it back was killed before anything was typed into it."""
    words = {"description": "Nobody came on Sunday"}
    killed_while_saving(register, state, "intake", words)
    if saved:
        new = NewCase(kind=Kind.COMMENT, received_on=TODAY, description=words["description"])
        log(actor_on(register, TODAY, OFFICER), new)
    window = Drafts(state / "drafts", register.where, OFFICER)
    window.open("intake").keep(words, TODAY, {})
    window.close()
    async with desk() as d:
        await d.press("n")
        await d.shows("probably saved already" if saved else "brought back")
        await d.press("escape")
    window = Drafts(state / "drafts", register.where, OFFICER)
    found = window.open("intake").found
    window.close()
    assert found is not None
    assert (found.saving_at is not None) is saved


async def test_what_was_not_saved_before_a_kill_says_only_that_it_is_back(
    desk: MakeDesk, register: Register, state: Path
) -> None:
    log(actor_on(register, TODAY, OFFICER), NewCase(kind=Kind.COMMENT, received_on=TODAY, description="Another"))
    killed_while_saving(register, state, "intake", {"description": "Nobody came"})
    async with desk() as d:
        await d.press("n")
        await d.shows("brought back", "Nobody came")
        assert "probably saved" not in d.text


@pytest.mark.parametrize("saved", [True, False])
async def test_a_step_that_was_saved_before_a_kill_says_so(
    desk: MakeDesk, register: Register, state: Path, saved: bool
) -> None:
    reference = "ASC-26-0001"
    killed_while_saving(register, state, f"note {reference}", {"words": "She rang"})
    if saved:
        note(actor_on(register, TODAY, OFFICER), reference, Note(on=TODAY, words="She rang"))
    note(actor_on(register, TODAY, OFFICER), "ASC-26-0002", Note(on=TODAY, words="She rang"))
    async with desk() as d:
        await d.press("g")
        await d.put(reference)
        await d.press("enter")
        await d.until(lambda: reference in d.lines[0])
        await d.press("t")
        await d.shows("brought back" if not saved else "probably saved already", "She rang")
        assert ("probably saved already" in d.text) is saved


async def test_what_was_refused_is_not_taken_for_saved(
    desk: MakeDesk, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*given: object) -> None:
        raise RegisterBusy()

    monkeypatch.setattr("feedback_tui.screens.steps.intake.log", busy)
    async with desk() as d:
        await d.press("n")
        await d.type("patience")
        await d.press("ctrl+s")
        await d.tells("in use by another program just now")
        log(actor_on(register, TODAY, OFFICER), NewCase(kind=Kind.COMMENT, received_on=TODAY, description="patience"))
        await d.press("escape", "n")
        await d.shows("brought back", "patience")
        assert "probably saved" not in d.text


async def test_letters_are_kept_within_a_fraction_of_a_second_though_typing_never_pauses(
    desk: MakeDesk, state: Path
) -> None:
    async with desk() as d:
        await d.press("n")
        for letter in "words without end":
            d.send("space" if letter == " " else letter)
            await d.until(lambda: d.app.typed_ahead.idle)
            wanted = d.form_words("description")
            # No pause: what is waited for is the draft alone, and it comes before any pause would.
            await d.until(lambda wanted=wanted: _kept(state) == wanted)  # type: ignore[misc]


def _kept(state: Path) -> str:
    found = [json.loads(file.read_text())["words"].get("description") for file in (state / "drafts").glob("*.json")]
    return found[0] if found else ""
