"""The deadline queue: one row for what a case owes next, and every action, redress and Ombudsman reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from feedback_tui.models.case import Case, ComplaintPoint, Stage
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.people import Party, Person
from feedback_tui.storage.register import Register
from feedback_tui.words import DeadlineKind, DeadlineState, Kind, Status

K = DeadlineKind
Order = list[Any]
ACKNOWLEDGEMENTS = (K.ACKNOWLEDGEMENT, K.STAGE_2_ACKNOWLEDGEMENT)
AIMS = (K.STAGE_1_TARGET, K.STAGE_2_TARGET)
DUE_BY = (K.STAGE_1_LIMIT, K.STAGE_2_LIMIT, K.RESPONSE_PROMISED)
BESIDE = (K.ACTION, K.REMEDY, K.OMBUDSMAN_REPLY)
SIX_MONTHS_IN_VIEW = 20
"""Working days before its end from which the six months stand in the queue."""
OPEN_STATUSES = [status for status in Status if status.is_open]


@dataclass(frozen=True)
class QueueFilter:
    """Which rows of the queue: names match without regard to case, `words` anywhere in reference, summary or names."""

    team: str = ""
    officer: str = ""
    investigator: str = ""
    overdue: bool = False
    every_deadline: bool = False
    words: str = ""


@dataclass(frozen=True)
class QueueRow:
    """One thing that is owed. `due_on` None: open without a date. Days left are working days; below 0: overdue."""

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

    @property
    def key(self) -> str:
        """What the row is known by after a refresh."""
        return f"{self.case_id}/{self.deadline_id or ''}"


@dataclass(frozen=True)
class QueueCounts:
    """How many rows stand in each part of the queue."""

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


def queue(
    register: Register,
    today: date,
    wanted: QueueFilter | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[QueueRow]:
    """The rows of the queue, soonest first, then what is open without a date, oldest receipt first."""
    wanted = wanted or QueueFilter()
    with register.reading() as session:
        found = _read(session, _dated(register, today, wanted), limit, offset)
        room = None if limit is None else limit - len(found)
        if room != 0 and not wanted.overdue:
            passed = 0 if found or not offset else _count(session, _dated(register, today, wanted))
            found += _read(
                session, _undated(register, today, wanted), room, max(offset - passed, 0) if not found else 0
            )
    return [_row(register, today, row) for row in found]


def queue_counts(register: Register, today: date, wanted: QueueFilter | None = None) -> QueueCounts:
    """How many rows are overdue, due today, due by Sunday, due later, and without a date."""
    wanted = wanted or QueueFilter()
    sunday = today + timedelta(days=6 - today.weekday())
    due = _dated(register, today, wanted).order_by(None).subquery()
    part = case((due.c.due_on < today, 0), (due.c.due_on == today, 1), (due.c.due_on <= sunday, 2), else_=3)
    with register.reading() as session:
        parts: dict[int, int] = dict(session.execute(select(part, func.count()).group_by(part)).tuples().all())
        undated = 0 if wanted.overdue else _count(session, _undated(register, today, wanted))
    return QueueCounts(parts.get(0, 0), parts.get(1, 0), parts.get(2, 0), parts.get(3, 0), undated)


def queue_place(
    register: Register, today: date, wanted: QueueFilter | None, case_id: int, deadline_id: int | None
) -> int | None:
    """Where a row stands in the queue, from 0: that of the deadline, else the first of its case; None: nowhere."""
    wanted = wanted or QueueFilter()
    with register.reading() as session:
        dated = _placed(_dated(register, today, wanted), _soonest()).subquery()
        this_one = case((dated.c.deadline_id == deadline_id, 0), else_=1)
        found = session.execute(
            select(dated.c.place).where(dated.c.id == case_id).order_by(this_one, dated.c.place).limit(1)
        ).scalar_one_or_none()
        if found is not None or wanted.overdue:
            return None if found is None else int(found) - 1
        undated = _placed(_undated(register, today, wanted), _oldest()).subquery()
        place = session.execute(select(undated.c.place).where(undated.c.id == case_id)).scalar_one_or_none()
        return None if place is None else int(place) - 1 + _count(session, _dated(register, today, wanted))


def _placed(query: Select[Any], order: Order) -> Select[Any]:
    """`query` with the place of each row in this order, from 1."""
    return query.add_columns(func.row_number().over(order_by=order).label("place")).order_by(None)


def _soonest() -> Order:
    return [col(Deadline.due_on), col(Case.reference_key), col(Deadline.id)]


def _oldest() -> Order:
    return [col(Case.received_on), col(Case.reference_key)]


def _columns(*deadline: Any) -> Select[Any]:
    return select(
        col(Case.id),
        *deadline,
        col(Case.reference),
        col(Case.kind),
        col(Case.status),
        col(ComplaintPoint.team),
        col(Case.officer),
        col(Stage.investigator),
        col(Case.summary),
    )


def _joined(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(
        Stage, and_(col(Stage.case_id) == col(Case.id), col(Stage.number) == col(Case.stage_number))
    ).outerjoin(ComplaintPoint, and_(col(ComplaintPoint.case_id) == col(Case.id), col(ComplaintPoint.position) == 1))


def _dated(register: Register, today: date, wanted: QueueFilter) -> Select[Any]:
    due_on = col(Deadline.due_on)
    query = _columns(
        col(Deadline.id).label("deadline_id"),
        col(Deadline.kind).label("deadline"),
        due_on.label("due_on"),
        col(Deadline.original_due_on),
    )
    query = _joined(query.select_from(Deadline).join(Case, col(Case.id) == col(Deadline.case_id)))
    query = query.where(col(Deadline.state) == DeadlineState.OPEN)
    if not wanted.every_deadline:
        query = query.where(_owed_next(register, today))
    if wanted.overdue:
        query = query.where(due_on < today)
    return _filtered(query, wanted).order_by(*_soonest())


def _undated(register: Register, today: date, wanted: QueueFilter) -> Select[Any]:
    query = _joined(_columns().select_from(Case)).where(col(Case.status).in_(OPEN_STATUSES))
    if wanted.every_deadline:
        owed: ColumnElement[bool] = _other(aliased(Deadline))
    else:
        other = aliased(Deadline)
        owed = and_(
            _other(other),
            or_(
                col(other.kind).in_([*ACKNOWLEDGEMENTS, *AIMS, *DUE_BY]),
                and_(col(other.kind) == K.STATUTORY_LIMIT, col(other.due_on) <= _six_months_horizon(register, today)),
            ),
        )
    query = query.where(~exists().where(owed))
    return _filtered(query, wanted).order_by(*_oldest())


def _other(other: type[Deadline]) -> ColumnElement[bool]:
    return and_(col(other.case_id) == col(Case.id), col(other.state) == DeadlineState.OPEN)


def _owed_next(register: Register, today: date) -> ColumnElement[bool]:
    """The acknowledgement; then the response: its aim until it has passed, then the soonest date that binds."""
    kind, due_on = col(Deadline.kind), col(Deadline.due_on)
    acknowledge, binding, sooner = aliased(Deadline), aliased(Deadline), aliased(Deadline)
    unacknowledged = exists().where(_other(acknowledge), col(acknowledge.kind).in_(ACKNOWLEDGEMENTS))
    bound = exists().where(_other(binding), col(binding.kind).in_(DUE_BY))
    outrun = exists().where(
        _other(sooner),
        or_(
            col(sooner.kind).in_(DUE_BY),
            and_(col(sooner.kind).in_(AIMS), col(sooner.due_on) >= today),
        ),
        or_(
            col(sooner.due_on) < due_on,
            and_(col(sooner.due_on) == due_on, col(sooner.id) < col(Deadline.id)),
        ),
    )
    passed_aim = and_(kind.in_(AIMS), due_on < today, bound)
    response = and_(kind.in_([*AIMS, *DUE_BY]), ~unacknowledged, ~passed_aim, ~outrun)
    ending = and_(kind == K.STATUTORY_LIMIT, due_on <= _six_months_horizon(register, today))
    return or_(kind.in_([*ACKNOWLEDGEMENTS, *BESIDE]), ending, response)


def _six_months_horizon(register: Register, today: date) -> date:
    return register.calendar.add(today, SIX_MONTHS_IN_VIEW)


def _filtered(query: Select[Any], wanted: QueueFilter) -> Select[Any]:
    if wanted.team:
        point = aliased(ComplaintPoint)
        query = query.where(exists().where(col(point.case_id) == col(Case.id), same_word(point.team, wanted.team)))
    if wanted.officer:
        query = query.where(same_word(Case.officer, wanted.officer))
    if wanted.investigator:
        query = query.where(same_word(Stage.investigator, wanted.investigator))
    for part in wanted.words.split():
        query = query.where(_mentions(part))
    return query


def same_word(column: str | None, text: str) -> ColumnElement[bool]:
    """Whether a column holds this open word, without regard to case."""
    return func.lower(col(column)) == func.lower(text.strip())


def _mentions(part: str) -> ColumnElement[bool]:
    party, person, point = aliased(Party), aliased(Person), aliased(ComplaintPoint)
    named = exists().where(
        col(party.case_id) == col(Case.id), col(party.person_id) == col(person.id), contains(person.name, part)
    )
    pointed = exists().where(
        col(point.case_id) == col(Case.id),
        or_(contains(point.team, part), contains(point.theme, part), contains(point.provider, part)),
    )
    own = (Case.reference, Case.summary, Case.officer, Case.kind, Case.status)
    return or_(*(contains(column, part) for column in own), contains(Stage.investigator, part), named, pointed)


def contains(column: Any, part: str) -> ColumnElement[bool]:
    """Whether a column holds `part` anywhere, without regard to case; `%` and `_` mean themselves."""
    from sqlalchemy import String, cast, type_coerce

    text = type_coerce(col(column), String) if column in (Case.kind, Case.status) else cast(col(column), String)
    return func.lower(text).contains(part.lower(), autoescape=True)


def _read(session: Session, query: Select[Any], limit: int | None, offset: int) -> list[Any]:
    return list(session.execute(query.limit(limit).offset(offset or None)).mappings().all())


def _count(session: Session, query: Select[Any]) -> int:
    counted = session.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one()
    return int(counted)


def _row(register: Register, today: date, row: Any) -> QueueRow:
    due_on = row.get("due_on")
    return QueueRow(
        case_id=row["id"],
        deadline_id=row.get("deadline_id"),
        reference=row["reference"],
        kind=row["kind"],
        deadline=row.get("deadline"),
        due_on=due_on,
        original_due_on=row.get("original_due_on"),
        working_days_left=None if due_on is None else register.calendar.between(today, due_on),
        status=row["status"],
        team=row["team"],
        officer=row["officer"],
        investigator=row["investigator"],
        summary=row["summary"],
    )
