"""Notes on an aim that cannot be kept when the complainant was told so."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.case_deadlines import AIMS
from feedback_tui.enums import DeadlineState
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.rules.working_days import OutsideCalendar

NEAR = 5
"""Working days before an aim from which telling how the case stands counts as telling that the aim will be missed."""


def told_of_delay(case: Case, on: date) -> None:
    """Notes that they were told on `on` why it takes longer, on all open aims."""
    for aim in _open_aims(case):
        aim.told_on = on


def told_how_it_stands(case: Case, on: date, actor: Actor) -> None:
    """Notes that they were told on `on` how the case stands, on aims that have passed or are due within `NEAR` working
    days."""
    for aim in _open_aims(case):
        try:
            near = actor.register.calendar.add(aim.due_on, -NEAR)
        except OutsideCalendar:
            near = aim.due_on
        if on >= near:
            aim.told_on = on


def aim_moved(aim: Deadline) -> None:
    """Clears the note on an aim that was extended: it was about the old date."""
    aim.told_on = None


def _open_aims(case: Case) -> list[Deadline]:
    return [row for row in case.deadlines if row.kind in AIMS and row.state is DeadlineState.OPEN]
