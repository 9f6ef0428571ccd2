"""An aim that cannot be kept: the complainant is told, and when they were told stands with the aim."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.case_deadlines import AIMS
from feedback_tui.enums import DeadlineState
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.rules.working_days import OutsideCalendar

NEAR = 5
"""Working days before an aim from which word of how it stands is word that it will not be kept."""


def told_of_delay(case: Case, on: date) -> None:
    """They were told why it takes longer: a holding letter, or that another process comes first."""
    for aim in _open_aims(case):
        aim.told_on = on


def told_how_it_stands(case: Case, on: date, actor: Actor) -> None:
    """They were told how it stands: of an aim that has passed, or is near, that it takes longer."""
    for aim in _open_aims(case):
        try:
            near = actor.register.calendar.add(aim.due_on, -NEAR)
        except OutsideCalendar:
            near = aim.due_on
        if on >= near:
            aim.told_on = on


def aim_moved(aim: Deadline) -> None:
    """An aim that was extended is to be kept anew: what they were told was of the old date."""
    aim.told_on = None


def _open_aims(case: Case) -> list[Deadline]:
    return [row for row in case.deadlines if row.kind in AIMS and row.state is DeadlineState.OPEN]
