"""The queue in another order than by date, or in other groups: one statement for rows with and without a date."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, Subquery, bindparam, case, func, or_, select, union_all

from feedback_tui.desk.filters.case_filter_sql import SHAPES_KEPT
from feedback_tui.desk.queue import queue_sql
from feedback_tui.desk.queue.owed_sql import TODAY
from feedback_tui.desk.queue.queue_sql import Shape
from feedback_tui.desk.queue.sort_and_group import Arrangement, Grouping, QueueOrder
from feedback_tui.desk.reference_order import by_number
from feedback_tui.desk.restricted import as_shown
from feedback_tui.desk.tables import CASE

SUNDAY = bindparam("sunday", type_=Date)
"""The last day of this week."""


@lru_cache(SHAPES_KEPT)
def rows(shape: Shape, arranged: Arrangement) -> Select[Any]:
    """Returns the query for the rows of the queue in this order."""
    found = _all(shape, in_full=True)
    return select(found).order_by(*_order(found, arranged))


@lru_cache(SHAPES_KEPT)
def groups(shape: Shape, group: Grouping) -> Select[Any, int]:
    """Returns the query for the groups in order: one spelling of each name, and the number of its rows."""
    found = _all(shape)
    key = _key(found, group)
    query: Select[Any, int] = select(func.min(_shown(found, group)), func.count())
    return query.group_by(key).order_by(*_sorted(key, group))


@lru_cache(SHAPES_KEPT)
def place(shape: Shape, arranged: Arrangement) -> Select[Any]:
    """Returns the query for the position, from 1, of deadline `deadline_id` or redress `remedy_id`, else of the first
    row of case `case_id`."""
    found = _all(shape)
    placed = func.row_number().over(order_by=_order(found, arranged)).label("place")
    numbered = select(found.c.id, found.c.deadline_id, found.c.remedy_id, placed).subquery()
    meant = or_(
        numbered.c.deadline_id == bindparam("deadline_id"),
        numbered.c.remedy_id == bindparam("remedy_id", type_=Integer),
    )
    this_one = case((meant, 0), else_=1)
    wanted = select(numbered.c.place).where(numbered.c.id == bindparam("case_id"))
    return wanted.order_by(this_one, numbered.c.place).limit(1)


@lru_cache(SHAPES_KEPT)
def cases(shape: Shape) -> Select[Any]:
    """Returns the query for the cases in the queue, each once: id and reference."""
    found = _all(shape)
    return select(found.c.id, found.c.reference).distinct().order_by(found.c.id)


def _all(shape: Shape, *, in_full: bool = False) -> Subquery:
    """Returns all rows: those with a date and, unless only overdue ones are wanted, those without."""
    sort = (CASE.c.received_on, CASE.c.reference_key, CASE.c.restricted_to)
    dated = queue_sql.dated(shape, in_full=in_full).order_by(None).add_columns(*sort)
    if shape.overdue:
        return dated.subquery("rows")
    undated = queue_sql.undated(shape, in_full=in_full).order_by(None).add_columns(*sort)
    return union_all(dated, undated).subquery("rows")


def _key(found: Subquery, group: Grouping) -> ColumnElement[Any]:
    """Returns the key that the rows of one group share."""
    if group is Grouping.DUE:
        due_on = found.c.due_on
        return case((due_on.is_(None), 4), (due_on < TODAY, 0), (due_on == TODAY, 1), (due_on <= SUNDAY, 2), else_=3)
    return func.lower(func.coalesce(_shown(found, group), ""))


def _shown(found: Subquery, group: Grouping) -> ColumnElement[Any]:
    """Returns the name that a row is grouped under, as its row shows it."""
    return as_shown(found.c[group.value], found.c.restricted_to)


def _sorted(key: ColumnElement[Any], group: Grouping) -> list[ColumnElement[Any]]:
    """Returns an order from A to Z, with empty names last."""
    return [key] if group is Grouping.DUE else [key == "", key]


def _order(found: Subquery, arranged: Arrangement) -> list[ColumnElement[Any]]:
    first = [] if arranged.group is Grouping.NOTHING else _sorted(_key(found, arranged.group), arranged.group)
    soonest = [found.c.due_on.is_(None), found.c.due_on]
    match arranged.order:
        case QueueOrder.DUE:
            own = soonest
        case QueueOrder.RECEIVED:
            own = [found.c.received_on.desc()]
        case QueueOrder.REFERENCE:
            own = []
        case QueueOrder.TEAM | QueueOrder.OFFICER | QueueOrder.INVESTIGATOR:
            grouping = Grouping(arranged.order.value)
            own = [*_sorted(_key(found, grouping), grouping), *soonest]
    return [*first, *own, *by_number(found.c.reference_key), *_place_of(found)]


def _place_of(found: Subquery) -> list[ColumnElement[Any]]:
    """Returns the order of rows of one case with the same date, or without a date."""
    deadline, remedy = found.c.deadline_id, found.c.remedy_id
    return [deadline.is_(None), deadline, remedy.is_not(None), remedy]
