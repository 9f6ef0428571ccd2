"""What was sent in the moment when the server went away: asked for once it answers, said, and never saved twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_tui.desk.case.page import case_page
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.screens.queue.queue_rows import QueueSource
from feedback_tui.screens.shared.colleagues import Colleagues
from feedback_tui.screens.steps.step_screen import StepScreen
from feedback_tui.storage.errors import InDoubt, SavedEvent, ServerAway
from feedback_tui.storage.register import Register
from feedback_tui.widgets.form import Filled
from feedback_tui.widgets.steps_in_doubt import Doubts
from feedback_tui.widgets.table_groups import Group
from tests.screens.desk import TODAY, Desk

MakeDesk = Callable[..., Desk]
CASE = "ASC-26-0001"
WORDS = "She rang at nine"


class Line:
    """The way to the server: it breaks at the commit, before it or after, as often as is said."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.breaks, self.arrives, self.answers = True, True, False

    def last_event(self) -> SavedEvent:
        with self.register.reading() as session:
            asked = "SELECT id, hash FROM event ORDER BY id DESC LIMIT 1"
            return SavedEvent(*session.connection().exec_driver_sql(asked).one())

    def was_saved(self, event: SavedEvent) -> bool:
        if not self.answers:
            raise InDoubt(self.register.where, event)
        return self.last_event().number >= event.number


@pytest.fixture
def line(register: Register, monkeypatch: pytest.MonkeyPatch) -> Line:
    made = Line(register)
    save = StepScreen.save

    def broken(screen: StepScreen, filled: Filled) -> object:
        before = made.last_event()
        if not made.breaks:
            return save(screen, filled)
        made.breaks = False
        if made.arrives:
            save(screen, filled)
            raise InDoubt(register.where, made.last_event())
        raise InDoubt(register.where, SavedEvent(before.number + 1, "0" * 64))

    monkeypatch.setattr(StepScreen, "save", broken)
    monkeypatch.setattr(Register, "was_saved", lambda _self, event: made.was_saved(event))
    return made


def notes(register: Register) -> list[str]:
    return [event.words for event in case_page(register, CASE, TODAY).timeline if event.words]


async def note(d: Desk, words: str) -> None:
    """Types a note to the case, and saves it into the broken line."""
    await d.press("enter")
    await d.shows("What they say")
    await d.press("t")
    await d.shows("Note")
    await d.type(words)
    await d.press("ctrl+s")
    await d.shows("whether it was saved is not known")


async def answers(d: Desk, line: Line) -> None:
    """The server answers again, and the desk looks."""
    line.answers = True
    d.app.look_for_changes()
    await d.rest()


async def test_what_arrived_is_told_in_its_form_and_done(desk: MakeDesk, register: Register, line: Line) -> None:
    async with desk() as d:
        await note(d, WORDS)
        await d.shows(WORDS)
        await answers(d, line)
        await d.tells("it was saved, at")
        await d.until(lambda: not isinstance(d.app.screen, StepScreen))
        await d.press("t")
        await d.shows("Note")
        assert WORDS not in d.text.split("Timeline")[0]
    assert notes(register) == [WORDS]


async def test_what_was_lost_is_told_and_saved_once(desk: MakeDesk, register: Register, line: Line) -> None:
    line.arrives = False
    async with desk() as d:
        await note(d, WORDS)
        await answers(d, line)
        await d.shows("was not saved", WORDS)
        await d.press("ctrl+s")
        await d.until(lambda: not isinstance(d.app.screen, StepScreen))
    assert notes(register) == [WORDS]


@pytest.mark.parametrize("arrives", [True, False])
async def test_saving_again_asks_first_and_saves_nothing_twice(
    desk: MakeDesk, register: Register, line: Line, arrives: bool
) -> None:
    line.arrives = arrives
    async with desk() as d:
        await note(d, WORDS)
        await d.press("ctrl+s")  # It cannot be asked yet: nothing is saved on the off chance.
        await d.shows("whether it was saved is not known")
        assert notes(register) == ([WORDS] if arrives else [])
        line.answers = True
        await d.press("ctrl+s")
        await d.until(lambda: not isinstance(d.app.screen, StepScreen))
    assert notes(register) == [WORDS]


async def test_words_that_were_changed_since_are_kept(desk: MakeDesk, register: Register, line: Line) -> None:
    async with desk() as d:
        await note(d, WORDS)
        await d.type(" and at ten")
        line.answers = True
        await d.press("ctrl+s")
        await d.shows("was saved after all. Nothing was saved now", "and at ten")
    assert notes(register) == [WORDS]


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_form_that_was_left_is_told_of_at_the_next_start(
    desk: MakeDesk, register: Register, line: Line, state: Path, arrives: bool
) -> None:
    line.arrives = arrives
    async with desk() as d:
        await note(d, WORDS)
        await d.press("ctrl+q")
    assert list(state.rglob("*.doubt"))
    assert all(WORDS not in path.read_text() for path in state.rglob("*.doubt"))
    async with desk() as d:
        await answers(d, line)
        await d.tells("it was saved." if arrives else "it was not saved. What you typed is kept as a draft.")
        await d.press("enter", "t")
        await d.shows("Note")
        assert (WORDS in d.text.split("Timeline")[0]) is not arrives
    assert not list(state.rglob("*.doubt"))


async def test_a_queue_that_could_not_be_read_says_since_when(desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_source: QueueSource) -> list[Group]:
        raise ServerAway("the place", "it does not answer")

    # Nobody else has it read again.
    monkeypatch.setattr(Colleagues, "look", lambda _self, _case: (False, []))
    async with desk(size=(130, 40)) as d:
        screen = d.app.screen
        assert isinstance(screen, QueueScreen)
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(QueueSource, "groups", away)
            screen.look_again()
            await d.shows("not refreshed since")
            await d.tells("does not answer")
        screen.look_again()
        await d.until(lambda: not screen.table.is_behind and "not refreshed since" not in d.text)
        screen.out_of_touch()
        await d.shows("not refreshed since")


def test_doubts_are_each_officers_own(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from feedback_tui.widgets.steps_in_doubt import Doubt

    mine = Doubts(tmp_path, "place", "sue")
    mine.keep(Doubt("note A", "Note · A", datetime(2026, 4, 15, 9, tzinfo=UTC), "", SavedEvent(7, "ab")))
    assert Doubts(tmp_path, "place", "kit").all == []
    assert Doubts(tmp_path, "elsewhere", "sue").all == []
    (kept,) = Doubts(tmp_path, "place", "sue").all
    assert (kept.form, kept.event) == ("note A", SavedEvent(7, "ab"))
    (tmp_path / "broken.doubt").write_text("{")
    assert len(Doubts(tmp_path, "place", "sue").all) == 1
    mine.drop("note A")
    assert Doubts(tmp_path, "place", "sue").all == []
