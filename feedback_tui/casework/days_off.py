"""A bank holiday announced late, a closure day, a day off taken back: the open deadlines across it move.

Shown first (a rehearsal), then applied in one transaction, each case's moves an event. Closed deadlines stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import String, select, type_coerce
from sqlmodel import col

from feedback_tui.casework.duty import Duty
from feedback_tui.casework.refusals import BadInput, Problem
from feedback_tui.memory import garbage_kept
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.register import DayOffRow, Setting
from feedback_tui.models.steps import DaysOffChange
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.late_holidays import (
    LateHoliday,
    Move,
    OpenDeadline,
    changed_days,
    changes,
    late_holiday,
    read_official_holidays,
)
from feedback_tui.rules.working_days import DayOff, WorkingCalendar
from feedback_tui.storage.capture import table_of
from feedback_tui.storage.changed_rows import SharedChange
from feedback_tui.storage.limits import long_work
from feedback_tui.storage.making import number_working_days
from feedback_tui.storage.register import Register
from feedback_tui.storage.setting_keys import CALENDAR, OFFICIAL_DAYS
from feedback_tui.storage.unit_of_work import CaseInBrief, Work
from feedback_tui.words import DeadlineKind, DeadlineState, Status, StepKey, Unit

_COMMON = 8
"""Columns that deadlines which were counted alike have in common."""


class MovedDeadline(NamedTuple):
    """One open deadline that moves, or, where both dates are the same, one that now falls on a day off and stays."""

    reference: str
    kind: DeadlineKind
    due_from: date
    due_to: date


@dataclass(frozen=True)
class DaysOffChanged:
    """What a change of the days off does."""

    added: tuple[DayOff, ...]
    removed: tuple[DayOff, ...]
    moved: tuple[MovedDeadline, ...]
    """By the date they had."""
    on_a_day_off: tuple[MovedDeadline, ...]
    """Dates that were set or told, and now fall on a day off: they stay; the officer tells the complainant."""


@dataclass(frozen=True)
class _Alike:
    """Open deadlines that were counted alike: one count serves them all. Each column in the order of their ids."""

    deadline: OpenDeadline
    """One of them, under its place among the groups for an id."""
    calendar: str
    """What they were counted with."""
    ids: Sequence[int]
    case_ids: Sequence[int]
    references: Sequence[str]
    statuses: Sequence[str]


@long_work()
def change_days_off(duty: Duty, given: DaysOffChange) -> DaysOffChanged:
    """Adds days off and takes others back, and moves the open deadlines across them. Raises BadInput.

    Rehearse it (``Duty(…, rehearsing=True)``) to see what would move, with nothing written.
    """
    with garbage_kept(), duty.work() as work:
        return apply_days_off(work, duty, given)


def apply_days_off(work: Work, duty: Duty, given: DaysOffChange) -> DaysOffChanged:
    """Changes the days off within a verb that does more. Raises BadInput."""
    before = duty.register.calendar
    _refuse(given, before)
    removed = tuple(DayOff(day, before.days_off[day]) for day in sorted(given.removed))
    now = _calendar(given, before)
    groups = _open_deadlines(work, before, now)
    effect = late_holiday([group.deadline for group in groups], before, now)
    if not duty.rehearsing:
        _write_days(work, given, now)
        _move(work, groups, effect.moves, now, given, duty.today)
    moved = _moved(effect, groups)
    work.record_register(
        StepKey.DAYS_OFF,
        duty.today,
        details={
            "added": [f"{off.day.isoformat()} {off.why}" for off in given.added],
            "removed": [off.day.isoformat() for off in removed],
            "closure": given.closure or None,
            "moved": len(moved),
        },
    )
    return DaysOffChanged(given.added, removed, moved, _stayed(effect, groups))


def closures_of(register: Register) -> dict[date, str]:
    """The council's own closure days, and why."""
    with register.reading() as session:
        query = (
            select(col(DayOffRow.day), col(DayOffRow.why)).where(col(DayOffRow.closure)).order_by(col(DayOffRow.day))
        )
        return dict(session.execute(query).all())


def official_change(register: Register, written: bytes) -> DaysOffChange | None:
    """What brings the register's bank holidays to the official list (``bank-holidays.json`` of GOV.UK).

    None where nothing differs. The council's closure days stay. Raises BadHolidayFile.
    """
    official, calendar, closures = read_official_holidays(written), register.calendar, closures_of(register)
    found = changes({day: why for day, why in calendar.days_off.items() if day not in closures}, official)
    added = tuple(off for off in found.added if off.day not in closures)
    until = max(official.official_until, calendar.official_until)
    if not added and not found.removed and until == calendar.official_until:
        return None
    return DaysOffChange(added=added, removed=tuple(off.day for off in found.removed), official_until=until)


def _calendar(given: DaysOffChange, before: WorkingCalendar) -> WorkingCalendar:
    days_off = {day: why for day, why in before.days_off.items() if day not in given.removed}
    days_off.update({off.day: off.why for off in given.added})
    return WorkingCalendar(days_off, given.official_until or before.official_until)


def _refuse(given: DaysOffChange, calendar: WorkingCalendar) -> None:
    problems = []
    if not given.added and not given.removed and given.official_until is None:
        problems.append(Problem("added", "There is no day to add and none to take back: nothing changes."))
    for off in given.added:
        if off.day.weekday() >= 5:
            problems.append(Problem("added", f"{long_date(off.day)} is no working day anyway."))
        elif off.day in calendar.days_off:
            problems.append(Problem("added", f"{long_date(off.day)} is off already: {calendar.days_off[off.day]}."))
        elif not calendar.first <= off.day <= calendar.last:
            years = f"{calendar.first.year} to {calendar.last.year}"
            problems.append(Problem("added", f"{long_date(off.day)} is outside the years {years}: is the year right?"))
        if not off.why.strip():
            problems.append(Problem("added", f"Say why {long_date(off.day)} is off: dates that it moves name it."))
    problems += [
        Problem("removed", f"{long_date(day)} is not a day off on record.")
        for day in given.removed
        if day not in calendar.days_off
    ]
    if problems:
        raise BadInput(problems)


def _open_deadlines(work: Work, before: WorkingCalendar, now: WorkingCalendar) -> list[_Alike]:
    """The open deadlines that a change of days off may concern: counted across a changed day, or due on one."""
    changed = changed_days(before, now)
    if not changed:
        return []
    table, cases = table_of(Deadline).c, table_of(Case).c
    words = [type_coerce(word, String) for word in (table.kind, table.unit)]
    alike = (*words, table.counted_from, table["count"], table.due_on, table.original_due_on, table.fixed_by_hand)
    across = (table.counted_from < max(changed)) & (table.original_due_on >= min(changed))
    query = (
        select(*alike, table.calendar, table.id, table.case_id, cases.reference, type_coerce(cases.status, String))
        .join(table_of(Case), cases.id == table.case_id)
        .where(table.state == DeadlineState.OPEN)
        .where(((table.unit == Unit.WORKING_DAYS) & across) | table.due_on.in_(changed))
    )
    found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in work.session.connection().execute(query).all():
        found[row[:_COMMON]].append(row[_COMMON:])
    for rows in found.values():
        rows.sort()
    groups = []
    for place, (common, rows) in enumerate(sorted(found.items(), key=lambda group: group[1][0])):
        kind, unit, counted_from, count, *dates, calendar = common
        deadline = OpenDeadline(place, DeadlineKind(kind), counted_from, count, Unit(unit), *dates)
        groups.append(_Alike(deadline, calendar, *zip(*rows, strict=True)))
    return groups


def _write_days(work: Work, given: DaysOffChange, now: WorkingCalendar) -> None:
    session = work.session
    for day in given.removed:
        session.delete(session.get_one(DayOffRow, day))
    for off in given.added:
        session.add(DayOffRow(day=off.day, why=off.why, closure=given.closure))
    session.get_one(Setting, CALENDAR).value = now.fingerprint
    session.get_one(Setting, OFFICIAL_DAYS).value = now.official_until.isoformat()
    changed = [*given.removed, *(off.day for off in given.added)]
    if changed:
        number_working_days(session, now, min(changed))


def _move(
    work: Work,
    groups: list[_Alike],
    moves: tuple[Move, ...],
    now: WorkingCalendar,
    given: DaysOffChange,
    today: date,
) -> None:
    shared, cases = [], dict[int, str]()
    for move in moves:
        group = groups[move.id]
        cases.update(zip(group.case_ids, group.statuses, strict=True))
        before = {"due_on": move.due_from, "original_due_on": move.original_from, "calendar": group.calendar}
        after = {"due_on": move.due_to, "original_due_on": move.original_to, "calendar": now.fingerprint}
        shared.append(SharedChange(before, after, list(zip(group.ids, group.case_ids, strict=True))))
    work.change_rows(Deadline, shared)
    days = [f"{off.day.isoformat()} {off.why}" for off in given.added] + [f"{day} back" for day in given.removed]
    words = {word.value: word for word in Status}
    in_order = [CaseInBrief(case_id, words[status]) for case_id, status in sorted(cases.items())]
    work.record_in_brief(StepKey.MOVE_DEADLINES, in_order, today, details={"days_off": ", ".join(days)})


def _moved(effect: LateHoliday, groups: list[_Alike]) -> tuple[MovedDeadline, ...]:
    return _told((groups[move.id], move.due_to) for move in effect.moves)


def _stayed(effect: LateHoliday, groups: list[_Alike]) -> tuple[MovedDeadline, ...]:
    return _told((groups[deadline.id], deadline.due_on) for deadline in effect.on_a_day_off)


def _told(found: Iterable[tuple[_Alike, date]]) -> tuple[MovedDeadline, ...]:
    """Each deadline by the date that it had, then by its id."""
    by_date: dict[date, list[tuple[int, MovedDeadline]]] = defaultdict(list)
    # A named tuple's own constructor takes three times as long, and there may be a hundred thousand.
    made: Callable[[tuple[object, ...]], MovedDeadline] = partial(tuple.__new__, MovedDeadline)
    for group, to in found:
        of_all = (repeat(group.deadline.kind), repeat(group.deadline.due_on), repeat(to))
        told = map(made, zip(group.references, *of_all, strict=False))
        by_date[group.deadline.due_on] += zip(group.ids, told, strict=True)
    return tuple(told for due_on in sorted(by_date) for _, told in sorted(by_date[due_on], key=itemgetter(0)))
