"""The list of all cases, open, closed and void: filtered, sorted, and read a window at a time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlmodel import Session

from feedback_tui.desk.filters.case_filter import EVERY, OPEN_STATUSES, CaseFilter
from feedback_tui.desk.filters.case_filter_sql import SHAPES_KEPT, Shape, settled, shape_of, values_of
from feedback_tui.desk.queue.owed_kinds import SIX_MONTHS_IN_VIEW
from feedback_tui.desk.queue.owed_sql import on_cases
from feedback_tui.desk.reference_order import by_number
from feedback_tui.desk.restricted import as_shown, reader_value
from feedback_tui.desk.row_sql import hold, who
from feedback_tui.desk.tables import CASE, POINT, STAGE
from feedback_tui.enums import ClosingReason, Kind, Outcome, Status
from feedback_tui.rules.hold_reasons import HoldInARow, process_of
from feedback_tui.rules.restricted_access import hidden_fields, shown_name, shown_summary
from feedback_tui.storage.register import Register
from feedback_tui.vocabulary import Word

ALL = 2**62
"""A limit larger than any register, because a negative limit for “no limit” works on SQLite only."""

AT_ONCE = 500
"""How many rows are read by one statement."""


class Order(Word):
    """What a list is sorted by. Days of receipt latest first, names A to Z."""

    RECEIVED = "received"
    REFERENCE = "reference"
    TEAM = "team"
    OFFICER = "officer"
    INVESTIGATOR = "investigator"
    STATUS = "status"

    @classmethod
    def noun(cls) -> str:
        return "an order of cases"


@dataclass(frozen=True)
class CaseRow(HoldInARow):
    """A case in a list. The team is that of its first point; the outcome that of its current or last stage."""

    case_id: int
    reference: str
    kind: Kind
    status: Status
    procedure: str | None
    received_on: date
    closed_on: date | None
    team: str | None
    officer: str
    investigator: str | None
    outcome: Outcome | None
    closing_reason: ClosingReason | None
    summary: str
    who: str | None
    """The complainant's name, else the customer's, as in the queue."""
    who_instead: str
    on_hold: str | None
    hold_until: date | None


_MADE = ("case_id", "summary", "who", "who_instead", "on_hold")
_COLUMNS = ("case_id", *(each.name for each in fields(CaseRow) if each.name not in _MADE))
"""The fields that a statement gives directly."""


def cases(
    register: Register,
    today: date,
    wanted: CaseFilter = EVERY,
    order: Order = Order.RECEIVED,
    limit: int | None = None,
    offset: int = 0,
) -> list[CaseRow]:
    """Returns the cases that match the filter, from position `offset` (from 0), at most `limit`."""
    with register.reading() as session:
        shape, values = _asked(register, today, wanted)
        cut = {**values, "limit": ALL if limit is None else limit, "offset": offset}
        ids = list(session.execute(_window(shape, order), cut).scalars())
        found: dict[int, CaseRow] = {}
        # Rows are read for the ids of the window only: in one joined statement, the database read every case.
        for start in range(0, len(ids), AT_ONCE):
            for row in session.execute(_rows(), {"ids": ids[start : start + AT_ONCE]}):
                found[row.case_id] = _row(row, register.reader)
    return [found[case_id] for case_id in ids]


def case_count(register: Register, today: date, wanted: CaseFilter = EVERY) -> int:
    """Returns how many cases match the filter."""
    with register.reading() as session:
        return count_in(session, register, today, wanted)


def count_in(session: Session, register: Register, today: date, wanted: CaseFilter) -> int:
    """Returns the same count in an existing session, so that several counts come from one moment."""
    shape, values = _asked(register, today, wanted)
    return int(session.execute(_count(shape), values).scalar_one())


def open_conditions() -> ColumnElement[bool]:
    """Returns the condition for open cases, the same as the filter `open`."""
    return CASE.c.status.in_(OPEN_STATUSES)


def case_place(
    register: Register, today: date, wanted: CaseFilter, case_id: int, order: Order = Order.RECEIVED
) -> int | None:
    """Returns the position of a case in the list, from 0; None if the filter does not match it."""
    with register.reading() as session:
        shape, values = _asked(register, today, wanted)
        place = session.execute(_place(shape, order), {**values, "case_id": case_id}).scalar_one_or_none()
    return None if place is None else int(place) - 1


def case_references(register: Register, today: date, wanted: CaseFilter = EVERY) -> dict[int, str]:
    """Returns the reference of every matching case by case id, latest first. Used to mark all that match."""
    with register.reading() as session:
        shape, values = _asked(register, today, wanted)
        query = _ids(shape).add_columns(CASE.c.reference).order_by(*_order(Order.RECEIVED))
        return {row.id: row.reference for row in session.execute(query, values)}


def _asked(register: Register, today: date, wanted: CaseFilter) -> tuple[Shape, dict[str, Any]]:
    terms = settled(wanted, register.profile)
    horizon = register.calendar.add_at_most(today, SIX_MONTHS_IN_VIEW)
    return shape_of(terms), {"today": today, "horizon": horizon, **values_of(terms), **reader_value(register.reader)}


def _row(row: Any, reader: str) -> CaseRow:
    whose, instead = shown_name(row.who, row.restricted_to, reader)
    hidden = hidden_fields(row.restricted_to, reader)
    return CaseRow(
        **_given(row, hidden),
        summary=shown_summary(row.summary, row.restricted_to, row.officer, reader),
        who=whose,
        who_instead=instead,
        on_hold=process_of(row.hold_rule) if row.status is Status.ON_HOLD and not hidden else None,
    )


def _given(row: Any, hidden: frozenset[str]) -> dict[str, Any]:
    return {name: None if name in hidden else getattr(row, name) for name in _COLUMNS}


def _ids(shape: Shape) -> Select[Any]:
    return select(CASE.c.id).where(*on_cases(shape))


@lru_cache(SHAPES_KEPT)
def _window(shape: Shape, order: Order) -> Select[Any]:
    window = _joined_for(order, _ids(shape)).order_by(*_order(order))
    return window.limit(bindparam("limit")).offset(bindparam("offset"))


@lru_cache(1)
def _rows() -> Select[Any]:
    query = select(
        CASE.c.id.label("case_id"),
        CASE.c.reference,
        CASE.c.kind,
        CASE.c.status,
        CASE.c.procedure,
        CASE.c.received_on,
        CASE.c.closed_on,
        POINT.c.team,
        CASE.c.officer,
        STAGE.c.investigator,
        STAGE.c.outcome,
        CASE.c.closing_reason,
        CASE.c.summary,
        CASE.c.restricted_to,
        who(),
        *hold(),
    ).select_from(CASE.outerjoin(STAGE, _stage()).outerjoin(POINT, _point()))
    return query.where(CASE.c.id.in_(bindparam("ids", expanding=True)))


@lru_cache(SHAPES_KEPT)
def _count(shape: Shape) -> Select[Any]:
    return select(func.count()).select_from(_ids(shape).subquery())


@lru_cache(SHAPES_KEPT)
def _place(shape: Shape, order: Order) -> Select[Any]:
    place = func.row_number().over(order_by=_order(order)).label("place")
    rows = _joined_for(order, _ids(shape)).add_columns(place).subquery()
    return select(rows.c.place).where(rows.c.id == bindparam("case_id"))


def _stage() -> ColumnElement[bool]:
    return and_(STAGE.c.case_id == CASE.c.id, STAGE.c.number == CASE.c.stage_number)


def _point() -> ColumnElement[bool]:
    return and_(POINT.c.case_id == CASE.c.id, POINT.c.position == 1)


def _joined_for(order: Order, query: Select[Any]) -> Select[Any]:
    """Returns the query joined with the table that the order needs."""
    if order is Order.TEAM:
        return query.select_from(CASE.outerjoin(POINT, _point()))
    if order is Order.INVESTIGATOR:
        return query.select_from(CASE.outerjoin(STAGE, _stage()))
    return query


def _order(order: Order) -> list[ColumnElement[Any]]:
    latest: list[ColumnElement[Any]] = [CASE.c.received_on.desc(), CASE.c.id.desc()]
    match order:
        case Order.REFERENCE:
            return by_number(CASE.c.reference_key)
        case Order.TEAM:
            return [*_by_name(POINT.c.team), *latest]
        case Order.OFFICER:
            return [*_by_name(CASE.c.officer), *latest]
        case Order.INVESTIGATOR:
            return [*_by_name(STAGE.c.investigator), *latest]
        case Order.STATUS:
            return [CASE.c.status, *latest]
    return latest


def _by_name(column: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """Returns an order from A to Z, ignoring upper and lower case, with empty names last."""
    name = func.lower(func.coalesce(as_shown(column), ""))
    return [name == "", name]
