"""Counts redress, learning and actions from complaints; also compliments and enquiries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.engine import Connection

from feedback_tui.enums import Kind, Role
from feedback_tui.reports.counting.complaints import complainants, divide
from feedback_tui.reports.counting.counted_cases import (
    ACTION,
    CASE,
    LEARNING,
    PARTY,
    POINT,
    REMEDY,
    STAGE,
    by_size,
    complaints,
    in_order,
    of_kind,
    rows,
    stage,
)
from feedback_tui.reports.counting.ombudsman import kept_in_time, promise_judged
from feedback_tui.reports.counting.timeliness import how_many
from feedback_tui.reports.figure_rows import Actions, By, Counts, Cut, Improvements, Learning, Remedies, Within
from feedback_tui.rules.findings import WELL_FOUNDED
from feedback_tui.rules.months import Span


def count_remedies(connection: Connection, span: Span, as_of: date) -> Remedies:
    """Counts the redress on complaint cases received in `span`, whenever it was given. `as_of`
    decides what is overdue."""
    judged = and_(REMEDY.c.due_on.is_not(None), promise_judged(REMEDY, as_of))
    query = (
        select(
            REMEDY.c.kind,
            func.count(),
            func.sum(REMEDY.c.amount_pence),
            how_many(and_(judged, kept_in_time(REMEDY))),
            how_many(judged),
        )
        .select_from(CASE.join(REMEDY, REMEDY.c.case_id == CASE.c.id))
        .where(complaints(span))
        .group_by(REMEDY.c.kind)
    )
    found = rows(connection, query)
    return Remedies(
        by_type=_cut((kind, count) for kind, count, *_ in found),
        paid_pence=sum(int(pence or 0) for _, _, pence, *_ in found),
        done=Within(sum(within for *_, within, _ in found), sum(of for *_, of in found)),
    )


def count_learning(
    connection: Connection, span: Span, as_of: date, upheld: int
) -> tuple[Learning, Mapping[str | None, Improvements]]:
    """Counts learning and actions on complaint cases received in `span`; then what followed by procedure. `upheld` is
    the number of investigations upheld or partly upheld at stage 1."""
    areas = (
        select(CASE.c.procedure, LEARNING.c.area, func.count())
        .select_from(CASE.join(LEARNING, LEARNING.c.case_id == CASE.c.id))
        .where(complaints(span))
        .group_by(CASE.c.procedure, LEARNING.c.area)
    )
    by_area = rows(connection, areas)
    actions = _actions_by_procedure(connection, span, as_of)
    points: Counter[str | None] = Counter()
    for procedure, _, count in by_area:
        points[procedure] += count
    well_founded = and_(
        STAGE.c.outcome.in_(WELL_FOUNDED),
        or_(STAGE.c.investigation_started_on.is_not(None), STAGE.c.responded_on.is_not(None)),
    )
    learned = (
        select(func.count(CASE.c.id.distinct()), func.count(case((well_founded, CASE.c.id)).distinct()))
        .select_from(CASE.join(LEARNING, LEARNING.c.case_id == CASE.c.id).outerjoin(STAGE, stage(1)))
        .where(complaints(span))
    )
    cases, upheld_cases = rows(connection, learned)[0]
    learning = Learning(
        cases=cases,
        upheld_cases=upheld_cases,
        upheld=upheld,
        by_area=_cut((area, count) for _, area, count in by_area),
        actions=Actions(
            sum(one.due for one in actions.values()),
            sum(one.done for one in actions.values()),
            sum(one.overdue for one in actions.values()),
        ),
    )
    followed = {}
    for procedure in points.keys() | actions.keys():
        due = actions.get(procedure, Actions(0, 0, 0))
        followed[procedure] = Improvements(points[procedure], due.due, due.done)
    return learning, followed


def _cut(found: Iterable[tuple[str | None, int]]) -> Cut:
    """Returns a cut of counts by word; None counts as without a word."""
    listed = list(found)
    return Cut(
        by_size((word, count) for word, count in listed if word is not None),
        sum(count for _, count in listed),
        sum(count for word, count in listed if word is None),
    )


def _actions_by_procedure(connection: Connection, span: Span, as_of: date) -> dict[str | None, Actions]:
    done = ACTION.c.done_on.is_not(None)
    query = (
        select(CASE.c.procedure, func.count(), how_many(done), how_many(and_(~done, ACTION.c.due_on < as_of)))
        .select_from(CASE.join(ACTION, ACTION.c.case_id == CASE.c.id))
        .where(complaints(span))
        .group_by(CASE.c.procedure)
    )
    return {procedure: Actions(*counts) for procedure, *counts in rows(connection, query)}


def count_compliments(connection: Connection, span: Span, received: int) -> Mapping[str, Cut]:
    """Cuts the `received` compliments of `span` ``by_team`` praised and ``by_source``."""
    where = of_kind(Kind.COMPLIMENT, span)
    cases: dict[str | None, int] = {None: received}
    pointed = CASE.join(POINT, POINT.c.case_id == CASE.c.id)
    teams = divide(connection, pointed, {By.TEAM: (POINT.c.team,)}, where, cases)
    sources = divide(connection, CASE, {By.CHANNEL: (CASE.c.compliment_source,)}, where, cases)
    return {"by_team": teams[By.TEAM].cut(), "by_source": sources[By.CHANNEL].cut()}


def count_enquiries(connection: Connection, span: Span, received: int) -> Cut:
    """Cuts the `received` enquiries of `span` by the role of the enquirer."""
    where = of_kind(Kind.ENQUIRY, span)
    roles = divide(
        connection,
        complainants(),
        {By.CORRESPONDENT: (PARTY.c.role,)},
        where,
        {None: received},
        order=tuple(map(str, Role)),
    )
    return roles[By.CORRESPONDENT].cut()


def count_answered(connection: Connection, span: Span) -> Counts:
    """Counts the answered enquiries of `span` by the role of the enquirer; those without a role are left out."""
    query = (
        select(PARTY.c.role, func.count(CASE.c.id.distinct()))
        .select_from(complainants().join(STAGE, stage(1)))
        .where(of_kind(Kind.ENQUIRY, span), STAGE.c.responded_on.is_not(None), PARTY.c.role.is_not(None))
        .group_by(PARTY.c.role)
    )
    return in_order(dict(map(tuple, rows(connection, query))), Role)
