"""A date on record says how it was counted, what counted it again, who gave it more time, and when it was done."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.days_off import change_days_off
from feedback_tui.desk.case.explained_dates import Tone, explained
from feedback_tui.desk.case.page import CasePage, DeadlineView
from feedback_tui.enums import DeadlineKind, DeadlineState
from feedback_tui.models.inputs.stages import DaysOffChange
from feedback_tui.rules.working_days import DayOff
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework
from tests.conftest import actor_on

D, K = date, DeadlineKind


def told(register: Register, page: CasePage, kind: DeadlineKind) -> list[str]:
    due: DeadlineView = next(due for due in page.deadlines if due.kind is kind)
    return [line.text.strip() for line in explained(page, due, register.calendar, 80) if line.text.strip()]


def test_a_date_that_was_counted_again_and_extended_says_by_whom(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.acknowledge(D(2024, 3, 5), promised_on=D(2024, 4, 12))
    change = DaysOffChange(added=(DayOff(D(2024, 3, 20), "A royal wedding"),))
    change_days_off(actor_on(shropshire, D(2024, 3, 18), "Kim Ode"), change)
    case.extend(D(2024, 4, 2), D(2024, 5, 10), agreed=True)
    page = case.page()
    lines = told(shropshire, page, K.STAGE_1_TARGET)
    assert lines[:3] == [
        "Response (aim): Thu 11 April 2024",
        "25 working days from receipt, Mon 4 March 2024",
        "Source: Report 2022/23, section 2, Stage 1: aim (read on Tue 1 December 2026)",
    ]
    assert any("A royal wedding" in line and line.startswith("18 Mar 2024") for line in lines)
    assert lines[-5:] == [
        "Counted again on Mon 18 March 2024, by Kim Ode",
        "Wed 20 March 2024: a day off, A royal wedding",
        "Moved to Fri 10 May 2024",
        "by Sam Reed: from Fri 12 April 2024 to Fri 10 May 2024, told Tue 2 April 2024, agreed",
        "A report is awaited",
    ]
    assert "Counted again" not in " ".join(told(shropshire, page, K.ACKNOWLEDGEMENT))
    assert told(shropshire, page, K.ACKNOWLEDGEMENT)[-1] == "Done on Tue 5 March 2024, in time."
    assert told(shropshire, page, K.RESPONSE_PROMISED)[1].startswith("Not counted: ")
    assert told(shropshire, page, K.STATUTORY_LIMIT)[0] == "Six months end: Tue 3 September 2024"


def test_what_was_answered_before_a_day_off_came_says_so(shropshire: Register) -> None:
    """Closed dates stay: counted with today's days off another date would come out, and it is said why."""
    case = Casework(shropshire).log()
    case.withdraw(D(2024, 3, 8))
    change_days_off(actor_on(shropshire, D(2024, 3, 18)), DaysOffChange(added=(DayOff(D(2024, 3, 20), "x"),)))
    page = case.page()
    due = next(due for due in page.deadlines if due.kind is K.STAGE_1_TARGET)
    assert due.state is DeadlineState.CANCELLED
    lines = explained(page, due, shropshire.calendar, 80)
    assert [line.text for line in lines if line.tone is Tone.MOVED] == ["On record it is Wed 10 April 2024:"]
