"""The calculator, and days off: what moves is shown before it is saved, and moves when it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from feedback_tui.casework.days_off import change_days_off, closures_of
from feedback_tui.casework.log import log
from feedback_tui.enums import DeadlineKind, Kind, Outcome, StepKey
from feedback_tui.models.inputs.stages import DaysOffChange, NewCase
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.working_days import DayOff
from feedback_tui.screens import open_screens
from feedback_tui.screens.admin.day_calculator import CalculatorScreen
from feedback_tui.screens.admin.days_off import DaysOffScreen
from feedback_tui.screens.case.case import CaseScreen
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.screens.steps.step_screen import StepScreen
from tests.casework.cases import Casework
from tests.casework.test_times_of_law import as_before
from tests.conftest import actor_on
from tests.screens.desk import Desk

MakeDesk = Callable[..., Desk]
WEDDING = date(2026, 5, 6)


def limit(d: Desk) -> date:
    return next(due.due_on for due in d.case("ASC-26-0003").deadlines if due.kind is DeadlineKind.STAGE_1_LIMIT)


async def test_the_calculator_names_each_holiday_that_it_skips(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("W")
        await d.until(lambda: isinstance(d.app.screen, CalculatorScreen))
        await d.type("14")
        await d.shows(
            "Wed 6 May 2026: 14 working days after Wed 15 April 2026.", "Mon 4 May 2026  not counted: May Day"
        )
        await d.press("backspace", "backspace", "backspace")
        await d.type("-8")
        await d.shows("Wed 1 April 2026: 8 working days before", "Good Friday", "Easter Monday")
        await d.press("backspace", "backspace")
        await d.type("fri 17 apr 2026")
        await d.shows("2 working days after Wed 15 April 2026, up to and with Fri 17 April 2026.")
        await d.press(*["backspace"] * 16)
        await d.type("soon")
        await d.shows("is not a date")
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))


async def test_a_closure_day_is_shown_with_what_it_moves_and_then_moves_it(desk: MakeDesk) -> None:
    async with desk() as d:
        stood = limit(d)
        await d.press("B")
        await d.until(lambda: isinstance(d.app.screen, DaysOffScreen))
        await d.shows("announced up to Sun 31 December 2028", "May Day")
        await d.press("tab")
        await d.type("6/5/2026")
        await d.shows("Wed 6 May 2026 is off", "ASC-26-0003  Response (due by): 19 Jun 2026 → 22 Jun 2026")
        await d.press("ctrl+s")
        await d.shows("why it is off is needed")
        assert limit(d) == stood
        await d.type("Office move")
        await d.press("ctrl+s")
        await d.tells("6 May 2026 is off: ")
        assert limit(d) == date(2026, 6, 22)
        assert closures_of(d.register) == {WEDDING: "Office move"}


async def test_a_day_past_the_announced_holidays_and_one_that_is_off_are_told(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.press("B")
        await d.until(lambda: isinstance(d.app.screen, DaysOffScreen))
        await d.press("tab")
        await d.type("6/5/2036")
        await d.shows("It is past Sun 31 December 2028, up to which bank holidays are announced")
        await d.press(*["backspace"] * 8)
        await d.type("25/5/2026")
        await d.press("tab")
        await d.type("x")
        await d.press("ctrl+s")
        await d.shows("✗ Mon 25 May 2026 is off already: Spring Bank Holiday.")


async def test_the_official_list_is_read(desk: MakeDesk, tmp_path: Path) -> None:
    events = [{"title": "A royal wedding", "date": WEDDING.isoformat()}, {"title": "x", "date": "2029-01-01"}]
    listed = tmp_path / "bank-holidays.json"
    async with desk() as d:
        kept = [
            {"title": why, "date": day.isoformat()}
            for day, why in d.register.calendar.days_off.items()
            if 2026 <= day.year <= 2029 and day != date(2029, 1, 1)
        ]
        listed.write_text(json.dumps({"england-and-wales": {"division": "england-and-wales", "events": kept + events}}))
        await d.press("B")
        await d.until(lambda: isinstance(d.app.screen, DaysOffScreen))
        await d.type("o")
        await d.shows("It cannot be read")
        await d.press("tab", *["backspace"] * 18)
        await d.put(str(listed))
        await d.shows("Wed 6 May 2026 is off: A royal wedding.", "open deadlines move")
        await d.press("ctrl+s")
        await d.tells("6 May 2026 is off")
        assert d.register.calendar.official_until == date(2029, 12, 31)


async def test_e_on_a_row_of_the_queue_explains_that_date_first(desk: MakeDesk) -> None:
    async with desk((120, 40)) as d:
        await d.press("D")
        await d.shows("every deadline")
        queue = d.app.screen
        assert isinstance(queue, QueueScreen)
        await d.press("end", "up")
        await d.until(lambda: queue.date_meant is not None and queue.date_meant[0] is DeadlineKind.STATUTORY_LIMIT)
        assert queue.date_meant is not None
        await d.press("e")
        await d.shows("dates explained", f"Six months end: {long_date(queue.date_meant[1])}", "6 months from receipt")


async def test_a_time_of_the_law_that_closure_days_moved_is_offered_and_moves_back(
    desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a register comes from the version before: the desk says so, and days off begin with it."""
    monkeypatch.setattr("feedback_tui.app.LAW_AFTER", 0.1)
    async with desk() as d:
        with as_before(monkeypatch):
            new = NewCase(kind=Kind.COMPLAINT, received_on=date(2026, 4, 15), procedure="statutory-adult")
            reference = log(actor_on(d.register, date(2026, 4, 15)), new).reference
            shut = DaysOffChange(added=(DayOff(date(2026, 4, 17), "Offices closed"),), closure=True)
            change_days_off(actor_on(d.register, date(2026, 4, 15)), shut)
        assert acknowledge_by(d, reference) == date(2026, 4, 21)
        await d.press("B")
        await d.until(lambda: isinstance(d.app.screen, DaysOffScreen))
        await d.shows("times of the law", f"{reference}  Acknowledge: 21 Apr 2026 → 20 Apr 2026")
        await d.press("ctrl+s")
        await d.tells("Counted as the law does: ")
        assert acknowledge_by(d, reference) == date(2026, 4, 20)
        await d.press("W")
        await d.until(lambda: isinstance(d.app.screen, CalculatorScreen))
        await d.type("3")
        await d.shows("Mon 20 April 2026: 3 working days after Wed 15 April 2026.")
        await d.press("tab", "right")
        await d.shows("Tue 21 April 2026: 3 working days after", "Fri 17 April 2026  not counted: Offices closed")


def acknowledge_by(d: Desk, reference: str) -> date:
    return next(due.due_on for due in d.case(reference).deadlines if due.kind is DeadlineKind.ACKNOWLEDGEMENT)


async def test_a_case_reopened_after_its_answer_is_answered_again(desk: MakeDesk) -> None:
    async with desk() as d:
        today = date(2026, 4, 15)
        case = Casework(d.register).log(date(2026, 3, 2))
        case.acknowledge(date(2026, 3, 3))
        case.investigate(date(2026, 3, 4))
        case.respond(date(2026, 3, 20), Outcome.NOT_UPHELD)
        case.close(date(2026, 3, 27))
        open_screens.open_case(d.app, d.screen.services, case.reference)
        await d.until(lambda: isinstance(d.app.screen, CaseScreen))
        await d.shows("closed")
        d.screen.take(StepKey.REOPEN)
        await d.shows("Promised by")
        await d.type("New facts")
        await d.tab_to("promised_on")
        await d.put("30/4/2026")
        await d.press("ctrl+s")
        await d.tells("Response (promised) by Thu 30 April 2026")
        d.screen.take(StepKey.RESPOND)
        await d.until(lambda: isinstance(d.app.screen, StepScreen))
        await d.shows("Sent on")
        await d.press("ctrl+s")
        await d.tells("response sent")
        await d.until(lambda: d.case(case.reference).stages[0].answered_again_on == today)
        await d.shows("Further response")
