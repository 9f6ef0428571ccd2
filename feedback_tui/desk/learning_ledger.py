"""The learning ledger: what was learned, from finding to proof, and where learning is missing or still awaited.

One row for each action; learning without an action, and a case that has no learning or awaits it, have a row of their
own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from feedback_tui.desk.filters.findings_sql import finding_that_stands, outcome_that_stands
from feedback_tui.desk.filters.text_match import parts_of, pattern
from feedback_tui.desk.filters.text_match_sql import contains
from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.desk.tables import ACTION, CASE, LEARNING, POINT, STAGE
from feedback_tui.enums import Kind, LearningSaid, Outcome, Status
from feedback_tui.rules.months import Span, reporting_year
from feedback_tui.storage.register import Register
from feedback_tui.text import one_line
from feedback_tui.vocabulary import Word

TODAY = bindparam("today", type_=Date)


class Stand(Word):
    """The state of a row of the ledger, in the order of the ledger."""

    OVERDUE = "overdue"
    DUE = "due"
    NO_DATE = "no date"
    AWAITED = "awaited"
    NO_ACTION = "no action"
    DONE = "done"
    NONE = "none"

    @classmethod
    def noun(cls) -> str:
        return "how learning stands"


_ORDER = {stand: number for number, stand in enumerate(Stand)}
_STANDS: dict[str, Stand] = {str(stand): stand for stand in Stand}


@dataclass(frozen=True)
class LedgerFilter:
    """Which rows to show. Area, owner and team match anywhere in the name, ignoring upper and lower case; the year
    matches the day of receipt."""

    area: str = ""
    owner: str = ""
    team: str = ""
    year: Span | None = None
    stand: Stand | None = None
    words: str = ""


@dataclass(frozen=True)
class LedgerRow:
    """One row. `action` is None if no action was agreed; `learning` is None if no learning is recorded."""

    stand: Stand
    case_id: int
    reference: str
    kind: Kind
    received_on: date
    outcome: Outcome | None
    """The outcome that counts: of the last stage that decided."""
    team: str | None
    point: int | None
    finding: Outcome | None
    """The finding that counts for the point that the learning names, or None."""
    learning: int | None
    area: str | None
    learned: str
    action: int | None
    what: str
    owner: str | None
    due_on: date | None
    done_on: date | None
    proof: str

    @property
    def key(self) -> tuple[int, int | None, int | None]:
        """Identifies the row after a refresh."""
        return (self.case_id, self.learning, self.action)


def ledger(
    register: Register, today: date, wanted: LedgerFilter | None = None, limit: int | None = None, offset: int = 0
) -> list[LedgerRow]:
    """Returns the rows of the ledger: overdue first, then due, without a date, awaited, without an action, done,
    none."""
    found = _rows(wanted or LedgerFilter())
    query = select(found).order_by(*_order(found)).limit(limit).offset(offset or None)
    stands = list(Stand)
    with register.reading() as session:
        rows = session.execute(query, {"today": today, **reader_value(register.reader)}).mappings()
        return [LedgerRow(**{**row, "stand": stands[row["stand"]]}) for row in rows]


def ledger_counts(register: Register, today: date, wanted: LedgerFilter | None = None) -> dict[Stand, int]:
    """Returns the number of rows in each state, in order, including 0."""
    found = _rows(wanted or LedgerFilter())
    query = select(found.c.stand, func.count()).group_by(found.c.stand)
    with register.reading() as session:
        counts: dict[int, int] = dict(session.execute(query, {"today": today, **reader_value(register.reader)}).all())
    return {stand: counts.get(number, 0) for stand, number in _ORDER.items()}


def ledger_place(
    register: Register, today: date, wanted: LedgerFilter | None, key: tuple[int, int | None, int | None]
) -> int | None:
    """Returns the position of a row in the ledger, from 0; if it is gone, that of another row of its case; None if
    there is none."""
    found = _rows(wanted or LedgerFilter())
    place = func.row_number().over(order_by=_order(found)).label("place")
    placed = select(found.c.case_id, found.c.learning, found.c.action, place).subquery()
    with register.reading() as session:
        rows = session.execute(
            select(placed).where(placed.c.case_id == key[0]).order_by(placed.c.place),
            {"today": today, **reader_value(register.reader)},
        ).all()
    same = [row for row in rows if (row.learning, row.action) == key[1:]]
    near = [row for row in rows if row.action == key[2] or row.learning == key[1]]
    return next((int(row.place) - 1 for row in same or near or rows), None)


def read_ledger_filter(text: str) -> tuple[LedgerFilter, tuple[str, ...]]:
    """Parses what an officer typed: ``area:finance owner:lee team:north year:2025/26 overdue``; other words match
    anywhere.

    Returns the filter, and a sentence for each part that was not understood. Never raises.
    """
    named = dict.fromkeys(("area", "owner", "team"), "")
    year: Span | None = None
    stand: Stand | None = None
    words, troubles = [], []
    for part in parts_of(text):
        name, sign, value = part.partition(":")
        name = name.casefold()
        if sign and name in named:
            named[name] = value
        elif sign and name == "year":
            try:
                year = reporting_year(value) if value else year
            except ValueError as error:
                troubles.append(f"{error}.")
        elif sign and name:
            troubles.append(f"“{one_line(name, 20)}:” is none of area:, owner:, team:, year:.")
        elif (meant := _STANDS.get(name.replace("-", " "))) is not None:
            stand = meant
        else:
            words.append(part)
    return LedgerFilter(**named, year=year, stand=stand, words=" ".join(words)), tuple(troubles)


def _rows(wanted: LedgerFilter) -> Subquery:
    every = union_all(_actions(), _learned(), _said()).subquery("ledger")
    return select(every).where(*_conditions(every, wanted)).subquery("wanted")


def _conditions(row: Subquery, wanted: LedgerFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for column, part in ((row.c.area, wanted.area), (row.c.owner, wanted.owner), (row.c.team, wanted.team)):
        if part.strip():
            found.append(contains(column, pattern(part.strip())))
    if wanted.stand is not None:
        found.append(row.c.stand == _ORDER[wanted.stand])
    if wanted.year is not None:
        found.append(row.c.received_on.between(wanted.year.start, wanted.year.end))
    for part in parts_of(wanted.words):
        columns = (row.c.reference, row.c.area, row.c.learned, row.c.what, row.c.owner, row.c.team)
        found.append(or_(*(contains(func.coalesce(column, ""), pattern(part)) for column in columns)))
    return found


def _order(row: Subquery) -> list[ColumnElement[Any]]:
    return [row.c.stand, row.c.due_on, row.c.received_on.desc(), row.c.case_id, row.c.learning, row.c.action]


def _behind() -> ColumnElement[bool]:
    """Returns the condition that a learning belongs to an action: the one it names, else the only one of its case."""
    others = LEARNING.alias("others")
    only = select(func.count()).select_from(others).where(others.c.case_id == ACTION.c.case_id).scalar_subquery() == 1
    return and_(
        LEARNING.c.case_id == ACTION.c.case_id,
        or_(LEARNING.c.position == ACTION.c.learning_position, and_(ACTION.c.learning_position.is_(None), only)),
    )


def _actions() -> Select[Any]:
    is_open = ACTION.c.done_on.is_(None)
    stand = case(
        (and_(is_open, ACTION.c.due_on < TODAY), _ORDER[Stand.OVERDUE]),
        (and_(is_open, ACTION.c.due_on.is_(None)), _ORDER[Stand.NO_DATE]),
        (is_open, _ORDER[Stand.DUE]),
        else_=_ORDER[Stand.DONE],
    )
    behind = CASE.join(ACTION, ACTION.c.case_id == CASE.c.id).outerjoin(LEARNING, _behind())
    return _select(stand, behind, learned=True, planned=True)


def _learned() -> Select[Any]:
    planned = exists(select(ACTION.c.id).where(_behind()).correlate(LEARNING))
    there = CASE.join(LEARNING, LEARNING.c.case_id == CASE.c.id)
    return _select(literal(_ORDER[Stand.NO_ACTION]), there, learned=True).where(~planned)


def _said() -> Select[Any]:
    stand = case((CASE.c.learning_said == LearningSaid.AWAITED, _ORDER[Stand.AWAITED]), else_=_ORDER[Stand.NONE])
    said = CASE.c.learning_said.in_((LearningSaid.AWAITED, LearningSaid.NONE))
    learned = exists(select(LEARNING.c.id).where(LEARNING.c.case_id == CASE.c.id))
    return _select(stand, CASE).where(said, ~learned)


def _select(stand: ColumnElement[Any], there: Any, *, learned: bool = False, planned: bool = False) -> Select[Any]:
    """Returns a query with the columns of a `LedgerRow`; those of learning and of actions are empty unless joined."""
    at = and_(POINT.c.case_id == CASE.c.id, POINT.c.position == 1)
    joined = there.outerjoin(STAGE, and_(STAGE.c.case_id == CASE.c.id, STAGE.c.number == 1)).outerjoin(POINT, at)
    source = POINT.alias("source")
    if learned:
        named = and_(source.c.case_id == CASE.c.id, source.c.position == LEARNING.c.point_position)
        joined = joined.outerjoin(source, named)
    none, no_words = null(), literal("")
    columns = {
        "stand": stand,
        "case_id": CASE.c.id,
        "reference": CASE.c.reference,
        "kind": CASE.c.kind,
        "received_on": CASE.c.received_on,
        "outcome": outcome_that_stands(STAGE),
        "team": func.coalesce(source.c.team, POINT.c.team) if learned else POINT.c.team,
        "point": LEARNING.c.point_position if learned else literal(None, Integer),
        "finding": finding_that_stands(source) if learned else literal(None, POINT.c.finding.type),
        "learning": LEARNING.c.position if learned else literal(None, Integer),
        "area": LEARNING.c.area if learned else none,
        "learned": func.coalesce(LEARNING.c.text, "") if learned else no_words,
        "action": ACTION.c.position if planned else literal(None, Integer),
        "what": ACTION.c.text if planned else no_words,
        "owner": ACTION.c.owner if planned else none,
        "due_on": ACTION.c.due_on if planned else literal(None, Date),
        "done_on": ACTION.c.done_on if planned else literal(None, Date),
        "proof": ACTION.c.proof if planned else no_words,
    }
    labelled = [column.label(name) for name, column in columns.items()]
    return select(*labelled).select_from(joined).where(CASE.c.status != Status.VOID, open_to_reader())
