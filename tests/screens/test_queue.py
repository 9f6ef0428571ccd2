"""The queue: what is owed at a glance, the same case under the cursor, and only the rows that are wanted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual.widgets import Static

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.hold import hold
from feedback_tui.casework.log import log
from feedback_tui.enums import Kind, OtherProcess
from feedback_tui.models.inputs.stages import Acknowledgement, Hold, NewCase
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.storage.register import Register
from tests.screens.desk import OFFICER, TODAY, Desk

MakeDesk = Callable[..., Desk]


async def test_the_groups_say_how_many_and_the_rows_say_how_late_in_words(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.shows("Overdue · 1", "Due today · 1", "Due later · 1", "Open, no date · 1")
        assert "2 late" in d.line("ASC-26-0001")
        assert "today" in d.line("ASC-26-0002")
        assert "Acknowledge" in d.line("ASC-26-0002")
        assert "no date" in d.line("ASC-26-0004")
        # At 80 columns: when, what, which case, whose it is, and what it is about.
        assert d.lines[1].split() == ["When", "What", "is", "due", "Reference", "Who", "In", "short"]


async def test_a_step_is_one_key_from_the_row_and_the_cursor_follows_the_case(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("a")
        await d.shows("What this does to the dates", "The case then stands at: acknowledged")
        await d.press("ctrl+s")
        await d.tells("ASC-26-0001: acknowledged. Next: Response (aim) by")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen) and "Overdue" not in d.text)
        await d.until(lambda: "▌" in d.line("ASC-26-0001"))
        assert d.case("ASC-26-0001").acknowledged_on == TODAY


async def test_the_cursor_stays_on_its_case_when_a_colleague_logs_an_earlier_one(
    desk: MakeDesk, register: Register
) -> None:
    async with desk() as d:
        await d.press("down")
        await d.until(lambda: "▌" in d.line("ASC-26-0002"))
        for _ in range(3):
            log(Actor(register, "pkaur", TODAY), NewCase(kind=Kind.COMPLAINT, received_on=date(2026, 3, 2)))
        await d.press("r")
        await d.shows("Overdue · 4")
        assert "▌" in d.line("ASC-26-0002")


async def test_the_filter_narrows_as_it_is_typed_and_escape_brings_all_back(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("hughes")
        await d.shows("1 row")
        assert "ASC-26-0001" in d.text
        await d.until(lambda: "ASC-26-0002" not in d.text)
        await d.press("enter", "escape")
        await d.shows("ASC-26-0002", "Open, no date · 1")


async def test_what_was_said_does_not_stand_over_the_filter(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.shows("Overdue · 1")
        d.app.notify(
            "ASC-26-0009 was saved, and nothing more of it is owed until Wednesday of next week.", markup=False
        )
        await d.shows("was saved, and nothing more")
        await d.press("slash")
        await d.type("hughes")
        await d.until(lambda: d.line("/  hughes"))
        assert "was saved" not in d.text


async def test_the_filter_takes_any_text_as_words(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.put("O'Brien [/] 50% \x1b]0;x")
        await d.shows("Nothing open is like that", "0 rows")
        await d.press("escape")
        await d.shows("ASC-26-0002")


async def test_mine_shows_my_own_cases_only(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("m")
        await d.shows("mine only")
        await d.until(lambda: "ASC-26-0002" not in d.text)
        await d.press("m")
        await d.shows("ASC-26-0002")


async def test_the_queue_turns_over_with_the_date(desk: MakeDesk) -> None:
    day = [TODAY]
    async with desk(today=lambda: day[0]) as d:
        await d.shows("Due today · 1", "Wed 15 April 2026")
        day[0] = date(2026, 4, 16)
        assert isinstance(d.app.screen, QueueScreen)
        d.app.screen.look_again()
        await d.shows("Overdue · 2", "Thu 16 April 2026")


async def test_the_preview_stands_beside_where_there_is_room(desk: MakeDesk) -> None:
    async with desk(size=(160, 50)) as d:
        await d.shows("What they say", "Carers came two hours late", "Margaret Hughes")
        await d.press("down")
        await d.shows("Alan Pritchard")
        await d.press("v")
        await d.until(lambda: "What they say" not in d.text)


async def test_a_preview_that_comes_late_does_not_replace_a_newer_one(desk: MakeDesk) -> None:
    async with desk(size=(160, 50)) as d:
        await d.press("down", "up", "down", "down")
        preview = d.app.screen.query_one("#preview-words", Static)
        await d.until(lambda: "Joan Tudor-Evans" in str(preview.render()))
        await d.app.workers.wait_for_complete()
        await d.rest()
        assert "Margaret Hughes" not in str(preview.render())


async def test_what_is_not_allowed_says_why(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("R")
        await d.tells("only a closed case can be reopened")
        await d.press("end")
        await d.until(lambda: "▌" in d.line("ASC-26-0004"))
        await d.press("i")
        await d.tells("it is a compliment, and that is for a complaint")


async def test_a_step_another_officer_took_meanwhile_is_refused_when_it_is_opened(
    desk: MakeDesk, register: Register
) -> None:
    async with desk() as d:
        acknowledge(Actor(register, "pkaur", TODAY), "ASC-26-0001", Acknowledgement(on=TODAY))
        await d.press("a")
        await d.tells("it was acknowledged already")
        assert OFFICER not in {event.officer for event in d.case("ASC-26-0001").timeline[1:]}


async def test_whose_case_it_is_stands_in_rows_and_headers_and_a_key_hides_it_everywhere(desk: MakeDesk) -> None:
    async with desk(size=(120, 30)) as d:
        await d.shows("Who", "In short")
        preview = d.app.screen.query_one("#preview-words", Static)
        await d.until(lambda: "Margaret Hughes" in str(preview.render()))
        assert "Margaret" in next(line for line in d.lines if "▌" in line).split("▏")[0]
        await d.press("z")
        await d.tells("Names are hidden")
        await d.until(lambda: "Hughes" not in d.text and "Pritchard" not in d.text)
        assert "hidden" in next(line for line in d.lines if "▌" in line).split("▏")[0]
        await d.press("enter")
        await d.shows("ASC-26-0001 · complaint · hidden")
        assert "Hughes" not in d.lines[0]
        # For the session: also where the next list is opened.
        await d.press("z")
        await d.shows("ASC-26-0001 · complaint · Margaret Hughes")
        await d.press("z", "escape", "0")
        await d.shows("All cases", "hidden")
        assert "Hughes" not in d.text


async def test_a_case_on_hold_says_so_and_a_response_asks_first(desk: MakeDesk, register: Register) -> None:
    again = date(2026, 5, 20)
    given = Hold(on=TODAY, process=OtherProcess.SAFEGUARDING, reason="A section 42 enquiry", look_again_on=again)
    hold(Actor(register, OFFICER, TODAY), "ASC-26-0003", given)
    async with desk(size=(160, 40)) as d:
        await d.press("v")
        await d.shows("On hold: safeguarding to 20 May")
        await d.press("g", *"0003", "enter")
        await d.shows("on hold (safeguarding, look again by Wed 20 May 2026)")
        # What is offered first is taking it off hold.
        assert d.lines[-1].split()[:3] == ["U", "Off", "hold"]
        await d.press("s")
        await d.shows("it is on hold for safeguarding: send it all the same? U takes it off hold")
        await d.tab_to("finding_1")
        await d.press("u", "ctrl+s")
        await d.shows("Take it off hold first")
        assert d.case("ASC-26-0003").status == "on hold"
        await d.press("y", "ctrl+s")
        await d.until(lambda: d.case("ASC-26-0003").status == "response sent")
