"""Reads the cases behind a figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal
from sqlalchemy.engine import Connection
from sqlmodel import Session

from feedback_tui.desk.data_quality import wobbles
from feedback_tui.desk.filters.case_filter_sql import SHOWN_OF_RESTRICTED
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_row import QueueRow
from feedback_tui.desk.restricted import open_to_reader, or_restricted, reader_value
from feedback_tui.enums import Kind, Status
from feedback_tui.reports.counting.as_it_stood import as_it_stood
from feedback_tui.reports.counting.counted_cases import ACTION, CASE, EXTENSION, LEARNING, OMBUDSMAN, REMEDY
from feedback_tui.reports.declarations.figure_query import Asked, Of
from feedback_tui.reports.declarations.span_query import Asking
from feedback_tui.reports.declarations.working import OPEN_NOW, OVERDUE_NOW, UNCERTAIN
from feedback_tui.reports.declarations.year import asked_by
from feedback_tui.rules.months import Span
from feedback_tui.rules.procedures import Profile
from feedback_tui.storage.register import Register

NO_TEAM, NOBODY = "No team", "Nobody yet"


@dataclass(frozen=True)
class CaseBehind:
    """One line behind a figure: a case, with the counted row if that is not the case itself."""

    reference: str
    kind: Kind
    received_on: date | None
    """None in a working report."""
    status: Status
    summary: str
    counted: str
    """What is counted, such as the decision, area of learning or redress; empty for a case."""
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class Behind:
    """The lines behind one figure: `count` is the number of all, `lines` may be only a part of them."""

    key: str
    of: Of
    count: int
    lines: tuple[CaseBehind, ...]


def cases_behind(
    register: Register, span: Span, as_of: date, key: str, most: int | None = None, offset: int = 0
) -> Behind:
    """Returns what the figure `key` of a summary counts, by date of receipt. Raises NoSuchFigure, RegisterError.

    Other keys are ``wobbles.no category``, ``wobbles`` for all cases that make figures uncertain (each line says why),
    and those of the working reports, such as ``overdue.team.North``.
    """
    register.require_all_cases()
    family, _, rest = key.partition(".")
    if family == UNCERTAIN.key:
        lines = tuple(
            CaseBehind(
                *(one.reference, one.kind, one.received_on, one.status, one.summary),
                "" if rest else one.what,
                None,
                None,
            )
            for one in wobbles(register, span, as_of)
            if rest in ("", one.what)
        )
        return _window(key, lines, most, offset)
    if family in (OPEN_NOW.key, OVERDUE_NOW.key):
        return _window(key, _owed_lines(register, as_of, family, rest), most, offset)
    with register.reading() as session:
        return behind(session, register.profile, span, as_of, key, most, offset, register.reader)


def _owed_lines(register: Register, today: date, family: str, rest: str) -> tuple[CaseBehind, ...]:
    """Returns the cases of a working report, each with the first thing that is owed on it, or is overdue."""
    whose, _, name = rest.partition(".")
    found: dict[int, CaseBehind] = {}
    for row in queue(register, today):
        late = row.due_on is not None and row.due_on < today
        if (owner_of(row, whose) == name or not rest) and (late or family == OPEN_NOW.key):
            line = CaseBehind(row.reference, row.kind, None, row.status, row.summary, row.owed, row.due_on, None)
            found.setdefault(row.case_id, line)
    return tuple(found.values())


def owner_of(row: QueueRow, whose: str) -> str:
    """Returns the team or the investigator under which a working report counts a queue row."""
    if whose == "team":
        return row.team or NO_TEAM
    return row.investigator or NOBODY


def _window(key: str, lines: tuple[CaseBehind, ...], most: int | None, offset: int) -> Behind:
    return Behind(key, Of.CASES, len(lines), lines[offset : None if most is None else offset + most])


def behind(
    session: Session,
    profile: Profile,
    span: Span,
    as_of: date,
    key: str,
    most: int | None = None,
    offset: int = 0,
    reader: str = "",
) -> Behind:
    """As `cases_behind`, in an open session. For a restricted case that `reader` may not open, at most kind, status and
    dates are shown. Figures count it, but a list must not tell what it is about."""
    connection = session.connection()
    with as_it_stood(connection, as_of):
        return _behind(connection, profile, span, as_of, key, most, offset, reader)


def _behind(
    connection: Connection,
    profile: Profile,
    span: Span,
    as_of: date,
    key: str,
    most: int | None,
    offset: int,
    reader: str,
) -> Behind:
    questions = asked_by(key, Asking(connection, profile, span, as_of))
    counts = [
        int(connection.execute(_select(asked, func.count()), reader_value(reader)).scalar_one()) for asked in questions
    ]
    lines: list[CaseBehind] = []
    for asked, count in zip(questions, counts, strict=True):
        left = None if most is None else most - len(lines)
        if offset < count and left != 0:
            query = _select(asked, *_columns(asked.of)).order_by(CASE.c.received_on, CASE.c.reference_key)
            found = connection.execute(query.limit(left).offset(offset or None), reader_value(reader))
            lines += [_line(*row) for row in found]
        offset = max(offset - count, 0)
    return Behind(key, questions[0].of, sum(counts), tuple(lines))


def _line(*of_row: Any) -> CaseBehind:
    reference, kind, received_on, status, summary, counted, due_on, done_on = of_row
    return CaseBehind(reference, kind, received_on, status, summary, str(counted or ""), due_on, done_on)


def _select(asked: Asked, *columns: Any) -> Select[Any]:
    found = asked.select(*columns)
    return found if _asks_what_all_may_know(asked) else found.where(open_to_reader())


def _asks_what_all_may_know(asked: Asked) -> bool:
    """Whether the query only uses what lists show of restricted cases: kind, status and dates."""
    shown = all(term.field in SHOWN_OF_RESTRICTED for term in asked.wanted.terms)
    return shown and not asked.more and asked.of is Of.CASES


def _columns(of: Of) -> tuple[ColumnElement[Any], ...]:
    own = (CASE.c.reference, CASE.c.kind, CASE.c.received_on, CASE.c.status, or_restricted(CASE.c.summary))
    match of:
        case Of.APPROACHES:
            return (*own, OMBUDSMAN.c.decision, OMBUDSMAN.c.due_on, OMBUDSMAN.c.decided_on)
        case Of.REMEDIES:
            return (*own, REMEDY.c.kind, REMEDY.c.due_on, REMEDY.c.done_on)
        case Of.LEARNING:
            return (*own, LEARNING.c.area, literal(None), literal(None))
        case Of.EXTENSIONS:
            return (*own, literal("told"), EXTENSION.c.extended_from, EXTENSION.c.told_on)
        case Of.ACTIONS:
            return (*own, literal("action"), ACTION.c.due_on, ACTION.c.done_on)
        case _:
            return (*own, literal(""), literal(None), literal(None))
