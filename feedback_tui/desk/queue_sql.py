"""The statements behind the queue: each is built once for a shape of filter, and run with what is looked for.

What a case owes next is found in one pass over the open deadlines, so the cost grows with those and not with the
register. Building a statement costs more than running it for a page, so it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    Subquery,
    Table,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlmodel import SQLModel

from feedback_tui.desk.matching import contains, same_word
from feedback_tui.models.case import Case, ComplaintPoint, Stage
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.people import Party, Person
from feedback_tui.words import DeadlineKind, DeadlineState, Status

K = DeadlineKind
ACKNOWLEDGEMENTS = (K.ACKNOWLEDGEMENT, K.STAGE_2_ACKNOWLEDGEMENT)
AIMS = (K.STAGE_1_TARGET, K.STAGE_2_TARGET)
DUE_BY = (K.STAGE_1_LIMIT, K.STAGE_2_LIMIT, K.RESPONSE_PROMISED)
BESIDE = (K.ACTION, K.REMEDY, K.OMBUDSMAN_REPLY)
OPEN_STATUSES = [status for status in Status if status.is_open]


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


CASE, STAGE, POINT = _table(Case), _table(Stage), _table(ComplaintPoint)
DEADLINE, PARTY, PERSON = _table(Deadline), _table(Party), _table(Person)
TODAY, HORIZON = bindparam("today", type_=Date), bindparam("horizon", type_=Date)
"""The day it is, and the last day on which the end of the six months is in view."""


@dataclass(frozen=True)
class Shape:
    """Which parts of a filter are filled in."""

    every_deadline: bool
    overdue: bool
    team: bool
    officer: bool
    investigator: bool
    words: int
    """How many parts are looked for."""


@cache
def dated(shape: Shape) -> Select[Any]:
    """The deadlines that stand in the queue, soonest first."""
    owed = _open_deadlines(shape)
    return _dated(shape, owed).order_by(*soonest(owed))


@cache
def undated(shape: Shape) -> Select[Any]:
    """The open cases that stand in the queue without a date, oldest receipt first."""
    dated_already = select(DEADLINE.c.case_id).where(DEADLINE.c.state == DeadlineState.OPEN)
    if not shape.every_deadline:
        responses = DEADLINE.c.kind.in_((*ACKNOWLEDGEMENTS, *AIMS, *DUE_BY))
        dated_already = dated_already.where(or_(responses, _six_months_in_view(DEADLINE)))
    query = _with_case(CASE).where(CASE.c.status.in_(OPEN_STATUSES), CASE.c.id.not_in(dated_already))
    return _filtered(query, shape).order_by(*oldest())


@cache
def counts(shape: Shape) -> Select[Any]:
    """How many rows of `dated` there are in each part: 0 overdue, 1 today, 2 up to `sunday`, 3 later."""
    found = _dated(shape, _open_deadlines(shape)).subquery()
    due_on = found.c.due_on
    part = case((due_on < TODAY, 0), (due_on == TODAY, 1), (due_on <= bindparam("sunday", type_=Date), 2), else_=3)
    return select(part, func.count()).group_by(part)


@cache
def how_many(shape: Shape, *, with_date: bool) -> Select[Any]:
    """How many rows there are."""
    rows = (dated if with_date else undated)(shape)
    return select(func.count()).select_from(rows.order_by(None).subquery())


@cache
def place_dated(shape: Shape) -> Select[Any]:
    """The place, from 1, of the row with deadline `deadline_id`, else of the first one of case `case_id`."""
    owed = _open_deadlines(shape)
    rows = _dated(shape, owed).add_columns(_place(soonest(owed))).subquery()
    this_one = case((rows.c.deadline_id == bindparam("deadline_id"), 0), else_=1)
    found = select(rows.c.place).where(rows.c.id == bindparam("case_id"))
    return found.order_by(this_one, rows.c.place).limit(1)


@cache
def place_undated(shape: Shape) -> Select[Any]:
    """The place, from 1, of case `case_id` among the rows without a date."""
    rows = undated(shape).order_by(None).add_columns(_place(oldest())).subquery()
    return select(rows.c.place).where(rows.c.id == bindparam("case_id"))


def _place(order: list[ColumnElement[Any]]) -> ColumnElement[int]:
    return func.row_number().over(order_by=order).label("place")


def _dated(shape: Shape, owed: Subquery) -> Select[Any]:
    query = _with_case(owed.join(CASE, CASE.c.id == owed.c.case_id), owed)
    if not shape.every_deadline:
        query = query.where(_owed_next(owed))
    if shape.overdue:
        query = query.where(owed.c.due_on < TODAY)
    return _filtered(query, shape)


def soonest(owed: Subquery) -> list[ColumnElement[Any]]:
    """The order of what has a date."""
    return [owed.c.due_on, CASE.c.reference_key, owed.c.deadline_id]


def oldest() -> list[ColumnElement[Any]]:
    """The order of what has none."""
    return [CASE.c.received_on, CASE.c.reference_key]


def _open_deadlines(shape: Shape) -> Subquery:
    """The open deadlines, each with how it stands among those of its case.

    `turn` is 1 for what the case owes first: an acknowledgement, else the response by its aim until that has passed,
    then by the soonest date that binds. `response`: whether that is a date for the response.
    """
    kind, due_on, case_id = DEADLINE.c.kind, DEADLINE.c.due_on, DEADLINE.c.case_id
    columns = [DEADLINE.c.id.label("deadline_id"), case_id, kind.label("deadline"), due_on, DEADLINE.c.original_due_on]
    if not shape.every_deadline:
        standing = case(
            (kind.in_(ACKNOWLEDGEMENTS), 0),
            (kind.in_(DUE_BY), 1),
            (and_(kind.in_(AIMS), due_on >= TODAY), 1),
            (kind.in_(AIMS), 2),
            else_=3,
        )
        turn = func.row_number().over(partition_by=case_id, order_by=(standing, due_on, DEADLINE.c.id))
        columns += [turn.label("turn"), kind.in_((*AIMS, *DUE_BY)).label("response")]
    return select(*columns).where(DEADLINE.c.state == DeadlineState.OPEN).subquery("owed")


def _owed_next(owed: Subquery) -> ColumnElement[bool]:
    """The acknowledgement, then the response; the six months when in view; actions, redress, Ombudsman replies."""
    ending = and_(owed.c.deadline == K.STATUTORY_LIMIT, owed.c.due_on <= HORIZON)
    response = and_(owed.c.response, owed.c.turn == 1)
    return or_(owed.c.deadline.in_((*ACKNOWLEDGEMENTS, *BESIDE)), ending, response)


def _six_months_in_view(deadline: Table) -> ColumnElement[bool]:
    return and_(deadline.c.kind == K.STATUTORY_LIMIT, deadline.c.due_on <= HORIZON)


def _with_case(source: FromClause, owed: Subquery | None = None) -> Select[Any]:
    """What a row of the queue says of its case, and of its deadline where it has one."""
    names = ("deadline_id", "deadline", "due_on", "original_due_on")
    of_deadline = [] if owed is None else [owed.c[name] for name in names]
    joined = source.outerjoin(
        STAGE, and_(STAGE.c.case_id == CASE.c.id, STAGE.c.number == CASE.c.stage_number)
    ).outerjoin(POINT, and_(POINT.c.case_id == CASE.c.id, POINT.c.position == 1))
    return select(
        CASE.c.id,
        *of_deadline,
        CASE.c.reference,
        CASE.c.kind,
        CASE.c.status,
        POINT.c.team,
        CASE.c.officer,
        STAGE.c.investigator,
        CASE.c.summary,
    ).select_from(joined)


def _filtered(query: Select[Any], shape: Shape) -> Select[Any]:
    if shape.team:
        point = POINT.alias()
        one_has_it = and_(point.c.case_id == CASE.c.id, same_word(point.c.team, bindparam("team")))
        query = query.where(exists().where(one_has_it))
    if shape.officer:
        query = query.where(same_word(CASE.c.officer, bindparam("officer")))
    if shape.investigator:
        query = query.where(same_word(STAGE.c.investigator, bindparam("investigator")))
    for number in range(shape.words):
        query = query.where(_mentions(bindparam(f"part_{number}")))
    return query


def _mentions(like: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a case has it in its reference, summary, kind or status, or in the name of anyone or anything in it."""
    point = POINT.alias()
    in_it = and_(PARTY.c.case_id == CASE.c.id, PARTY.c.person_id == PERSON.c.id)
    named = exists().where(in_it, contains(PERSON.c.name, like))
    about = (point.c.team, point.c.provider, point.c.category, point.c.subcategory, point.c.theme)
    pointed = exists().where(point.c.case_id == CASE.c.id, or_(*(contains(column, like) for column in about)))
    own = (CASE.c.reference, CASE.c.summary, CASE.c.officer, CASE.c.kind, CASE.c.status, STAGE.c.investigator)
    return or_(*(contains(column, like) for column in own), named, pointed)
