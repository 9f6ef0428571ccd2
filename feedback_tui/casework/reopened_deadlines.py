"""Deadlines that open again are counted with the days off of now, as those that stayed open were when these changed."""

from __future__ import annotations

from datetime import date

from feedback_tui.enums import DeadlineState, Unit
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.rules.deadlines import counted, counts_closures, due_once_recounted
from feedback_tui.rules.procedures import Version
from feedback_tui.rules.working_days import WorkingCalendar


def count_with_days_off_of_now(case: Case, version: Version | None, calendar: WorkingCalendar) -> None:
    """Moves the open deadlines that were counted with other days off: a bank holiday came while they were ended or met.

    What a person fixed stays, and so does what counts no working days. `version`: what the case runs under.
    """
    for deadline in case.deadlines:
        days = calendar.counting(closures=counts_closures(version, deadline.kind))
        stale = deadline.state is DeadlineState.OPEN and deadline.calendar != days.fingerprint
        if stale and deadline.unit is Unit.WORKING_DAYS and deadline.count is not None and not deadline.fixed_by_hand:
            original = counted(deadline.count, deadline.unit, deadline.counted_from, days)
            if original != deadline.original_due_on:
                count_anew(deadline, original, days)


def count_anew(deadline: Deadline, original: date, calendar: WorkingCalendar) -> None:
    """Gives a deadline the date that it counts to, in the working days of `calendar`."""
    deadline.due_on = due_once_recounted(deadline.due_on, deadline.original_due_on, original)
    deadline.original_due_on, deadline.calendar = original, calendar.fingerprint
