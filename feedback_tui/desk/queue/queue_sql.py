"""The statements of the queue. Each is built once for a shape of filter, and run with its values.

A page walks the open deadlines in the order of their dates and stops at its last row; the cost of counts grows with the
open deadlines; nothing grows with the register. Statements are cached because building one costs more than running it
for a page.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from feedback_tui.desk.filters import case_filter_sql
from feedback_tui.desk.filters.case_filter import OPEN_STATUSES
from feedback_tui.desk.filters.case_filter_sql import SHAPES_KEPT, Owed, of_the_case, of_what_is_owed
from feedback_tui.desk.queue.owed_kinds import ACKNOWLEDGEMENTS, AIMS, DUE_BY
from feedback_tui.desk.queue.owed_sql import (
    REDRESS,
    TODAY,
    open_deadlines,
    owed_next,
    redress_owed,
    row_of,
    six_months_in_view,
)
from feedback_tui.desk.row_sql import hold, who
from feedback_tui.desk.tables import CASE, DEADLINE, POINT, REMEDY, STAGE
from feedback_tui.enums import DeadlineKind, DeadlineState

_NO_DATE = Owed(literal(None, Date), literal(None, DEADLINE.c.kind.type))
"""The columns of a queue row without a deadline."""


@dataclass(frozen=True)
class Shape:
    """What the statements of a filter depend on."""

    every_deadline: bool
    overdue: bool
    terms: case_filter_sql.Shape


@lru_cache(SHAPES_KEPT)
def dated(shape: Shape, *, in_full: bool = True) -> Select[Any]:
    """Returns the query for deadlines in the queue, earliest first. With `in_full` false, without names and text, for
    positions and counts."""
    owed = open_deadlines()
    return _dated(shape, owed, in_full=in_full).order_by(*soonest(owed))


@lru_cache(SHAPES_KEPT)
def undated(shape: Shape, *, in_full: bool = True) -> Select[Any]:
    """Returns the query for rows without a date, oldest receipt first: open cases, and redress owed."""
    return _undated(shape, in_full=in_full)


@lru_cache(SHAPES_KEPT)
def counts(shape: Shape) -> Select[Any]:
    """Returns the query that counts the rows of `dated` in each part: 0 overdue, 1 today, 2 up to `sunday`, 3 later."""
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
    """Returns the query that counts the rows with, or without, a date."""
    if not with_date:
        return select(func.count().label("rows")).select_from(_without_a_date(shape))
    owed = open_deadlines()
    return select(func.count().label("rows")).select_from(_counted(shape, owed)).where(*_stands(shape, owed))


@lru_cache(SHAPES_KEPT)
def place_dated(shape: Shape) -> Select[Any]:
    """Returns the query for the position, from 1, of deadline `deadline_id`, else of the first row of case
    `case_id`."""
    owed = open_deadlines()
    rows = _dated(shape, owed, in_full=False).add_columns(_place(soonest(owed))).subquery()
    this_one = case((rows.c.deadline_id == bindparam("deadline_id"), 0), else_=1)
    found = select(rows.c.place).where(rows.c.id == bindparam("case_id"))
    return found.order_by(this_one, rows.c.place).limit(1)


@lru_cache(SHAPES_KEPT)
def place_undated(shape: Shape) -> Select[Any]:
    """Returns the query for the position, from 1, of redress `remedy_id`, else of case `case_id`'s first row without a
    date."""
    items = _without_a_date(shape)
    rows = _rows_of(items, in_full=False).add_columns(_place(_oldest(items))).subquery()
    this_one = case((rows.c.remedy_id == bindparam("remedy_id"), 0), else_=1)
    found = select(rows.c.place).where(rows.c.id == bindparam("case_id"))
    return found.order_by(this_one, rows.c.place).limit(1)


def _place(order: list[ColumnElement[Any]]) -> ColumnElement[int]:
    return func.row_number().over(order_by=order).label("place")


def _dated(shape: Shape, owed: Subquery, *, in_full: bool) -> Select[Any]:
    columns = (
        *(owed.c[name] for name in ("deadline_id", "deadline", "due_on", "original_due_on", "to_tell")),
        literal(None, REMEDY.c.id.type).label("remedy_id"),
    )
    source = owed.join(CASE, CASE.c.id == owed.c.case_id)
    return _with_case(source, columns, in_full=in_full).where(*_stands(shape, owed))


def _undated(shape: Shape, *, in_full: bool) -> Select[Any]:
    items = _without_a_date(shape)
    return _rows_of(items, in_full=in_full).order_by(*_oldest(items))


def _rows_of(items: Subquery, *, in_full: bool) -> Select[Any]:
    columns = (
        literal(None, DEADLINE.c.id.type).label("deadline_id"),
        items.c.deadline,
        literal(None, Date).label("due_on"),
        literal(None, Date).label("original_due_on"),
        false().label("to_tell"),
        items.c.remedy_id,
    )
    return _with_case(items.join(CASE, CASE.c.id == items.c.case_id), columns, in_full=in_full)


def _stands(shape: Shape, owed: Subquery) -> list[ColumnElement[bool]]:
    """Returns the conditions that an open deadline is in the queue."""
    next_ones = [] if shape.every_deadline else [owed_next(owed)]
    late = [owed.c.due_on < TODAY] if shape.overdue else []
    return [*next_ones, *late, *of_the_case(shape.terms), *of_what_is_owed(shape.terms, row_of(owed))]


def _counted(shape: Shape, owed: Subquery) -> FromClause:
    """Returns the tables that a count reads: the case only if the filter has terms about it."""
    return owed.join(CASE, CASE.c.id == owed.c.case_id) if of_the_case(shape.terms) else owed


def _without_a_date(shape: Shape) -> Subquery:
    """Returns the items in the queue that have no date."""
    kind = DEADLINE.c.kind.type
    open_cases = select(
        CASE.c.id.label("case_id"),
        literal(None, kind).label("deadline"),
        literal(None, REMEDY.c.id.type).label("remedy_id"),
    ).where(*_stands_undated(shape))
    redress = (
        select(REMEDY.c.case_id, literal(DeadlineKind.REMEDY, kind), REMEDY.c.id)
        .select_from(REMEDY.join(CASE, CASE.c.id == REMEDY.c.case_id))
        .where(*_redress_stands(shape))
    )
    return union_all(open_cases, redress).subquery("items")


def _stands_undated(shape: Shape) -> list[ColumnElement[bool]]:
    """Returns the conditions that an open case is in the queue without a date."""
    dated_already = select(DEADLINE.c.case_id).where(DEADLINE.c.state == DeadlineState.OPEN)
    if not shape.every_deadline:
        responses = DEADLINE.c.kind.in_((*ACKNOWLEDGEMENTS, *AIMS, *DUE_BY))
        dated_already = dated_already.where(or_(responses, six_months_in_view(DEADLINE)))
    open_still = (CASE.c.status.in_(OPEN_STATUSES), CASE.c.id.not_in(dated_already))
    return [*open_still, *of_the_case(shape.terms), *of_what_is_owed(shape.terms, _NO_DATE)]


def _redress_stands(shape: Shape) -> list[ColumnElement[bool]]:
    """Returns the conditions that redress without a date is in the queue."""
    return [*redress_owed(), *of_the_case(shape.terms), *of_what_is_owed(shape.terms, REDRESS)]


def soonest(owed: Subquery) -> list[ColumnElement[Any]]:
    """Returns the order of rows with a date."""
    return [owed.c.due_on, CASE.c.reference_key, owed.c.deadline_id]


def _oldest(items: Subquery) -> list[ColumnElement[Any]]:
    """Returns the order of rows without a date."""
    return [CASE.c.received_on, CASE.c.reference_key, items.c.remedy_id.is_not(None), items.c.remedy_id]


def _with_case(source: FromClause, columns: Sequence[ColumnElement[Any]], *, in_full: bool) -> Select[Any]:
    """Returns the query with the columns of the case added, and `columns` of the deadline, action or redress that is
    owed."""
    joined = source.outerjoin(
        STAGE, and_(STAGE.c.case_id == CASE.c.id, STAGE.c.number == CASE.c.stage_number)
    ).outerjoin(POINT, and_(POINT.c.case_id == CASE.c.id, POINT.c.position == 1))
    words = (CASE.c.summary, CASE.c.restricted_to, who(), *hold()) if in_full else ()
    return select(
        CASE.c.id,
        *columns,
        CASE.c.reference,
        CASE.c.kind,
        CASE.c.status,
        POINT.c.team,
        CASE.c.officer,
        STAGE.c.investigator,
        *words,
        CASE.c.procedure,
        CASE.c.procedure_version,
    ).select_from(joined)
