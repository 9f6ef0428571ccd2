"""The rows of the queue, each one thing that is owed; their counts and groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from feedback_tui.desk.queue.owed_kinds import owed_label
from feedback_tui.enums import DeadlineKind, Kind, Status
from feedback_tui.rules.hold_reasons import HoldInARow, process_of
from feedback_tui.rules.laws import CountedByLaw
from feedback_tui.rules.restricted_access import hidden_fields, shown_name, shown_summary
from feedback_tui.rules.working_days import OutsideCalendar, WorkingCalendar

DUE_PARTS = ("Overdue", "Due today", "Due this week", "Due later", "Open, no date")
"""The names of the groups by due date."""


@dataclass(frozen=True)
class QueueRow(HoldInARow):
    """One thing that is owed. `due_on` is None if the case is open without a date. Days left are working days; negative
    if overdue."""

    case_id: int
    deadline_id: int | None
    reference: str
    kind: Kind
    deadline: DeadlineKind | None
    due_on: date | None
    original_due_on: date | None
    working_days_left: int | None
    status: Status
    team: str | None
    officer: str
    investigator: str | None
    summary: str
    who: str | None = None
    """The complainant's name, else the customer's. None if anonymous, restricted for this reader, or if no one is
    named."""
    who_instead: str = ""
    """What is shown in place of a name: “anonymous”, “restricted”."""
    on_hold: str | None = None
    """The process that the case waits for; None if it is not on hold."""
    hold_until: date | None = None
    """The day to review the hold."""
    service: str | None = None
    """The key of its service; None for the profile's usual one."""
    to_tell: bool = False
    """Whether it is a passed aim that the complainant has not been told of."""
    remedy_id: int | None = None
    """The id of redress that is owed without a date."""

    @property
    def key(self) -> str:
        """Identifies the row after a refresh."""
        return f"{self.case_id}/{self.deadline_id or ''}/{self.remedy_id or ''}"

    @property
    def owed(self) -> str:
        """What is owed, in words; "" if the case is open and owes nothing with a date."""
        return "" if self.deadline is None else owed_label(self.deadline, to_tell=self.to_tell)


@dataclass(frozen=True)
class QueueCounts:
    """The number of rows in each part of the queue."""

    overdue: int
    today: int
    this_week: int
    later: int
    undated: int

    @property
    def dated(self) -> int:
        return self.overdue + self.today + self.this_week + self.later

    @property
    def total(self) -> int:
        return self.dated + self.undated


@dataclass(frozen=True)
class QueueGroup:
    """The rows of one group: the shared name ("" if they have none) and the count."""

    name: str
    count: int


def end_of_week(today: date) -> date:
    """Returns the Sunday of this week."""
    return today + timedelta(days=6 - today.weekday())


def counted(parts: Mapping[int, int], undated: int) -> QueueCounts:
    """Returns counts from parts by number: 0 overdue, 1 today, 2 this week, 3 later. Missing parts are 0."""
    return QueueCounts(parts.get(0, 0), parts.get(1, 0), parts.get(2, 0), parts.get(3, 0), undated)


def by_due_date(counts: QueueCounts) -> list[QueueGroup]:
    """Returns the groups by due date, in order, including empty ones."""
    parts = (counts.overdue, counts.today, counts.this_week, counts.later, counts.undated)
    return [QueueGroup(name, count) for name, count in zip(DUE_PARTS, parts, strict=True)]


def working_days_left(calendar: WorkingCalendar, today: date, due_on: date) -> int | None:
    """Returns the working days from `today` to a due date, negative if it has passed; None outside the calendar's
    years."""
    try:
        return calendar.between(today, due_on)
    except OutsideCalendar:
        return None


class Counting(Protocol):
    """What working days are counted with: a register, or one moment of it."""

    @property
    def calendar(self) -> WorkingCalendar: ...
    @property
    def counted_by_law(self) -> CountedByLaw: ...


def days_of(row: Mapping[str, Any], counting: Counting) -> WorkingCalendar:
    """Returns the calendar for a row's deadline: without closure days if the law sets it, otherwise the council's."""
    calendar = counting.calendar
    if not calendar.closures:
        return calendar
    by_law = counting.counted_by_law(row["procedure"], row["procedure_version"], row.get("deadline"))
    return calendar.counting(closures=not by_law)


def row_read(row: Mapping[str, Any], counting: Counting, today: date, reader: str) -> QueueRow:
    """Returns a row from the database's values, with working days left and only the text that `reader` may see."""
    due_on, on_hold = row["due_on"], row["status"] == Status.ON_HOLD
    who, who_instead = shown_name(row["who"], row["restricted_to"], reader)
    hidden = hidden_fields(row["restricted_to"], reader)
    return QueueRow(
        case_id=row["id"],
        deadline_id=row["deadline_id"],
        reference=row["reference"],
        kind=row["kind"],
        deadline=row["deadline"],
        due_on=due_on,
        original_due_on=row["original_due_on"],
        working_days_left=None if due_on is None else working_days_left(days_of(row, counting), today, due_on),
        status=row["status"],
        team=None if "team" in hidden else row["team"],
        officer=row["officer"],
        investigator=None if "investigator" in hidden else row["investigator"],
        summary=shown_summary(row["summary"], row["restricted_to"], row["officer"], reader),
        who=who,
        who_instead=who_instead,
        on_hold=process_of(row["hold_rule"]) if on_hold and not hidden else None,
        hold_until=row["hold_until"] if on_hold else None,
        to_tell=bool(row["to_tell"]),
        remedy_id=row["remedy_id"],
    )
