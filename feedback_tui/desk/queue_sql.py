"""The statements behind the queue: each is built once for a shape of filter, and run with what is looked for.

A page walks the open deadlines by their dates and stops at its last row; counts grow with what is open, and nothing
grows with the register. Building a statement costs more than running it for a page, so it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)

from feedback_tui.desk import case_filter_sql
from feedback_tui.desk.case_filter import OPEN_STATUSES
from feedback_tui.desk.case_filter_sql import SHAPES_KEPT, Owed, of_the_case, of_what_is_owed
from feedback_tui.desk.owed import ACKNOWLEDGEMENTS, AIMS, DUE_BY
from feedback_tui.desk.owed_sql import TODAY, open_deadlines, owed_next, row_of, six_months_in_view
from feedback_tui.desk.tables import CASE, DEADLINE, POINT, STAGE
from feedback_tui.words import DeadlineState

_NO_DATE = Owed(literal(None, Date), literal(None, DEADLINE.c.kind.type))
"""A row of the queue that has no deadline."""


@dataclass(frozen=True)
class Shape:
    """What the statements of a filter depend on."""

    every_deadline: bool
    overdue: bool
    terms: case_filter_sql.Shape


@lru_cache(SHAPES_KEPT)
def dated(shape: Shape) -> Select[Any]:
    """The deadlines that stand in the queue, soonest first."""
    owed = open_deadlines()
    return _dated(shape, owed).order_by(*soonest(owed))


@lru_cache(SHAPES_KEPT)
def undated(shape: Shape) -> Select[Any]:
    """The open cases that stand in the queue without a date, oldest receipt first."""
    return _with_case(CASE).where(*_stands_undated(shape)).order_by(*oldest())


@lru_cache(SHAPES_KEPT)
def counts(shape: Shape) -> Select[Any]:
    """How many rows of `dated` there are in each part: 0 overdue, 1 today, 2 up to `sunday`, 3 later."""
    owed = open_deadlines()
    due_on = owed.c.due_on
    part = case((due_on < TODAY, 0), (due_on == TODAY, 1), (due_on <= bindparam("sunday", type_=Date), 2), else_=3)
    return (
        select(part.label("part"), func.count().label("rows"))
        .select_from(_counted(shape, owed))
        .where(*_stands(shape, owed))
        .group_by(part)
    )


@lru_cache(SHAPES_KEPT)
def how_many(shape: Shape, *, with_date: bool) -> Select[Any]:
    """How many rows there are."""
    if not with_date:
        return select(func.count().label("rows")).select_from(CASE).where(*_stands_undated(shape))
    owed = open_deadlines()
    return select(func.count().label("rows")).select_from(_counted(shape, owed)).where(*_stands(shape, owed))


@lru_cache(SHAPES_KEPT)
def place_dated(shape: Shape) -> Select[Any]:
    """The place, from 1, of the row with deadline `deadline_id`, else of the first one of case `case_id`."""
    owed = open_deadlines()
    rows = _dated(shape, owed).add_columns(_place(soonest(owed))).subquery()
    this_one = case((rows.c.deadline_id == bindparam("deadline_id"), 0), else_=1)
    found = select(rows.c.place).where(rows.c.id == bindparam("case_id"))
    return found.order_by(this_one, rows.c.place).limit(1)


@lru_cache(SHAPES_KEPT)
def place_undated(shape: Shape) -> Select[Any]:
    """The place, from 1, of case `case_id` among the rows without a date."""
    rows = undated(shape).order_by(None).add_columns(_place(oldest())).subquery()
    return select(rows.c.place).where(rows.c.id == bindparam("case_id"))


def _place(order: list[ColumnElement[Any]]) -> ColumnElement[int]:
    return func.row_number().over(order_by=order).label("place")


def _dated(shape: Shape, owed: Subquery) -> Select[Any]:
    return _with_case(owed.join(CASE, CASE.c.id == owed.c.case_id), owed).where(*_stands(shape, owed))


def _stands(shape: Shape, owed: Subquery) -> list[ColumnElement[bool]]:
    """Whether an open deadline stands in the queue."""
    next_ones = [] if shape.every_deadline else [owed_next(owed)]
    late = [owed.c.due_on < TODAY] if shape.overdue else []
    return [*next_ones, *late, *of_the_case(shape.terms), *of_what_is_owed(shape.terms, row_of(owed))]


def _counted(shape: Shape, owed: Subquery) -> FromClause:
    """What is read of a row that is only counted: of its case nothing, but for a filter on cases."""
    return owed.join(CASE, CASE.c.id == owed.c.case_id) if of_the_case(shape.terms) else owed


def _stands_undated(shape: Shape) -> list[ColumnElement[bool]]:
    """Whether an open case stands in the queue without a date."""
    dated_already = select(DEADLINE.c.case_id).where(DEADLINE.c.state == DeadlineState.OPEN)
    if not shape.every_deadline:
        responses = DEADLINE.c.kind.in_((*ACKNOWLEDGEMENTS, *AIMS, *DUE_BY))
        dated_already = dated_already.where(or_(responses, six_months_in_view(DEADLINE)))
    open_still = (CASE.c.status.in_(OPEN_STATUSES), CASE.c.id.not_in(dated_already))
    return [*open_still, *of_the_case(shape.terms), *of_what_is_owed(shape.terms, _NO_DATE)]


def soonest(owed: Subquery) -> list[ColumnElement[Any]]:
    """The order of what has a date."""
    return [owed.c.due_on, CASE.c.reference_key, owed.c.deadline_id]


def oldest() -> list[ColumnElement[Any]]:
    """The order of what has none."""
    return [CASE.c.received_on, CASE.c.reference_key]


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
        CASE.c.restricted_to,
    ).select_from(joined)
