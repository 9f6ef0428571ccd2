"""Adds or removes days off (late bank holidays, closure days) and moves the open deadlines across them.

Applied in one transaction, with an event for each case that moves. Closed deadlines do not move.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, false, select
from sqlmodel import col

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.casework.move_deadlines import Alike, MovedDeadline, open_deadlines, told, write_moves
from feedback_tui.enums import StepKey, Unit
from feedback_tui.gc_pause import garbage_kept
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.inputs.stages import DaysOffChange
from feedback_tui.models.register import DayOffRow, Setting
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.late_holidays import Move, changed_days, changes, late_holiday, read_official_holidays
from feedback_tui.rules.nations import Nation
from feedback_tui.rules.working_days import DayOff, WorkingCalendar, calendar_of
from feedback_tui.storage.audit.change_capture import table_of
from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.new_register import number_working_days
from feedback_tui.storage.register import Register
from feedback_tui.storage.setting_keys import CALENDAR, OFFICIAL_DAYS
from feedback_tui.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DaysOffChanged:
    """The effect of a change of the days off."""

    added: tuple[DayOff, ...]
    removed: tuple[DayOff, ...]
    moved: tuple[MovedDeadline, ...]
    """The deadlines that moved, sorted by their former dates."""
    on_a_day_off: tuple[MovedDeadline, ...]
    """Dates that were set or told and now fall on a day off. They do not move; the officer tells the complainant."""
    stays: tuple[MovedDeadline, ...] = ()
    """Deadlines set by law across a closure day, which does not move them."""


@long_work()
def change_days_off(actor: Actor, given: DaysOffChange) -> DaysOffChanged:
    """Adds and removes days off, and moves the open deadlines across them. Raises InvalidInput.

    Rehearse it (``Actor(…, rehearsing=True)``) to see what would move without writing anything.
    """
    with garbage_kept(), actor.transaction() as work:
        return apply_days_off(work, actor, given)


def apply_days_off(work: UnitOfWork, actor: Actor, given: DaysOffChange) -> DaysOffChanged:
    """Changes the days off within another verb's transaction. Raises InvalidInput."""
    before = actor.register.calendar
    _refuse(given, before)
    return _apply(work, actor, given, _calendar(given, before))


def apply_nation(work: UnitOfWork, actor: Actor, nation: Nation) -> DaysOffChanged:
    """Counts by the bank holidays of another nation from now on, in the transaction of another verb, and moves the open
    deadlines across the days that differ. Closure days and bank holidays announced late stay."""
    before = actor.register.calendar
    theirs, ours = calendar_of(nation).days_off, calendar_of(before.nation).days_off
    added = tuple(
        DayOff(day, why)
        for day, why in sorted(theirs.items())
        if day.weekday() < 5 and day not in ours and day not in before.law.days_off
    )
    removed = tuple(day for day in sorted(before.law.days_off) if day in ours and day not in theirs)
    given = DaysOffChange(added=added, removed=removed)
    return _apply(work, actor, given, replace(_calendar(given, before), nation=nation))


def _apply(work: UnitOfWork, actor: Actor, given: DaysOffChange, now: WorkingCalendar) -> DaysOffChanged:
    before = actor.register.calendar
    removed = tuple(DayOff(day, before.days_off[day]) for day in sorted(given.removed))
    groups = open_deadlines(work.session, actor.register.profile, _concerned(before, now))
    effect = late_holiday(
        [group.deadline for group in groups],
        before,
        now,
        in_law={group.deadline.id for group in groups if not group.closures_count},
    )
    if not actor.rehearsing:
        _write_days(work, given, before, now)
        kept = given if now.nation is before.nation or not effect.moves else _moved_across(given, groups, effect.moves)
        days = [f"{off.day.isoformat()} {off.why}" for off in kept.added] + [f"{day} back" for day in kept.removed]
        write_moves(work, groups, effect.moves, now, days, actor.today)
    moved = told((groups[move.id], move.due_to) for move in effect.moves)
    on_a_day_off, stays = (
        told((groups[deadline.id], deadline.due_on) for deadline in found)
        for found in (effect.on_a_day_off, effect.stays)
    )
    work.record_register(
        StepKey.DAYS_OFF,
        actor.today,
        details={
            "added": [f"{off.day.isoformat()} {off.why}" for off in given.added],
            "removed": [off.day.isoformat() for off in removed],
            "closure": given.closure or None,
            "nation": None if now.nation is before.nation else now.nation,
            "moved": len(moved),
        },
    )
    return DaysOffChanged(given.added, removed, moved, on_a_day_off, stays)


def _moved_across(given: DaysOffChange, groups: list[Alike], moves: Iterable[Move]) -> DaysOffChange:
    """Returns the days of a change that moved deadlines may have been counted across: the bank holidays of two nations
    differ in each of sixty years."""
    spans = [(groups[move.id].deadline.counted_from, max(move.due_from, move.due_to)) for move in moves]
    since, until = min(start for start, _ in spans), max(end for _, end in spans)
    added = tuple(off for off in given.added if since <= off.day <= until)
    return DaysOffChange(added=added, removed=tuple(day for day in given.removed if since <= day <= until))


def closures_of(register: Register) -> dict[date, str]:
    """Returns the council's closure days with their reasons."""
    with register.reading() as session:
        query = (
            select(col(DayOffRow.day), col(DayOffRow.why)).where(col(DayOffRow.closure)).order_by(col(DayOffRow.day))
        )
        return dict(session.execute(query).all())


def official_change(register: Register, written: bytes) -> DaysOffChange | None:
    """Returns the change that brings the bank holidays to the official list (``bank-holidays.json`` of GOV.UK); None if
    they agree.

    Closure days stay, but one that has become a bank holiday is stored as such, because it no longer counts as a
    working day in law. Raises BadHolidayFile.
    """
    calendar = register.calendar
    official = read_official_holidays(written, calendar.nation)
    found = changes(calendar.law.days_off, official)
    until = max(official.official_until, calendar.official_until)
    if not found.added and not found.removed and until == calendar.official_until:
        return None
    return DaysOffChange(added=found.added, removed=tuple(off.day for off in found.removed), official_until=until)


def _calendar(given: DaysOffChange, before: WorkingCalendar) -> WorkingCalendar:
    days_off = {day: why for day, why in before.days_off.items() if day not in given.removed}
    days_off.update({off.day: off.why for off in given.added})
    added = frozenset(off.day for off in given.added)
    closures = before.closures - added - frozenset(given.removed) | (added if given.closure else frozenset())
    until = given.official_until or before.official_until
    return WorkingCalendar(days_off, until, closures=closures, nation=before.nation)


def _refuse(given: DaysOffChange, calendar: WorkingCalendar) -> None:
    problems = []
    if not given.added and not given.removed and given.official_until is None:
        problems.append(Problem("added", "There is no day to add and none to take back: nothing changes."))
    for off in given.added:
        if off.day.weekday() >= 5:
            problems.append(Problem("added", f"{long_date(off.day)} is no working day anyway."))
        elif off.day in calendar.days_off and (given.closure or off.day not in calendar.closures):
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
        raise InvalidInput(problems)


def _concerned(before: WorkingCalendar, now: WorkingCalendar) -> ColumnElement[bool]:
    """The condition for open deadlines that a change of days off may affect: counted across a changed day, or due on
    one."""
    changed = sorted({*changed_days(before, now), *changed_days(before.law, now.law)})
    if not changed:
        return false()
    table = table_of(Deadline).c
    across = (table.counted_from < max(changed)) & (table.original_due_on >= min(changed))
    return ((table.unit == Unit.WORKING_DAYS) & across) | table.due_on.in_(changed)


def _write_days(work: UnitOfWork, given: DaysOffChange, before: WorkingCalendar, now: WorkingCalendar) -> None:
    session = work.session
    for day in given.removed:
        session.delete(session.get_one(DayOffRow, day))
    for off in given.added:
        # Merged, because a closure day may become a bank holiday.
        session.merge(DayOffRow(day=off.day, why=off.why, closure=given.closure))
    session.get_one(Setting, CALENDAR).value = now.mark
    session.get_one(Setting, OFFICIAL_DAYS).value = now.official_until.isoformat()
    changed = [*given.removed, *(off.day for off in given.added)]
    if now.nation is not before.nation:
        changed.append(now.first)  # the counts bear its name
    if changed:
        number_working_days(session, now, min(changed))
