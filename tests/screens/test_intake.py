"""New feedback: few keys, dates seen before saving, every word kept, all errors at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from feedback_tui.desk.earlier_cases import earlier_cases
from feedback_tui.enums import Kind, Role, Status
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.widgets.form import Form
from tests.screens.desk import HOSTILE, LONG, TODAY, Desk

MakeDesk = Callable[..., Desk]
NEW = "ASC-26-0005"


async def test_a_complaint_is_logged_and_acknowledged_with_five_keys_beyond_its_words(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.shows("These dates follow", "Response (aim)", "Response (due by)", "Six months end")
        await d.type("the carer did not come")
        await d.tab_to("customer_name")
        await d.type("ivy lane")
        await d.press("f2")
        await d.tells(f"{NEW} logged and acknowledged. Next: Response (aim) by")
        case = d.case(NEW)
        assert (case.status, case.acknowledged_on, case.discussion) == (Status.ACKNOWLEDGED, TODAY, None)
        assert (case.received_on, case.channel, case.procedure) == (TODAY, "email", "statutory-adult")
        assert case.description == "the carer did not come"
        assert {person.name for person in case.people} == {"ivy lane"}
        # Back in the queue, the hands are on the new case.
        await d.until(lambda: "▌" in d.line(NEW))


async def test_the_dates_are_those_that_saving_causes(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.type("x")
        # What stands in a field of dates is typed over.
        await d.press("tab")
        await d.type("2/4")
        await d.shows(
            "Thu 2 April 2026 · 7 working days ago", "Thu 9 April 2026", "Tue 12 May 2026", "Thu 1 October 2026"
        )
        await d.press("ctrl+s")
        await d.tells(f"{NEW} logged")
        due = {deadline.kind.label: deadline.due_on for deadline in d.case(NEW).deadlines}
        assert due == {
            "Acknowledge": date(2026, 4, 9),
            "Response (aim)": date(2026, 5, 12),
            "Response (due by)": date(2026, 7, 8),
            "Six months end": date(2026, 10, 1),
        }


async def test_every_error_stands_at_its_field_and_the_first_has_the_cursor(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n", "tab", "ctrl+u")
        await d.type("32/1")
        await d.tab_to("correspondent_role")
        await d.press("ctrl+u")
        await d.type("cousin")
        await d.press("ctrl+s")
        await d.shows(
            "what they say is needed",
            "“32/1” is not a date",
            "“cousin” is not in the list",
            "3 things are to be put right",
        )
        assert d.app.focused is not None
        assert d.app.focused.parent is not None
        await d.type("now there are words")
        assert "now there are words" in d.text


async def test_a_date_after_today_is_refused_at_its_field_and_nothing_is_saved(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.type("x")
        await d.press("tab", "ctrl+u")
        await d.type("tomorrow")
        await d.press("ctrl+s")
        await d.shows("is after today", "Nothing was saved yet")
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))
        assert not earlier_cases(d.register, "ASC-26-0005")


async def test_escape_keeps_what_was_typed_and_brings_it_back(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.type("half a sen")
        await d.press("escape")
        await d.tells("kept as a draft")
        await d.press("n")
        await d.shows("brought back", "half a sen")
        await d.type("tence")
        await d.shows("half a sentence")
        await d.press("ctrl+n")
        await d.until(lambda: "half a sen" not in d.text)
        await d.press("escape", "n")
        await d.shows("These dates follow")
        assert "brought back" not in d.text


async def test_a_draft_of_yesterday_was_received_yesterday(desk: MakeDesk) -> None:
    day = [TODAY]
    async with desk(today=lambda: day[0]) as d:
        await d.press("n")
        await d.type("late in the day")
        await d.press("escape")
        day[0] = date(2026, 4, 16)
        await d.press("n")
        await d.shows("brought back", "Wed 15 April 2026 · 1 working day ago")


async def test_a_saved_form_leaves_no_draft(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.type("once")
        await d.press("ctrl+s")
        await d.tells("logged")
        await d.press("n")
        await d.shows("These dates follow")
        assert "brought back" not in d.text


async def test_saving_twice_in_a_hurry_logs_once(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.type("hurry")
        await d.press("ctrl+s", "ctrl+s", "f2", "ctrl+s")
        await d.tells(f"{NEW} logged")
        await d.shows("Due later · 2")
        assert "ASC-26-0006" not in d.text


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_stored_as_typed_and_acts_on_nothing(desk: MakeDesk, text: str) -> None:
    from feedback_tui.text import one_line, safe_text

    async with desk() as d:
        await d.press("n")
        await d.put(text)
        await d.tab_to("customer_name")
        await d.put(text)
        await d.tab_to("team")
        await d.put(text.replace(";", ","))
        await d.press("ctrl+s")
        await d.tells(f"{NEW} logged")
        case = d.case(NEW)
        assert case.description == safe_text(text)
        assert case.people[0].name == one_line(text)
        await d.press("enter")
        await d.press("g")
        await d.type("0005")
        await d.press("enter")
        await d.shows(NEW)
        assert not any(control in d.text for control in ("\x1b", "\x07", "\x9b", "\u202e"))


async def test_the_list_of_a_vocabulary_narrows_and_tab_takes_what_is_lit(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.type("x")
        await d.tab_to("team")
        await d.type("nor")
        await d.shows(f"▸{LONG}")
        await d.press("tab")
        await d.type("a new category")
        await d.press("ctrl+s")
        await d.tells("logged")
        point = d.case(NEW).points[0]
        assert (point.team, point.category) == (LONG, "a new category")


async def test_escape_shuts_the_list_and_then_leaves(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.tab_to("team")
        await d.type("nor")
        await d.shows(f"▸{LONG}")
        await d.press("escape")
        await d.until(lambda: "▸" not in d.text)
        assert "New feedback" in d.text
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))


async def test_earlier_cases_of_the_same_name_are_shown(desk: MakeDesk) -> None:
    async with desk(size=(120, 40)) as d:
        await d.press("n")
        await d.tab_to("customer_name")
        await d.type("hughes")
        await d.shows("Earlier cases of hughes", "ASC-26-0001")


async def test_a_compliment_asks_for_what_a_compliment_has(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n", "shift+tab")
        await d.type("compl")
        await d.type("i")
        await d.shows("Where recorded", "starts no deadline")
        assert "Procedure" not in d.text
        await d.press("f2")
        await d.tells("only a complaint has an acknowledgement that is due")
        await d.press("tab")
        await d.type("so kind")
        await d.press("ctrl+s")
        await d.tells(f"{NEW} logged. Nothing with a date is owed now.")
        assert d.case(NEW).kind is Kind.COMPLIMENT
        assert d.case(NEW).people == () or d.case(NEW).people[0].role in (Role.CUSTOMER, None)


async def test_a_pile_is_entered_without_leaving_the_form(desk: MakeDesk) -> None:
    """Kind, day, channel, team and source stay; words and names do not; the last can be taken back."""
    async with desk(size=(100, 30)) as d:
        await d.press("n", "shift+tab")
        await d.type("compli")
        await d.press("tab")
        await d.type("so kind")
        await d.press("tab", "ctrl+u")
        await d.type("1/4")
        await d.tab_to("customer_name")
        await d.type("ivy lane")
        await d.tab_to("team")
        await d.type("nor")
        await d.shows(f"▸{LONG}")
        await d.tab_to("summary")
        await d.type("mos")
        await d.press("f3")
        await d.shows(f"1 entered, the last {NEW}")
        await d.until(lambda: "so kind" not in "\n".join(d.lines[1:]) and "ivy lane" not in d.text)
        await d.type("wonderful")
        await d.press("f3")
        await d.shows("2 entered, the last ASC-26-0006 “wonderful”")
        first, second = d.case(NEW), d.case("ASC-26-0006")
        assert (first.kind, first.received_on, first.points[0].team) == (Kind.COMPLIMENT, date(2026, 4, 1), LONG)
        assert (second.kind, second.received_on, second.points[0].team) == (Kind.COMPLIMENT, date(2026, 4, 1), LONG)
        assert second.compliment_source == first.compliment_source
        assert first.people[0].name == "ivy lane"
        assert [person.name for person in second.people if person.name] == []
        await d.press("f4")
        await d.shows("ASC-26-0006 is marked as logged in error", "1 entered", "wonderful")
        assert d.case("ASC-26-0006").status is Status.VOID
        await d.type(" care")
        await d.press("ctrl+s")
        await d.tells("ASC-26-0007 logged")
        assert d.case("ASC-26-0007").description == "wonderful care"
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))


async def test_a_pile_leaves_no_draft_and_nothing_to_take_back(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.press("f4")
        await d.tells("nothing was entered since the form was opened")
        await d.type("one")
        await d.press("f3")
        await d.shows("1 entered")
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))
        await d.until(lambda: "▌" in d.line(NEW))
        assert not any("draft" in said for said in d.said)


async def test_names_that_stand_in_the_register_are_suggested_and_never_taken_unasked(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.type("x")
        await d.tab_to("customer_name")
        await d.type("hug")
        await d.shows("Margaret Hughes")
        await d.press("tab")
        assert d.form_words("customer_name") == "hug"
        await d.press("shift+tab")
        await d.type("h")
        await d.shows("Margaret Hughes")
        await d.press("down", "enter")
        await d.until(lambda: d.form_words("customer_name") == "Margaret Hughes")
        # A colleague who has cases.
        d.screen.query_one(Form).go_to("officer")
        await d.press("ctrl+u")
        await d.type("pk")
        await d.shows("pkaur")


async def test_a_form_is_filled_in_and_saved_with_the_mouse_alone(desk: MakeDesk) -> None:
    async with desk() as d:

        async def click(words: str, along: int = 1) -> None:
            await d.shows(words)
            line = d.lines.index(d.line(words))
            await d.click(d.lines[line].index(words) + along, line)

        # The keys move along once a row is lit.
        await d.shows("⏎ Open")
        await click("n New")
        await d.shows("These dates follow")
        await click("comment")
        await d.until(lambda: d.form_words("kind") == "comment")
        await click("What they say", 24)
        await d.put("by mouse")
        await click("Team", 10)
        await d.type("nor")
        await click(LONG, 3)
        await d.until(lambda: d.form_words("team") == LONG)
        await click("^s Save")
        await d.tells(f"{NEW} logged")
        assert d.case(NEW).points[0].team == LONG


async def test_the_field_in_error_is_brought_into_view(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        await d.type("x")
        d.screen.query_one(Form).put({"happened_on": "nonsense"})
        await d.press("ctrl+s")
        await d.shows("“nonsense” is not a date", "It happened on")


async def test_whoever_cannot_be_written_to_is_not_acknowledged(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("n")
        form = d.screen.query_one(Form)
        form.put({"description": "The stairs are never cleaned", "correspondent_role": Role.ANONYMOUS})
        await d.press("f2")
        await d.tells(f"{NEW} logged, but not acknowledged: they are anonymous, and cannot be written to.")
        case = d.case(NEW)
        assert (case.status, case.acknowledged_on) == (Status.LOGGED, None)
