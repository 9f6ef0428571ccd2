"""Counts approaches to the Ombudsman by the day received, and decisions by the day made."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, exists, func, or_, select
from sqlalchemy.engine import Connection

from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.enums import OmbudsmanDecision, StepKey
from feedback_tui.reports.counting.counted_cases import (
    ACTION,
    CASE,
    DEADLINE,
    EVENT,
    OMBUDSMAN,
    POINT,
    REMEDY,
    STAGE,
    counts_at_all,
    in_order,
    rows,
)
from feedback_tui.reports.counting.timeliness import how_many
from feedback_tui.reports.figure_rows import Agreed, Counts, Decided, Ombudsman, Within
from feedback_tui.rules.months import Span
from feedback_tui.rules.restricted_access import RESTRICTED

_EARLIER, _FIRST = OMBUDSMAN.alias("earlier"), STAGE.alias("first")
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


def received_by_procedure(connection: Connection, span: Span, *also: ColumnElement[bool]) -> dict[str | None, int]:
    """Counts approaches received in `span` about cases that fulfil `also`, by the procedure of their case."""
    there = select(CASE.c.procedure, func.count()).select_from(CASES_THERE)
    query = there.where(came_in(span), *also).group_by(CASE.c.procedure)
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
        select(CASE.c.id, record.id, record.summary, record.category, record.decision, record.agreed, open_to_reader())
        .select_from(CASES_THERE)
        .where(decided_in(span), record.decision.in_(taken_up))
        .order_by(record.decided_on, CASE.c.received_on, CASE.c.reference_key, record.position)
        .params(reader_value(reader))
    )
    found = rows(connection, query)
    about = _abouts(connection, span, taken_up)
    agreed = _agreed_by_record(connection, span, taken_up)
    return tuple(
        Decided(summary or category or about.get(case, ""), decision.value, words or "", agreed.get(which, Agreed()))
        if may_open
        else Decided(RESTRICTED, decision.value, RESTRICTED)
        for case, which, summary, category, decision, words, may_open in found
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


def _agreed_by_record(connection: Connection, span: Span, taken_up: list[OmbudsmanDecision]) -> dict[int, Agreed]:
    """Returns the redress and actions agreed with the Ombudsman, by the id of each record decided in `span`."""
    record = OMBUDSMAN.c

    def agreed(table: Table, *columns: ColumnElement[Any], by: tuple[ColumnElement[Any], ...] = ()) -> list[Any]:
        query = (
            select(record.id, *by, *columns)
            .select_from(CASES_THERE.join(table, table.c.case_id == CASE.c.id))
            .where(decided_in(span), record.decision.in_(taken_up), _agreed_in_record(table, span, taken_up))
            .group_by(record.id, *by)
            .order_by(record.id, *by)
        )
        return rows(connection, query)

    found: dict[int, Agreed] = {}
    for decided, kind, pence in agreed(REMEDY, func.sum(REMEDY.c.amount_pence), by=(REMEDY.c.kind,)):
        had = found.get(decided, Agreed())
        found[decided] = replace(had, remedies=(*had.remedies, (kind, int(pence or 0))))
    for decided, done, count in agreed(ACTION, func.count(ACTION.c.done_on), func.count()):
        found[decided] = replace(found.get(decided, Agreed()), actions=count, done=done)
    return found


def _compliance(connection: Connection, span: Span, as_of: date) -> Within:
    """Counts the actions and redress agreed with upheld decisions: done by the due date, and done or overdue."""

    def kept(agreed: Table) -> Within:
        query = (
            select(how_many(kept_in_time(agreed)), how_many(promise_judged(agreed, as_of)))
            .select_from(CASE.join(agreed, agreed.c.case_id == CASE.c.id))
            .where(counts_at_all(), agreed_with_upheld(agreed, span))
        )
        return Within(*rows(connection, query)[0])

    actions, remedies = kept(ACTION), kept(REMEDY)
    return Within(actions.within + remedies.within, actions.of + remedies.of)


def agreed_with_upheld(agreed: Table, span: Span) -> ColumnElement[bool]:
    """The condition that an action or redress with a due date was agreed with an upheld decision of `span`.

    The query has to select from CASE joined with `agreed`.
    """
    record, upheld = OMBUDSMAN.c, [OmbudsmanDecision.UPHELD]
    decided = and_(record.decided_on.between(span.start, span.end), record.decision.in_(upheld))
    return and_(
        agreed.c.due_on.is_not(None),
        # Said first and by itself, so that only the few cases with such a decision are looked at.
        agreed.c.case_id.in_(select(record.case_id).where(decided)),
        exists().where(record.case_id == agreed.c.case_id, decided, _agreed_in_record(agreed, span, upheld)),
    )


def _agreed_in_record(agreed: Table, span: Span, decisions: list[OmbudsmanDecision]) -> ColumnElement[bool]:
    """The condition that an action or redress was agreed with the Ombudsman in the record of the same row.

    Redress that names a record was agreed in that one. Anything else was if its dates say so (`_by_dates`). What the
    council gave before the Ombudsman wrote was never agreed with the Ombudsman, whatever it names.
    """
    record, by_dates = OMBUDSMAN.c, _by_dates(agreed, span, decisions)
    if agreed is not REMEDY:
        return by_dates
    came_on = func.coalesce(record.first_contact_on, record.query_on, record.received_on)
    named = and_(REMEDY.c.ombudsman_id == record.id, ~func.coalesce(REMEDY.c.done_on < came_on, False))
    # A register has no dates of redress: an imported row tells it from the council's own only by the action beside it.
    undated = and_(REMEDY.c.due_on.is_(None), REMEDY.c.done_on.is_(None), REMEDY.c.offered_on.is_(None))
    beside = exists().where(ACTION.c.case_id == record.case_id, _by_dates(ACTION, span, decisions))
    beside = beside.correlate_except(ACTION)
    since = func.coalesce(record.draft_decision_on, record.decided_on)
    offered_before = func.coalesce(REMEDY.c.offered_on < since, False)
    dated = or_(and_(by_dates, ~offered_before), and_(undated, _imported(REMEDY), beside))
    return or_(named, and_(REMEDY.c.ombudsman_id.is_(None), dated))


def _by_dates(agreed: Table, span: Span, decisions: list[OmbudsmanDecision]) -> ColumnElement[bool]:
    """The condition that an action or redress, by its dates, was agreed in the record of the same row.

    It is due on or after the day of the first such decision on the case (of its draft, if there was one), and nothing
    shows that it is older: it was not done before that day, nor was its due date set before it.
    """
    record, earlier = OMBUDSMAN.c, _EARLIER.c
    since = func.coalesce(record.draft_decision_on, record.decided_on)
    before = exists().where(
        earlier.case_id == record.case_id,
        earlier.decided_on.between(span.start, span.end),
        earlier.decision.in_(decisions),
        or_(
            earlier.decided_on < record.decided_on,
            and_(earlier.decided_on == record.decided_on, earlier.position < record.position),
        ),
    )
    done_before = func.coalesce(agreed.c.done_on < since, False)
    return and_(agreed.c.due_on >= since, ~done_before, ~before.correlate_except(_EARLIER), ~_set_before(agreed, since))


def _set_before(agreed: Table, since: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that the due date of an action or redress was set before the day `since`.

    Of an imported case that day is not known: a register has no column for it, and the import stores the day of the
    response.
    """
    due, first = DEADLINE.c, _FIRST.c
    belongs = due.action_id == agreed.c.id if agreed is ACTION else due.remedy_id == agreed.c.id
    not_known = exists().where(
        first.case_id == agreed.c.case_id,
        first.number == 1,
        due.counted_from == func.coalesce(first.responded_on, CASE.c.received_on),
        _imported(agreed),
    )
    not_known = not_known.correlate_except(_FIRST)
    return exists().where(belongs, due.counted_from < since, ~not_known).correlate_except(DEADLINE)


def _imported(agreed: Table) -> ColumnElement[bool]:
    """The condition that an import brought the case of an action or redress."""
    found = exists().where(EVENT.c.case_id == agreed.c.case_id, EVENT.c.step == StepKey.IMPORT)
    return found.correlate_except(EVENT)


def kept_in_time(agreed: Table) -> ColumnElement[bool]:
    """The condition that an action or redress was done by its due date."""
    return agreed.c.done_on <= agreed.c.due_on


def promise_judged(agreed: Table, as_of: date) -> ColumnElement[bool]:
    """The condition that an action or redress was done, or is overdue on `as_of`."""
    return or_(agreed.c.done_on.is_not(None), agreed.c.due_on < as_of)
