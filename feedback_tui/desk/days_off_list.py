"""The days off on record, as a list."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from feedback_tui.casework.days_off import closures_of
from feedback_tui.desk.list_columns import column
from feedback_tui.lists.columns import ListColumn, Listing
from feedback_tui.storage.register import Register


@dataclass(frozen=True)
class DayOffRow:
    """A day off, and whether it is one of the council's own closure days."""

    date: datetime.date
    why: str
    closure: bool


COLUMNS: tuple[ListColumn[DayOffRow], ...] = (
    column("date", "Day"),
    column("why", "Why it is off"),
    column("closure", "Closure day of the council"),
)


def days_off_listing(register: Register, year: int | None = None) -> Listing[DayOffRow]:
    """Returns the recorded days off on Monday to Friday, of one calendar year or of all, earliest first."""
    closures = closures_of(register)
    rows = [
        DayOffRow(day, why, day in closures)
        for day, why in sorted(register.calendar.days_off.items())
        if day.weekday() < 5 and (year is None or day.year == year)
    ]
    return Listing("Days off", COLUMNS, rows)
