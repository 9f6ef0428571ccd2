"""Counts approaches to the Ombudsman by the day received, and decisions by the day made."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Subquery, Table, and_, exists, func, or_, select
from sqlalchemy.engine import Connection

from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.enums import OmbudsmanDecision
from feedback_tui.reports.counting.counted_cases import (
    ACTION,
    CASE,
    OMBUDSMAN,
    POINT,
    REMEDY,
    counts_at_all,
    in_order,
    rows,
)
from feedback_tui.reports.counting.timeliness import how_many
from feedback_tui.reports.figure_rows import Agreed, Counts, Decided, Ombudsman, Within
from feedback_tui.rules.months import Span
from feedback_tui.rules.restricted_access import RESTRICTED

CASES_THERE = CASE.join(OMBUDSMAN, OMBUDSMAN.c.case_id == CASE.c.id)


def count_ombudsman(connection: Connection, span: Span, as_of: date, reader: str) -> Ombudsman:
    """Counts approaches received in `span`, decisions made in it, and whether the council replied and complied in time.

    `as_of` decides what is overdue. Texts of cases that `reader` may not open are left out.
    """
    received: Counter[OmbudsmanDecision | None] = Counter()
    replied = replies = 0
    for decision, count, within, of in _received(connection, span, as_of):
        received[decision] += count
        replied, replies = replied + within, replies + of
    turned_away = sum(n for decision, n in received.items() if decision is not None and not decision.investigated)
    return Ombudsman(
        received=received.total(),
        not_accepted=turned_away,
        investigated=received.total() - turned_away,
        awaiting=received[None],
        decided=_decided(connection, span),
        decisions=decisions(connection, span, reader),
        replies=Within(replied, replies),
        compliance=_compliance(connection, span, as_of),
    )


def received_by_procedure(connection: Connection, span: Span) -> dict[str | None, int]:
    """Counts approaches received in `span`, by the procedure of their case."""
    query = (
        select(CASE.c.procedure, func.count()).select_from(CASES_THERE).where(came_in(span)).group_by(CASE.c.procedure)
    )
    return dict(map(tuple, rows(connection, query)))


def came_in(span: Span) -> ColumnElement[bool]:
    """The condition that an approach was received in `span`: the day of the enquiry, else of the query, else of the
    first contact.

    Written so that the database can use the index on the day of the enquiry.
    """
    record = OMBUDSMAN.c
    before_that = func.coalesce(record.query_on, record.first_contact_on)
    came = or_(
        record.received_on.between(span.start, span.end),
        and_(record.received_on.is_(None), before_that.between(span.start, span.end)),
    )
    return and_(came, counts_at_all())


def _received(connection: Connection, span: Span, as_of: date) -> list[tuple[OmbudsmanDecision | None, int, int, int]]:
    """Counts approaches by decision: all, replied in time, and replied or overdue. One decided without an enquiry owes
    no reply."""
    record = OMBUDSMAN.c
    query = (
        select(record.decision, func.count(), how_many(replied_within()), how_many(reply_judged(as_of)))
        .select_from(CASES_THERE)
        .where(came_in(span))
        .group_by(record.decision)
    )
    return [tuple(row) for row in rows(connection, query)]


def replied_within() -> ColumnElement[bool]:
    """The condition that the reply was sent by its due date."""
    return OMBUDSMAN.c.responded_on <= OMBUDSMAN.c.due_on


def reply_judged(as_of: date) -> ColumnElement[bool]:
    """The condition that a reply was sent or is overdue on `as_of`."""
    record = OMBUDSMAN.c
    owed = and_(record.responded_on.is_(None), record.decided_on.is_(None), record.due_on < as_of)
    return or_(record.responded_on.is_not(None), owed)


def decided_in(span: Span) -> ColumnElement[bool]:
    record = OMBUDSMAN.c
    return and_(record.decided_on.between(span.start, span.end), record.decision.is_not(None), counts_at_all())


def _decided(connection: Connection, span: Span) -> Counts:
    query = (
        select(OMBUDSMAN.c.decision, func.count())
        .select_from(CASES_THERE)
        .where(decided_in(span))
        .group_by(OMBUDSMAN.c.decision)
    )
    return in_order(dict(map(tuple, rows(connection, query))), OmbudsmanDecision)


def decisions(connection: Connection, span: Span, reader: str) -> tuple[Decided, ...]:
    """Returns the complaints that the Ombudsman investigated and decided in `span`, by the day of the decision.

    Texts are those that officers wrote for the report, else what the register holds. For a case that `reader` may not
    open, the texts are replaced by “restricted”.
    """
    record = OMBUDSMAN.c
    taken_up = [decision for decision in OmbudsmanDecision if decision.investigated]
    query = (
        select(CASE.c.id, record.summary, record.category, record.decision, record.agreed, open_to_reader())
        .select_from(CASES_THERE)
        .where(decided_in(span), record.decision.in_(taken_up))
        .order_by(record.decided_on, CASE.c.received_on, CASE.c.reference_key)
        .params(reader_value(reader))
    )
    found = rows(connection, query)
    about = _abouts(connection, span, taken_up)
    agreed = _agreed_since(connection, span, taken_up)
    return tuple(
        Decided(summary or category or about.get(case, ""), decision.value, words or "", agreed.get(case, Agreed()))
        if may_open
        else Decided(RESTRICTED, decision.value, RESTRICTED)
        for case, summary, category, decision, words, may_open in found
    )


def _abouts(connection: Connection, span: Span, taken_up: list[OmbudsmanDecision]) -> dict[int, str]:
    """Returns the categories of the decided cases' points, by case id."""
    query = (
        select(CASE.c.id, POINT.c.category)
        .select_from(CASES_THERE.join(POINT, POINT.c.case_id == CASE.c.id))
        .where(decided_in(span), OMBUDSMAN.c.decision.in_(taken_up), POINT.c.category.is_not(None))
        .distinct()
        .order_by(CASE.c.id, POINT.c.category)
    )
    found: dict[int, list[str]] = {}
    for case, category in rows(connection, query):
        found.setdefault(case, []).append(category)
    return {case: ", ".join(categories) for case, categories in found.items()}


def _agreed_since(connection: Connection, span: Span, taken_up: list[OmbudsmanDecision]) -> dict[int, Agreed]:
    """Returns the redress and actions on the decided cases that have no due date, or one from the day of the decision
    on."""
    decided = _first_decided(span, OMBUDSMAN.c.decision.in_(taken_up))

    def since(agreed: Table, *columns: ColumnElement[Any], by: tuple[ColumnElement[Any], ...] = ()) -> list[Any]:
        query = (
            select(decided.c.id, *by, *columns)
            .select_from(decided.join(agreed, agreed.c.case_id == decided.c.id))
            .where(or_(agreed.c.due_on.is_(None), agreed.c.due_on >= decided.c.decided_on))
            .group_by(decided.c.id, *by)
            .order_by(decided.c.id, *by)
        )
        return rows(connection, query)

    found: dict[int, Agreed] = {}
    for case, kind, pence in since(REMEDY, func.sum(REMEDY.c.amount_pence), by=(REMEDY.c.kind,)):
        had = found.get(case, Agreed())
        found[case] = replace(had, remedies=(*had.remedies, (kind, int(pence or 0))))
    for case, done, count in since(ACTION, func.count(ACTION.c.done_on), func.count()):
        found[case] = replace(found.get(case, Agreed()), actions=count, done=done)
    return found


def _compliance(connection: Connection, span: Span, as_of: date) -> Within:
    """Counts the actions and redress agreed with upheld decisions: done by the due date, and done or overdue."""
    upheld = upheld_cases(span)

    def kept(agreed: Table) -> Within:
        query = select(how_many(kept_in_time(agreed)), how_many(promise_judged(agreed, as_of))).select_from(
            agreed.join(upheld, agreed_with(agreed, upheld, span))
        )
        return Within(*rows(connection, query)[0])

    actions, remedies = kept(ACTION), kept(REMEDY)
    return Within(actions.within + remedies.within, actions.of + remedies.of)


def upheld_cases(span: Span) -> Subquery:
    """Selects the cases with an upheld decision in `span`, each with the first day of one."""
    return _first_decided(span, OMBUDSMAN.c.decision == OmbudsmanDecision.UPHELD)


def agreed_with(agreed: Table, upheld: Subquery, span: Span) -> ColumnElement[bool]:
    """The condition that an action or redress was agreed with one of the `upheld` decisions of `span`.

    Redress that names its approach belongs to that one. Otherwise it must be due on or after the decision on its case.
    """
    since = and_(agreed.c.case_id == upheld.c.id, agreed.c.due_on >= upheld.c.decided_on)
    if agreed is not REMEDY:
        return since
    record = OMBUDSMAN.alias()
    named = exists().where(
        record.c.id == REMEDY.c.ombudsman_id,
        record.c.decided_on.between(span.start, span.end),
        record.c.decision == OmbudsmanDecision.UPHELD,
    )
    own = and_(REMEDY.c.case_id == upheld.c.id, REMEDY.c.due_on.is_not(None), named)
    return or_(and_(REMEDY.c.ombudsman_id.is_(None), since), own)


def _first_decided(span: Span, so: ColumnElement[bool]) -> Subquery:
    return (
        select(CASE.c.id, func.min(OMBUDSMAN.c.decided_on).label("decided_on"))
        .select_from(CASES_THERE)
        .where(decided_in(span), so)
        .group_by(CASE.c.id)
        .subquery()
    )


def kept_in_time(agreed: Table) -> ColumnElement[bool]:
    """The condition that an action or redress was done by its due date."""
    return agreed.c.done_on <= agreed.c.due_on


def promise_judged(agreed: Table, as_of: date) -> ColumnElement[bool]:
    """The condition that an action or redress was done, or is overdue on `as_of`."""
    return or_(agreed.c.done_on.is_not(None), agreed.c.due_on < as_of)
