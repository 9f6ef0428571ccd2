"""Groups open deadlines that were counted alike, and moves many at once when days off change.

Fast path; see `storage.bulk.changed_rows` for gain, cost, and when to delete it. Tested against counting each deadline
by tests/rules/test_late_holidays.py and tests/casework/test_days_off.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, select, type_coerce
from sqlmodel import Session

from feedback_tui.enums import DeadlineKind, DeadlineState, Status, StepKey, Unit
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.rules.deadlines import counts_closures
from feedback_tui.rules.late_holidays import Move, OpenDeadline
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.working_days import WorkingCalendar
from feedback_tui.storage.audit.change_capture import table_of
from feedback_tui.storage.bulk.changed_rows import SharedChange
from feedback_tui.storage.unit_of_work import CaseInBrief, UnitOfWork

_COMMON = 10
"""How many columns deadlines of one group share."""


class MovedDeadline(NamedTuple):
    """An open deadline that moves. If both dates are equal, it stays although it falls on a day off or should have
    moved."""

    reference: str
    kind: DeadlineKind
    due_from: date
    due_to: date


@dataclass(frozen=True)
class Alike:
    """Open deadlines that were counted alike, so that one count serves all. The sequences are in the order of their
    ids."""

    deadline: OpenDeadline
    """One deadline for the group; its id is the group's index."""
    closures_count: bool
    """Whether the council's closure days count as days off for them."""
    calendar: str
    """The fingerprint of the days off that they were counted with."""
    ids: Sequence[int]
    case_ids: Sequence[int]
    references: Sequence[str]
    statuses: Sequence[str]


def open_deadlines(session: Session, profile: Profile, concerned: ColumnElement[bool]) -> list[Alike]:
    """Returns the open deadlines that fulfil `concerned`, in groups of those counted alike."""
    table, cases = table_of(Deadline).c, table_of(Case).c
    words = [type_coerce(word, String) for word in (table.kind, table.unit)]
    under = (cases.procedure, cases.procedure_version)
    dates = (table.due_on, table.original_due_on)
    alike = (*words, *under, table.counted_from, table["count"], *dates, table.fixed_by_hand)
    query = (
        select(*alike, table.calendar, table.id, table.case_id, cases.reference, type_coerce(cases.status, String))
        .join(table_of(Case), cases.id == table.case_id)
        .where(table.state == DeadlineState.OPEN, concerned)
    )
    found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in session.connection().execute(query).all():
        found[row[:_COMMON]].append(row[_COMMON:])
    for rows in found.values():
        rows.sort()
    closures = cache(partial(_counts_closures, profile))
    groups = []
    for place, (common, rows) in enumerate(sorted(found.items(), key=lambda group: group[1][0])):
        kind, unit, procedure, version, counted_from, count, due_on, original, by_hand, calendar = common
        deadline = OpenDeadline(place, DeadlineKind(kind), counted_from, count, Unit(unit), due_on, original, by_hand)
        counts = closures(procedure, version, deadline.kind)
        groups.append(Alike(deadline, counts, calendar, *zip(*rows, strict=True)))
    return groups


def _counts_closures(profile: Profile, procedure: str | None, version: str | None, kind: DeadlineKind) -> bool:
    under = None if procedure is None else profile.procedure(procedure).version(version or "1")
    return counts_closures(under, kind)


def write_moves(
    work: UnitOfWork, groups: list[Alike], moves: Iterable[Move], now: WorkingCalendar, days: Iterable[str], today: date
) -> None:
    """Moves deadlines, with one event for each case that names the changed `days`."""
    shared, cases = [], dict[int, str]()
    for move in moves:
        group = groups[move.id]
        counted_with = now.counting(closures=group.closures_count)
        cases.update(zip(group.case_ids, group.statuses, strict=True))
        before = {"due_on": move.due_from, "original_due_on": move.original_from, "calendar": group.calendar}
        after = {"due_on": move.due_to, "original_due_on": move.original_to, "calendar": counted_with.fingerprint}
        shared.append(SharedChange(before, after, list(zip(group.ids, group.case_ids, strict=True))))
    work.change_rows(Deadline, shared)
    words = {word.value: word for word in Status}
    in_order = [CaseInBrief(case_id, words[status]) for case_id, status in sorted(cases.items())]
    work.record_in_brief(StepKey.MOVE_DEADLINES, in_order, today, details={"days_off": ", ".join(days)})


def told(found: Iterable[tuple[Alike, date]]) -> tuple[MovedDeadline, ...]:
    """Returns the deadlines sorted by their former date, then by id."""
    by_date: dict[date, list[tuple[int, MovedDeadline]]] = defaultdict(list)
    # The constructor of a named tuple takes three times as long, and there may be a hundred thousand.
    made: Callable[[tuple[object, ...]], MovedDeadline] = partial(tuple.__new__, MovedDeadline)
    for group, to in found:
        of_all = (repeat(group.deadline.kind), repeat(group.deadline.due_on), repeat(to))
        rows = map(made, zip(group.references, *of_all, strict=False))
        by_date[group.deadline.due_on] += zip(group.ids, rows, strict=True)
    return tuple(row for due_on in sorted(by_date) for _, row in sorted(by_date[due_on], key=itemgetter(0)))
