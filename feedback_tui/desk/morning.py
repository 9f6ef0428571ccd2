"""The figures of the morning: what is overdue and due, what is waiting, and this month beside last year's.

Each figure is a count of cases with the filter that lists them, so the list has exactly as many rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, FromClause, and_, func, select
from sqlmodel import Session

from feedback_tui.desk.case_list import count_in, open_conditions
from feedback_tui.desk.filters.case_filter import IS_OPEN, NOT_VOID, CaseFilter, Field, How, Term, dated, during, having
from feedback_tui.desk.queue.owed_kinds import SIX_MONTHS_IN_VIEW
from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.desk.tables import CASE, POINT, STAGE
from feedback_tui.enums import Authority, DeadlineKind, Kind, Status
from feedback_tui.rules.months import Span
from feedback_tui.storage.register import Register

F = Field
ONE_DAY = timedelta(days=1)
TO_BE_INVESTIGATED = (Status.LOGGED, Status.ACKNOWLEDGED, Status.INVESTIGATING, Status.ON_HOLD, Status.IN_REVIEW)


@dataclass(frozen=True)
class Figure:
    """A number of cases, what they are, and the filter that lists them."""

    name: str
    count: int
    wanted: CaseFilter


@dataclass(frozen=True)
class Morning:
    """The figures of one day."""

    day: date
    due: tuple[Figure, ...]
    waiting: tuple[Figure, ...]
    received: tuple[Figure, ...]
    by_team: tuple[Figure, ...]
    by_investigator: tuple[Figure, ...]

    @property
    def sections(self) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
        """The figures under their headings; empty groups are left out."""
        found = (
            ("Due", self.due),
            ("Waiting", self.waiting),
            ("Received", self.received),
            ("Open by team", self.by_team),
            ("Open by investigator", self.by_investigator),
        )
        return tuple((heading, figures) for heading, figures in found if figures)


def morning(register: Register, today: date) -> Morning:
    """Returns the figures for `today`, read at one moment."""
    sunday = today + timedelta(days=6 - today.weekday())
    owed, complaint = Field.DUE, having(F.KIND, Kind.COMPLAINT)
    due = [
        ("Overdue", dated(owed, How.BEFORE, today)),
        ("Due today", dated(owed, How.IS, today)),
    ]
    if sunday > today:
        due.append(("Due later this week", during(owed, Span("", today + ONE_DAY, sunday))))
    uninvestigated = complaint & having(F.STATUS, *TO_BE_INVESTIGATED) & having(F.INVESTIGATOR)
    horizon = register.calendar.add_at_most(today, SIX_MONTHS_IN_VIEW)
    ending = having(F.DEADLINE, DeadlineKind.STATUTORY_LIMIT) & during(owed, Span("", today, horizon))
    waiting = [
        ("Waiting for consent", IS_OPEN & having(F.AUTHORITY, Authority.CONSENT_REQUESTED)),
        ("On hold", having(F.STATUS, Status.ON_HOLD)),
        ("Complaints without an investigator", uninvestigated),
        ("Six months end within 20 working days: answer, or agree longer", ending),
        ("Drafts due", having(F.DEADLINE, DeadlineKind.DRAFT) & dated(owed, How.UP_TO, today)),
    ]
    with register.reading() as session:

        def counted(named: list[tuple[str, CaseFilter]]) -> tuple[Figure, ...]:
            return tuple(Figure(name, count_in(session, register, today, wanted), wanted) for name, wanted in named)

        teams = _divided(session, register.reader, F.TEAM, CASE.join(POINT, POINT.c.case_id == CASE.c.id), POINT.c.team)
        current = and_(STAGE.c.case_id == CASE.c.id, STAGE.c.number == CASE.c.stage_number)
        people = _divided(session, register.reader, F.INVESTIGATOR, CASE.join(STAGE, current), STAGE.c.investigator)
        return Morning(today, counted(due), counted(waiting), counted(_received(today)), teams, people)


def _received(today: date) -> list[tuple[str, CaseFilter]]:
    """Returns names and filters: complaints and all feedback received this month so far, and on the same days a year
    ago."""
    found = []
    for kinds, only in (("Complaints", having(F.KIND, Kind.COMPLAINT)), ("All feedback", CaseFilter())):
        for end in (today, today - relativedelta(years=1)):
            days = f"{end:%B %Y}" if end.day == 1 else f"1 to {end.day} {end:%B %Y}"
            span = Span("", end.replace(day=1), end)
            found.append((f"{kinds}, {days}", only & during(F.RECEIVED, span) & NOT_VOID))
    return found


def _divided(
    session: Session, reader: str, field: Field, source: FromClause, column: ColumnElement[Any]
) -> tuple[Figure, ...]:
    """Returns open cases by a name, largest number first. Spellings that differ in capitals only are one figure."""
    key = func.lower(column)
    count = func.count(CASE.c.id.distinct())
    query = (
        select(func.min(column), count)
        .select_from(source)
        .where(open_conditions(), open_to_reader(), column.is_not(None), column != "")
        .group_by(key)
        .order_by(count.desc(), key)
    )
    return tuple(
        Figure(name, number, IS_OPEN & CaseFilter((Term(field, How.IS, (name,)),)))
        for name, number in session.execute(query, reader_value(reader))
    )
