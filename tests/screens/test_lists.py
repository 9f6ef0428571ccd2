"""Lists of cases: terms in the filter, other orders and groups, marks and what is done with them, filters kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.close import close_case
from feedback_tui.desk.filters.case_filter import counted
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import Closing
from feedback_tui.saved_filters import keep_filter, saved_filters
from feedback_tui.screens import open_screens
from feedback_tui.screens.queue.cases import CasesScreen
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.storage.register import Register
from tests.screens.desk import OFFICER, TODAY, Desk

MakeDesk = Callable[..., Desk]


async def test_terms_narrow_the_queue_and_what_is_not_understood_is_said(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.put("overdue officer:me")
        await d.shows("1 row")
        await d.type(" ")
        await d.put("re:bins kind:zebra")
        await d.shows("there is no term “re:”", "“zebra” is none of complaint", "left out", "1 row")
        assert "ASC-26-0001" in d.text
        await d.press("escape")
        await d.shows("ASC-26-0002")
        assert "left out" not in d.text


async def test_terms_and_values_are_completed_with_tab(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("inv")
        await d.shows("▸investigator:")
        await d.press("tab")
        await d.type("jon")
        await d.shows("▸P. Jones")
        await d.press("tab")
        await d.shows('investigator:"P. Jones"', "1 row")
        assert "ASC-26-0003" in d.text
        # A value that nothing has is told, and the officer sees what there is.
        await d.type("team:zed")
        await d.shows("no team has “zed”; there is", "0 rows")
        await d.press("enter")
        assert d.app.focused is d.screen.query_one("#queue")


async def test_the_queue_by_officer_folds_and_sorts(desk: MakeDesk) -> None:
    async with desk() as d:
        assert isinstance(d.screen, QueueScreen)
        await d.press("equals_sign", "equals_sign")
        await d.shows("jsmith · 3", "pkaur · 1", "by officer")
        await d.press("home", "left")
        await d.shows("▸ jsmith · 3")
        await d.until(lambda: "ASC-26-0001" not in d.text)
        assert "ASC-26-0002" in d.text
        await d.press("r")
        await d.until(lambda: "▌▸ jsmith" in d.text)
        await d.press("down")
        await d.until(lambda: "▌" in d.line("ASC-26-0002"))
        await d.press("left", "left")
        await d.shows("▸ jsmith · 3", "▸ pkaur · 1")
        await d.press("right")
        await d.shows("ASC-26-0002")
        await d.press("greater_than_sign", "escape")
        await d.shows("Overdue · 1", "Open, no date · 1")
        assert not d.screen.table.folded


async def test_a_step_for_all_marked_names_what_it_leaves(desk: MakeDesk, register: Register) -> None:
    async with desk() as d:
        await d.press("plus")
        await d.shows("4 cases marked", "● ")
        # A step that goes one case at a time is not taken by mistake.
        await d.press("i")
        await d.tells("one case at a time, and 4 are marked")
        await d.press("a")
        await d.shows("Acknowledge · 4 cases", "ASC-26-0004")
        await d.press("ctrl+s")
        await d.shows("what became of each", "2 cases acknowledged · 2 left as they were", "it is a compliment")
        assert "it was acknowledged" in d.line("ASC-26-0003")
        assert d.case("ASC-26-0001").acknowledged_on == d.case("ASC-26-0002").acknowledged_on == TODAY
        assert [event.step for event in d.case("ASC-26-0003").timeline][-1] == "investigate"
        await d.press("escape")
        await d.hush()
        await d.shows("2 cases marked")
        assert "●" in d.line("ASC-26-0003")
        await d.press("minus")
        await d.until(lambda: "●" not in d.text)


async def test_marks_one_by_one_the_others_and_a_note_for_them(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("asterisk", "asterisk")
        await d.shows("2 cases marked")
        await d.press("tilde")
        await d.until(lambda: "●" in d.line("ASC-26-0003") and "●" not in d.line("ASC-26-0001"))
        await d.press("t")
        await d.shows("2 cases")
        await d.put("[/] Chased, O'Brien")
        await d.press("ctrl+s")
        await d.shows("2 cases")
        await d.until(lambda: d.case("ASC-26-0004").timeline[-1].step == "note")
        assert d.case("ASC-26-0003").timeline[-1].step == "note"
        assert d.case("ASC-26-0001").timeline[-1].step != "note"


async def test_all_cases_closed_ones_too_with_the_same_filter_and_marks(desk: MakeDesk, register: Register) -> None:
    close_case(Actor(register, OFFICER, TODAY), "ASC-26-0004", Closing(on=TODAY))
    async with desk() as d:
        await d.until(lambda: "ASC-26-0004" not in d.text)
        await d.press("0")
        await d.shows("All cases", "ASC-26-0004", "closed")
        await d.press("slash")
        await d.put("-open")
        await d.shows("1 row")
        await d.press("enter", "plus")
        await d.shows("1 case marked")
        await d.press("minus", "greater_than_sign")
        await d.shows("sorted by reference")
        await d.press("enter")
        await d.shows("ASC-26-0004", "Thank you")
        await d.press("escape", "escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))


async def test_the_cases_behind_a_figure_are_listed_with_its_terms(desk: MakeDesk) -> None:
    async with desk() as d:
        wanted = counted(kind=Kind.COMPLAINT, received=date(2026, 4, 8))
        open_screens.open_filtered(d.app, d.screen.services, wanted, "received on Wednesday")
        await d.shows("Cases · received on Wednesday", "kind:complaint received:2026-04-08", "1 row")
        assert isinstance(d.app.screen, CasesScreen)
        await d.press("escape")
        await d.shows("Overdue · 1")


async def test_filters_are_kept_used_by_a_key_and_deleted(desk: MakeDesk) -> None:
    assert keep_filter("hers", "officer:pkaur") is None
    async with desk() as d:
        await d.press("slash")
        await d.put('status:"on hold",logged "x y"')
        await d.press("enter", "apostrophe")
        await d.shows("Filters you keep", "hers", "Stands now: status:")
        await d.press("s")
        await d.type("waiting")
        await d.press("enter")
        await d.tells("Kept as “waiting”")
        assert saved_filters() == {"hers": "officer:pkaur", "waiting": 'status:"on hold",logged "x y"'}
        await d.press("1")
        await d.hush()
        await d.shows("officer:pkaur", "1 row")
        assert "ASC-26-0002" in d.text
        await d.press("apostrophe", "down", "delete")
        await d.until(lambda: list(saved_filters()) == ["hers"])
        await d.press("enter")
        await d.hush()
        await d.until(lambda: isinstance(d.app.screen, QueueScreen) and "officer:pkaur" in d.text)
