"""The initial content of a new register: the council's profile, its days off, and the first event."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection
from sqlmodel import Session, col

from feedback_tui.enums import StepKey
from feedback_tui.models.register import CalendarDay, DayOffRow, Setting, WorkingDay
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.working_days import FIRST_YEAR, LAST_YEAR, WorkingCalendar, both_counts, calendar_of
from feedback_tui.storage.backend import schema
from feedback_tui.storage.bulk.inserts import insert_rows
from feedback_tui.storage.setting_keys import CALENDAR, OFFICIAL_DAYS, PROFILE, REGISTER
from feedback_tui.storage.unit_of_work import UnitOfWork


def fill(connection: Connection, profile: Profile, profile_toml: str, officer: str) -> None:
    """Creates the tables in an empty database and fills them. Only the unit of work commits."""
    schema.make(connection)
    now = datetime.now(UTC)
    with Session(connection, autoflush=False) as session:
        work = UnitOfWork(session, officer, now)
        session.add(Setting(key=PROFILE, value=profile_toml))
        session.add(Setting(key=REGISTER, value=secrets.token_hex(16)))
        write_calendar(session, calendar_of(profile.calendar).with_closures(profile.closures), set(profile.closures))
        work.record_register(StepKey.SET_UP, now.date(), details={"profile": profile.key})
        work.commit()


def write_calendar(session: Session, calendar: WorkingCalendar, closures: set[date]) -> None:
    """Stores a new register's days off, and numbers its working days."""
    session.execute(
        insert(DayOffRow),
        [{"day": day, "why": why, "closure": day in closures} for day, why in sorted(calendar.days_off.items())],
    )
    session.add(Setting(key=CALENDAR, value=calendar.mark))
    session.add(Setting(key=OFFICIAL_DAYS, value=calendar.official_until.isoformat()))
    number_working_days(session, calendar, date(FIRST_YEAR, 1, 1))


def number_working_days(session: Session, calendar: WorkingCalendar, since: date) -> None:
    """Numbers the working days from `since` on, replacing the numbers they had."""
    session.execute(delete(WorkingDay).where(col(WorkingDay.day) >= since))
    last = session.execute(select(func.max(WorkingDay.ordinal))).scalar() or 0
    days = (date.fromordinal(day) for day in range(since.toordinal(), date(LAST_YEAR, 12, 31).toordinal() + 1))
    working = (day for day in days if calendar.is_working_day(day))
    insert_rows(session, WorkingDay, [{"day": day, "ordinal": n} for n, day in enumerate(working, start=last + 1)])
    _count_both(session, calendar, since)


def _count_both(session: Session, calendar: WorkingCalendar, since: date) -> None:
    """Recalculates the counts of working days from `since` on, in law and for the council."""
    session.execute(delete(CalendarDay).where(col(CalendarDay.day) >= since))
    off = {day: day in calendar.closures for day in calendar.days_off}
    counts = both_counts(off, date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
    rows = [(calendar.nation, *each) for each in counts if each[0] >= since]
    names = ("calendar", "day", "in_law", "for_council")
    insert_rows(session, CalendarDay, [dict(zip(names, row, strict=True)) for row in rows])
