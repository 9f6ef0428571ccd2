"""A bank holiday announced late, a closure day, a day off taken back: the open deadlines across it move.

Shown first (a rehearsal), then applied in one transaction, each case's moves an event. Closed deadlines stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from feedback_tui.casework.duty import Duty
from feedback_tui.casework.refusals import BadInput, Problem
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.register import DayOffRow, Setting
from feedback_tui.models.steps import DaysOffChange
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.late_holidays import LateHoliday, Move, OpenDeadline, late_holiday
from feedback_tui.rules.working_days import DayOff, WorkingCalendar
from feedback_tui.storage.changed_rows import ChangedRow
from feedback_tui.storage.register import CALENDAR, OFFICIAL_DAYS, Register, number_working_days
from feedback_tui.storage.unit_of_work import CaseInBrief, Work
from feedback_tui.words import DeadlineKind, DeadlineState, Status, StepKey


@dataclass(frozen=True)
class MovedDeadline:
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
class _Of:
    reference: str
    case_id: int
    status: Status
    calendar: str


def change_days_off(duty: Duty, given: DaysOffChange) -> DaysOffChanged:
    """Adds days off and takes others back, and moves the open deadlines across them. Raises BadInput.

    Rehearse it (``Duty(…, rehearsing=True)``) to see what would move, with nothing written.
    """
    with duty.work() as work:
        before = duty.register.calendar
        _refuse(given, before)
        removed = tuple(DayOff(day, before.days_off[day]) for day in sorted(given.removed))
        now = _calendar(given, before)
        found = _open_deadlines(work)
        effect = late_holiday([deadline for deadline, _ in found.values()], before, now)
        if not duty.rehearsing:
            _write_days(work, given, now)
            _move(work, found, effect.moves, now, given, duty.today)
        work.record_register(
            StepKey.DAYS_OFF,
            duty.today,
            details={
                "added": [f"{off.day.isoformat()} {off.why}" for off in given.added],
                "removed": [off.day.isoformat() for off in removed],
                "closure": given.closure or None,
                "moved": len(effect.moves),
            },
        )
    return DaysOffChanged(given.added, removed, _moved(effect, found), _stayed(effect, found))


def closures_of(register: Register) -> dict[date, str]:
    """The council's own closure days, and why."""
    with register.reading() as session:
        query = (
            select(col(DayOffRow.day), col(DayOffRow.why)).where(col(DayOffRow.closure)).order_by(col(DayOffRow.day))
        )
        return dict(session.execute(query).all())


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


def _open_deadlines(work: Work) -> dict[int, tuple[OpenDeadline, _Of]]:
    query = select(
        col(Deadline.id),
        col(Deadline.kind),
        col(Deadline.counted_from),
        col(Deadline.count),
        col(Deadline.unit),
        col(Deadline.due_on),
        col(Deadline.original_due_on),
        col(Deadline.fixed_by_hand),
        col(Case.reference),
        col(Case.id),
        col(Case.status),
        col(Deadline.calendar),
    )
    query = query.join(Case, col(Case.id) == col(Deadline.case_id)).where(col(Deadline.state) == DeadlineState.OPEN)
    found: dict[int, tuple[OpenDeadline, _Of]] = {}
    for row in work.session.execute(query):
        deadline = OpenDeadline(*row[:8])
        found[deadline.id] = (deadline, _Of(*row[8:]))
    return found


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
    found: dict[int, tuple[OpenDeadline, _Of]],
    moves: tuple[Move, ...],
    now: WorkingCalendar,
    given: DaysOffChange,
    today: date,
) -> None:
    rows, cases = [], {}
    for move in moves:
        of = found[move.id][1]
        cases[of.case_id] = of.status
        rows.append(
            ChangedRow(
                move.id,
                of.case_id,
                {"due_on": move.due_from, "original_due_on": move.original_from, "calendar": of.calendar},
                {"due_on": move.due_to, "original_due_on": move.original_to, "calendar": now.fingerprint},
            )
        )
    work.change_rows(Deadline, rows)
    days = [f"{off.day.isoformat()} {off.why}" for off in given.added] + [f"{day} back" for day in given.removed]
    for case_id, status in cases.items():
        work.record_in_brief(
            StepKey.MOVE_DEADLINES, CaseInBrief(case_id, status), today, details={"days_off": ", ".join(days)}
        )


def _moved(effect: LateHoliday, found: dict[int, tuple[OpenDeadline, _Of]]) -> tuple[MovedDeadline, ...]:
    return tuple(
        MovedDeadline(found[move.id][1].reference, move.kind, move.due_from, move.due_to) for move in effect.moves
    )


def _stayed(effect: LateHoliday, found: dict[int, tuple[OpenDeadline, _Of]]) -> tuple[MovedDeadline, ...]:
    return tuple(
        MovedDeadline(found[row.id][1].reference, row.kind, row.due_on, row.due_on) for row in effect.on_a_day_off
    )
