"""Reads the deadline queue through SQLAlchemy: any filter, order and group, from any register."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session

from feedback_tui.desk.filters.case_filter_sql import names_deadlines, settled, shape_of, values_of
from feedback_tui.desk.queue import queue_sql as sql
from feedback_tui.desk.queue import sorted_sql as arranged_sql
from feedback_tui.desk.queue.owed_kinds import SIX_MONTHS_IN_VIEW
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_row import (
    QueueCounts,
    QueueGroup,
    QueueRow,
    by_due_date,
    counted,
    end_of_week,
    row_read,
)
from feedback_tui.desk.queue.queue_sql import Shape
from feedback_tui.desk.queue.sort_and_group import USUAL, Arrangement, Grouping
from feedback_tui.desk.restricted import reader_value
from feedback_tui.storage.register import Register


def queue(
    register: Register,
    today: date,
    wanted: QueueFilter | None = None,
    limit: int | None = None,
    offset: int = 0,
    arranged: Arrangement = USUAL,
) -> list[QueueRow]:
    """Returns the rows of the queue from position `offset` (from 0), at most `limit`: earliest due date first, then
    those without a date, oldest receipt first; or in the order of `arranged`."""
    with register.reading() as session:
        shape, values = _asked(register, today, wanted)
        if not arranged.is_usual:
            ordered = _read(session, arranged_sql.rows(shape, arranged), values, limit, offset)
            return _rows(register, today, ordered)
        found = _read(session, sql.dated(shape), values, limit, offset)
        room = None if limit is None else limit - len(found)
        if room != 0 and not shape.overdue:
            passed = 0 if found or not offset else _count(session, shape, values, with_date=True)
            found += _read(session, sql.undated(shape), values, room, 0 if found else max(offset - passed, 0))
    return _rows(register, today, found)


def queue_counts(register: Register, today: date, wanted: QueueFilter | None = None) -> QueueCounts:
    """Returns how many rows are overdue, due today, due by Sunday, due later, and without a date."""
    with register.reading() as session:
        shape, values = _asked(register, today, wanted)
        parts: dict[int, int] = dict(session.execute(sql.counts(shape), values).all())
        undated = 0 if shape.overdue else _count(session, shape, values, with_date=False)
    return counted(parts, undated)


def queue_groups(register: Register, today: date, wanted: QueueFilter | None, group: Grouping) -> list[QueueGroup]:
    """Returns the groups of the queue in order. By due date: overdue, today, this week, later, without a date."""
    if group in (Grouping.DUE, Grouping.NOTHING):
        counts = queue_counts(register, today, wanted)
        return by_due_date(counts) if group is Grouping.DUE else [QueueGroup("", counts.total)]
    with register.reading() as session:
        shape, values = _asked(register, today, wanted)
        found = session.execute(arranged_sql.groups(shape, group), values)
        return [QueueGroup(name or "", count) for name, count in found]


def queue_cases(register: Register, today: date, wanted: QueueFilter | None) -> dict[int, str]:
    """Returns the cases in the queue: the reference of each, by case id."""
    with register.reading() as session:
        shape, values = _asked(register, today, wanted)
        found = session.execute(arranged_sql.cases(shape), values)
        return {row.id: row.reference for row in found}


def queue_place(
    register: Register,
    today: date,
    wanted: QueueFilter | None,
    case_id: int,
    deadline_id: int | None,
    arranged: Arrangement = USUAL,
    remedy_id: int | None = None,
) -> int | None:
    """Returns the position of a row in the queue, from 0: of the deadline, or of the redress without a date, else of
    the first row of the case; None if it has none."""
    with register.reading() as session:
        shape, values = _asked(register, today, wanted)
        values |= {"case_id": case_id, "deadline_id": deadline_id, "remedy_id": remedy_id}
        if not arranged.is_usual:
            found = session.execute(arranged_sql.place(shape, arranged), values).scalar_one_or_none()
            return None if found is None else int(found) - 1
        if remedy_id is None:
            place = session.execute(sql.place_dated(shape), values).scalar_one_or_none()
            if place is not None or shape.overdue:
                return None if place is None else int(place) - 1
        place = None if shape.overdue else session.execute(sql.place_undated(shape), values).scalar_one_or_none()
        return None if place is None else int(place) - 1 + _count(session, shape, values, with_date=True)


def _asked(register: Register, today: date, wanted: QueueFilter | None) -> tuple[Shape, dict[str, Any]]:
    """Returns the shape of the filter and its values. Call it while reading, so that the days off are current."""
    wanted = wanted or QueueFilter()
    terms = settled(wanted.terms, register.profile)
    asked = shape_of(terms)
    shape = Shape(wanted.every_deadline or names_deadlines(asked), wanted.overdue, asked)
    values = {
        "today": today,
        "horizon": register.calendar.add_at_most(today, SIX_MONTHS_IN_VIEW),
        "sunday": end_of_week(today),
        **values_of(terms),
        **reader_value(register.reader),
    }
    return shape, values


def _read(session: Session, query: Any, values: dict[str, Any], limit: int | None, offset: int) -> list[Any]:
    return list(session.execute(query.limit(limit).offset(offset or None), values).mappings().all())


def _count(session: Session, shape: Shape, values: dict[str, Any], *, with_date: bool) -> int:
    return int(session.execute(sql.how_many(shape, with_date=with_date), values).scalar_one())


def _rows(register: Register, today: date, found: list[Any]) -> list[QueueRow]:
    return [row_read(row, register, today, register.reader) for row in found]
