"""The six months in which a response must be sent, and the longer time that may be agreed before they end.

Source: 2009 Regulations, reg 14. The date of the six months never moves; an agreed longer time is recorded as an
extension.
"""

from __future__ import annotations

from datetime import date

from feedback_tui.enums import DeadlineKind, DeadlineState
from feedback_tui.models.case import Case

K = DeadlineKind


def six_months_end(case: Case) -> date | None:
    """Returns the last day of the six months (reg 14) while that deadline is open, else None."""
    running = (deadline for deadline in case.deadlines if deadline.state is DeadlineState.OPEN)
    return next((deadline.due_on for deadline in running if deadline.kind is K.STATUTORY_LIMIT), None)


def relevant_period_end(case: Case) -> date | None:
    """Returns the last day on which the response is sent in time (reg 14(3)): the end of the six months while that
    deadline is open, or the later date that the complainant agreed to; else None."""
    end = six_months_end(case)
    return end and (agreed_past(case, end) or end)


def agreed_past(case: Case, end: date) -> date | None:
    """Returns the latest date after the end of the six months that the complainant agreed to; None if none was."""
    return max((each.extended_to for each in case.extensions if each.agreed and each.extended_to > end), default=None)


def meet_six_months(case: Case, on: date) -> None:
    """Marks the six months as met by a response on `on`, if it is within the longer time that was agreed (reg
    14(3))."""
    end = relevant_period_end(case)
    if end is None or on > end:
        return
    for deadline in case.deadlines:
        if deadline.kind is K.STATUTORY_LIMIT and deadline.state is DeadlineState.OPEN:
            deadline.met_on, deadline.state = on, DeadlineState.MET
