"""A case taken further: what is possible and why not, what it does to the dates, and words kept when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.close import withdraw
from feedback_tui.casework.correct import change_points
from feedback_tui.casework.notes import note
from feedback_tui.enums import DeadlineKind, DeadlineState, LearningSaid, Outcome, Status
from feedback_tui.models.inputs.early_closure import PointChange
from feedback_tui.models.inputs.stages import Note, PointInput, Withdrawal
from feedback_tui.rules.lifecycle.lifecycle import LIFE
from feedback_tui.rules.profile import load_profile
from feedback_tui.screens.case.case import CaseScreen
from feedback_tui.screens.steps.declared_form import declared_form
from feedback_tui.screens.steps.step_menu import StepsScreen
from feedback_tui.screens.steps.step_screen import StepScreen
from feedback_tui.storage.register import Register
from feedback_tui.widgets.row_list import RowList
from tests.screens.desk import OFFICER, TODAY, Desk

MakeDesk = Callable[..., Desk]


def test_every_step_in_the_life_of_a_case_has_a_form() -> None:
    profile = load_profile("shropshire")
    for step in LIFE:
        form = declared_form(step, None, profile)
        assert [field.name for field in form.fields] == [ask.name for ask in step.asks if ask.label]
        assert callable(form.verb)


async def _open(d: Desk, reference: str) -> None:
    await d.press("g")
    await d.shows("Go to a case")
    await d.type(reference)
    await d.shows("complaint, ")
    await d.press("enter")
    await d.until(lambda: isinstance(d.app.screen, CaseScreen) and "Next" in d.text)


async def test_a_complaint_from_acknowledgement_to_its_end_by_keys_alone(desk: MakeDesk) -> None:
    async with desk() as d:
        await _open(d, "0001")
        await d.press("a")
        await d.shows("What this does to the dates")
        await d.press("ctrl+s")
        await d.tells("acknowledged")
        await d.until(lambda: isinstance(d.app.screen, CaseScreen) and "acknowledged" in d.line("Stands at"))
        await d.press("i")
        await d.shows("Investigator")
        await d.type("P. Jones")
        await d.press("ctrl+s")
        await d.tells("investigation started")
        await d.until(lambda: isinstance(d.app.screen, CaseScreen) and "investigating" in d.line("Stands at"))
        await d.press("s")
        await d.shows("Finding")
        await d.press("tab", "tab", "tab")
        await d.type("up")
        # A letter that was meant for another field is seen.
        await d.shows("“u” chose upheld; it was –")
        await d.hush()
        await d.shows("The case then stands at: response sent")
        await d.press("ctrl+s")
        await d.tells("response sent")
        await d.until(lambda: isinstance(d.app.screen, CaseScreen) and "response sent" in d.line("Stands at"))
        await d.press("c", "ctrl+s")
        await d.tells("closed")
        await d.until(lambda: isinstance(d.app.screen, CaseScreen) and "Closed on" in d.line("Next"))
        case = d.case("ASC-26-0001")
        assert case.status is Status.CLOSED
        assert case.stages[0].outcome is Outcome.UPHELD
        assert case.learning_said is LearningSaid.AWAITED
        assert [event.past for event in case.timeline] == [
            "logged",
            "acknowledged",
            "investigation started",
            "response sent",
            "closed",
        ]


async def test_the_menu_shows_what_is_possible_and_why_the_rest_is_not(desk: MakeDesk) -> None:
    async with desk(size=(90, 100)) as d:
        await d.press("space")
        await d.shows(
            "Acknowledge", "Start the investigation", "Not now, and why", "time is extended between acknowledgement"
        )
        assert isinstance(d.app.screen, StepsScreen)
        await d.press("down", "enter")
        await d.until(lambda: isinstance(d.app.screen, StepScreen) and "Investigator" in d.text)
        await d.press("escape", "escape")
        await d.shows("Overdue · 1")


async def test_the_menu_is_narrowed_by_typing_and_says_why_a_step_is_not_possible(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("space")
        await d.shows("Next", "Handling", "Acknowledge")
        assert d.lines.index(d.line("Acknowledge ")) < d.lines.index(d.line("Handling"))
        await d.type("wi")
        await d.until(lambda: d.line("Withdraw ") and not d.line("Put on hold"))
        await d.press("escape")
        await d.shows("Start the investigation")
        await d.type("reop")
        await d.shows("only a closed case can be reopened")
        await d.press("enter")
        await d.tells("Reopen: not now, only a closed case can be reopened")
        assert isinstance(d.app.screen, StepsScreen)
        await d.press(*["backspace"] * 4, "t")
        # The key of the case's own page finds its step.
        await d.until(lambda: "Note" in d.lines[4])
        await d.press("enter")
        await d.until(lambda: isinstance(d.app.screen, StepScreen) and "Note · ASC-26-0001" in d.text)


async def test_every_step_is_in_the_menu_once_and_every_row_can_be_lit(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("space")
        await d.shows("Handling")
        rows = d.app.screen.query_one(RowList)
        listed = [option.id for option in rows.options if option.id]
        assert sorted(listed) == sorted(step.key.value.replace(" ", "_") for step in LIFE)
        lit = []
        for _ in listed:
            lit.append(rows.options[rows.highlighted or 0].id)
            await d.press("down")
        assert lit == listed
        await d.press("pageup", "pageup", "pageup", "pageup", "pageup")
        await d.until(lambda: d.line("Next"))
        await d.press("pagedown")
        assert rows.highlighted is not None
        assert not rows.options[rows.highlighted].disabled


async def test_a_click_takes_a_step(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("space")
        await d.shows("Start the investigation")
        line = d.lines.index(d.line("Start the investigation"))
        await d.click(12, line)
        await d.until(lambda: isinstance(d.app.screen, StepScreen) and "Investigator" in d.text)


async def test_an_extension_shows_which_dates_move_before_it_is_saved(desk: MakeDesk) -> None:
    async with desk(size=(120, 40)) as d:
        await _open(d, "0003")
        await d.press("x")
        await d.shows("New date")
        await d.type("1/6")
        await d.shows("Mon 1 June 2026")
        await d.press("tab")
        await d.type("records awaited")
        await d.shows("Response (aim)", "Wed 22 April 2026 → Mon 1 June 2026", "Six months end")
        assert "stays" in d.line("Response (due by)")
        aims = [due for due in d.case("ASC-26-0003").deadlines if due.kind is DeadlineKind.STAGE_1_TARGET]
        assert [due.due_on for due in aims] == [date(2026, 4, 22)]
        await d.press("ctrl+s")
        await d.tells("ASC-26-0003: extended")
        await d.until(lambda: isinstance(d.app.screen, CaseScreen) and "records awaited" in d.text)


async def test_what_the_verb_refuses_stands_at_its_field_and_the_words_stay(desk: MakeDesk) -> None:
    async with desk() as d:
        await _open(d, "0003")
        await d.press("x")
        await d.shows("New date")
        await d.type("tomorrow")
        await d.press("tab")
        await d.type("records awaited")
        await d.press("ctrl+s")
        await d.shows("is not later than the date that stands", "Nothing was saved yet", "records awaited")


async def test_no_finding_is_said_at_the_finding(desk: MakeDesk) -> None:
    async with desk() as d:
        await _open(d, "0003")
        await d.press("s")
        await d.shows("Finding")
        await d.press("ctrl+s")
        await d.shows("Give a finding for the complaint point")


async def test_a_change_by_a_colleague_is_said_and_the_words_stay(desk: MakeDesk, register: Register) -> None:
    async with desk() as d:
        await _open(d, "0001")
        await d.press("w")
        await d.shows("Withdrawn on")
        await d.press("tab")
        await d.type("she rang")
        note(Actor(register, "pkaur", TODAY), "ASC-26-0001", Note(on=TODAY, words="called"))
        await d.press("ctrl+s")
        await d.shows("pkaur changed ASC-26-0001 meanwhile", "she rang", "Meanwhile", "called")
        await d.app.workers.wait_for_complete()
        await d.press("ctrl+s")
        await d.tells("withdrawn")
        assert d.case("ASC-26-0001").status is Status.CLOSED


@pytest.mark.parametrize(("key", "why"), [("R", "only a closed case"), ("2", "its procedure has one stage")])
async def test_a_step_that_is_not_possible_says_why_and_keeps_the_page(desk: MakeDesk, key: str, why: str) -> None:
    async with desk() as d:
        await _open(d, "0001")
        await d.press(key)
        await d.tells(why)
        assert isinstance(d.app.screen, CaseScreen)


async def test_an_answer_with_learning_action_and_redress_is_recorded_whole(desk: MakeDesk) -> None:
    async with desk() as d:
        await _open(d, "0003")
        await d.press("s")
        await d.shows("Finding")
        await d.press("tab", "tab", "tab")
        await d.type("pa")
        await d.press("tab", "tab", "end")
        await d.shows("Learned")
        await d.press("tab")
        await d.type("comm")
        await d.press("tab")
        await d.type("Ring back")
        await d.press("tab")
        await d.type("Remind the desk")
        await d.shows("Who does it")
        await d.press("tab")
        await d.type("P. Jones")
        await d.press("tab")
        await d.type("1/5")
        await d.press("tab")
        await d.type("pay")
        await d.press("tab")
        await d.type("150.50")
        await d.press("ctrl+s")
        await d.tells("response sent")
        case = d.case("ASC-26-0003")
        assert case.points[0].finding is Outcome.PARTLY_UPHELD
        assert [(learned.area, learned.text) for learned in case.learning] == [("communication", "Ring back")]
        assert [(act.text, act.owner, act.due_on) for act in case.actions] == [
            ("Remind the desk", "P. Jones", date(2026, 5, 1))
        ]
        assert [(remedy.kind, remedy.amount_pence) for remedy in case.remedies] == [("payment", 15050)]
        assert [due.kind for due in case.deadlines if due.state is DeadlineState.OPEN] == [DeadlineKind.ACTION]


async def test_each_finding_stands_under_the_words_of_its_point(desk: MakeDesk, register: Register) -> None:
    actor = Actor(register, "jsmith", TODAY)
    for words in ("Nobody rang back [/]", "The bill was wrong"):
        change_points(
            actor, "ASC-26-0003", PointChange(on=TODAY, point=PointInput(text=words, team="Finance", theme="Charges"))
        )
    async with desk() as d:
        await _open(d, "0003")
        await d.press("s")
        await d.shows("Point 1", "Point 2", "Nobody rang back [/] · Finance", "Point 3", "The bill was wrong · Finance")
        lines = d.lines
        second = next(number for number, line in enumerate(lines) if "Nobody rang back" in line)
        assert "Point 2" in lines[second], "the words stand where the label is"
        assert "not upheld" in lines[second + 1], "and the choice is under them"
        await d.press("tab", "tab", "tab")
        for finding in ("up", "not", "pa"):
            await d.type(finding)
            await d.press("tab")
        await d.press("ctrl+s")
        await d.tells("response sent")
        found = [point.finding for point in d.case("ASC-26-0003").points]
        assert found == [Outcome.UPHELD, Outcome.NOT_UPHELD, Outcome.PARTLY_UPHELD]


async def test_why_nobody_has_a_right_to_erasure_is_read_whole_on_a_small_screen(desk: MakeDesk) -> None:
    async with desk(size=(80, 24)) as d:
        withdraw(Actor(d.register, OFFICER, TODAY), "ASC-26-0001", Withdrawal(on=TODAY, reason="They moved"))
        await _open(d, "0001")
        await d.press("space")
        await d.shows("what can be done")
        await d.type("erase its")
        await d.press("enter")
        await d.shows("Nevertheless")
        shown = " ".join(d.text.replace("│", " ").split())
        assert "No right to erasure holds before" in shown
        assert "complain to the Information Commissioner, and note the answer." in shown
