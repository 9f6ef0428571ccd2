"""Counts deadlines that open again with the current days off, as the ones that stayed open were."""

from __future__ import annotations

from datetime import date

from feedback_tui.enums import DeadlineState, Unit
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.rules.deadlines import counted, counts_closures, due_once_recounted
from feedback_tui.rules.procedures import Version
from feedback_tui.rules.working_days import WorkingCalendar


def count_with_days_off_of_now(case: Case, version: Version | None, calendar: WorkingCalendar) -> None:
    """Counts open deadlines again that were counted with other days off, because these changed while they were closed.

    Dates fixed by hand, and those not in working days, stay. `version` is the version of the case's procedure.
    """
    for deadline in case.deadlines:
        days = calendar.counting(closures=counts_closures(version, deadline.kind))
        stale = deadline.state is DeadlineState.OPEN and deadline.calendar != days.fingerprint
        if stale and deadline.unit is Unit.WORKING_DAYS and deadline.count is not None and not deadline.fixed_by_hand:
            original = counted(deadline.count, deadline.unit, deadline.counted_from, days)
            if original != deadline.original_due_on:
                count_anew(deadline, original, days)


def count_anew(deadline: Deadline, original: date, calendar: WorkingCalendar) -> None:
    """Gives a deadline a new original date, counted with `calendar`, and moves its due date with it."""
    deadline.due_on = due_once_recounted(deadline.due_on, deadline.original_due_on, original)
    deadline.original_due_on, deadline.calendar = original, calendar.fingerprint
