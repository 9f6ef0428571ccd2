"""The queue as a table: its columns, its groups, and the source of its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from feedback_tui.actions import Situation
from feedback_tui.desk.due_words import short_label, tone, when
from feedback_tui.desk.queue.queue import queue, queue_groups, queue_place
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_row import QueueRow
from feedback_tui.desk.queue.sort_and_group import USUAL, Arrangement, Grouping
from feedback_tui.enums import DeadlineKind, Status
from feedback_tui.rules.lifecycle.lifecycle import Standing
from feedback_tui.screens.shared.case_columns import about_column, who_column
from feedback_tui.screens.shared.hidden_names import Names
from feedback_tui.storage.register import Register
from feedback_tui.widgets.case_table import Group
from feedback_tui.widgets.table_columns import Column

_TONES = {"Overdue": "late", "Due today": "today"}
ANSWERED = (Status.RESPONSE_SENT, Status.IN_REVIEW, Status.CLOSED)


@dataclass(frozen=True)
class RowKey:
    """The key of a row: its case, and the deadline or redress it is about."""

    case_id: int
    deadline_id: int | None
    remedy_id: int | None = None
    """The redress, if it is owed without a date."""


def row_key(row: QueueRow) -> RowKey:
    """Returns the key of a row."""
    return RowKey(row.case_id, row.deadline_id, row.remedy_id)


@dataclass(frozen=True)
class QueueSource:
    """The rows of the queue on one day, under one filter."""

    register: Register
    today: date
    wanted: QueueFilter
    arranged: Arrangement = USUAL

    def groups(self) -> list[Group]:
        """Returns the groups: overdue, today, this week, later, without a date; or one for each team, officer or
        investigator."""
        group = self.arranged.group
        found = queue_groups(self.register, self.today, self.wanted, group)
        nameless = "" if group is Grouping.NOTHING else f"No {group}"
        return [Group(one.name or nameless, one.count, _TONES.get(one.name, "")) for one in found]

    def rows(self, offset: int, limit: int) -> Sequence[QueueRow]:
        """Returns a window of the rows."""
        return queue(self.register, self.today, self.wanted, limit, offset, self.arranged)

    def locate(self, key: Hashable, near: int) -> int | None:
        """Returns the current position of a row; if its deadline is done, of the first row of its case; or None."""
        assert isinstance(key, RowKey)
        about = (key.case_id, key.deadline_id, self.arranged, key.remedy_id)
        return queue_place(self.register, self.today, self.wanted, *about)


def queue_columns(today: Callable[[], date], names: Names) -> tuple[Column[QueueRow], ...]:
    """Returns the columns. On 80 cells: when, what, which case, whose, summary; the line beneath the table shows the
    rest."""

    def in_tone(row: QueueRow) -> str:
        return tone(row.due_on, row.working_days_left, today())

    return (
        Column("When", lambda row: when(row.due_on, row.working_days_left, today()), 8, 8, 1, tone=in_tone),
        Column(
            "Date", lambda row: f"{row.due_on:%a} {row.due_on.day:>2} {row.due_on:%b}" if row.due_on else "", 10, 10, 8
        ),
        Column("What is due", lambda row: short_label(row.deadline, to_tell=row.to_tell), 13, 13, 2),
        Column("Reference", lambda row: row.reference, 11, 12, 1),
        who_column(names),
        Column("Kind", lambda row: row.kind, 9, 10, 6, tone=lambda row: "quiet"),
        Column("Team", lambda row: row.team or "–", 10, 24, 5, cut="middle"),
        Column("Officer", lambda row: row.officer or "–", 7, 10, 4, cut="middle", unless_alike=True),
        Column("Investigator", lambda row: row.investigator or "–", 12, 16, 9, cut="middle"),
        about_column(),
    )


def situation_of(row: QueueRow | None) -> Situation:
    """Returns what is known of the case from its row. Its stages, and what else it owes, are not known until it is
    read."""
    if row is None:
        return Situation()
    unacknowledged = row.deadline is DeadlineKind.ACKNOWLEDGEMENT or row.status is Status.LOGGED
    standing = Standing(
        kind=row.kind,
        status=row.status,
        acknowledged=not unacknowledged,
        answered=row.status in ANSWERED,
        stages=2,
        stage=2 if row.status is Status.IN_REVIEW else 1,
        facts=None,
    )
    return Situation(row.reference, standing)
