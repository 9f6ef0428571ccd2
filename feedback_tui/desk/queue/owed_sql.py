"""What is owed: the open deadlines, and which of them a case owes next.

It is found by the index of open deadlines and their dates: the cost grows with those and not with the register; that
of a page with its rows.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Subquery,
    Table,
    and_,
    bindparam,
    case,
    exists,
    literal,
    literal_column,
    not_,
    or_,
    select,
    tuple_,
)

from feedback_tui.desk.filters.case_filter_sql import Owed, Shape, names_deadlines, of_any_row, of_the_case
from feedback_tui.desk.queue.owed_kinds import ACKNOWLEDGEMENTS, AIMS, BESIDE, DUE_BY
from feedback_tui.desk.tables import CASE, CONTACT, DEADLINE, EVENT, REMEDY
from feedback_tui.enums import Contact, DeadlineKind, DeadlineState, Status, StepKey

K = DeadlineKind
TODAY, HORIZON = bindparam("today", type_=Date), bindparam("horizon", type_=Date)
"""The day it is, and the last day on which the end of the six months is in view."""


def open_deadlines() -> Subquery:
    """The open deadlines, as rows of the queue name them; `to_tell` of an aim that passed, while nobody was told."""
    kind = DEADLINE.c.kind.label("deadline")
    columns = [
        DEADLINE.c.id.label("deadline_id"),
        DEADLINE.c.case_id,
        kind,
        DEADLINE.c.due_on,
        DEADLINE.c.original_due_on,
        and_(_passed(DEADLINE.c.kind, DEADLINE.c.due_on), DEADLINE.c.told_on.is_(None), not_(_written())).label(
            "to_tell"
        ),
    ]
    return select(*columns).where(DEADLINE.c.state == DeadlineState.OPEN).subquery("owed")


def owed_next(owed: Subquery) -> ColumnElement[bool]:
    """The acknowledgement, then the response; the six months when in view; actions, redress, Ombudsman replies.

    A response is owed by its aim until that has passed, then by the soonest date that binds; and only once nothing
    comes before it. Beside these, whatever is due or late, of any kind; an aim that passed until they were told.
    """
    always = owed.c.deadline.in_((*ACKNOWLEDGEMENTS, *BESIDE))
    due = and_(owed.c.due_on <= TODAY, or_(not_(_passed(owed.c.deadline, owed.c.due_on)), owed.c.to_tell))
    ending = and_(owed.c.deadline == K.STATUTORY_LIMIT, owed.c.due_on <= HORIZON)
    response = and_(owed.c.deadline.in_((*AIMS, *DUE_BY)), not_(_comes_later(owed)))
    return or_(always, due, ending, response)


def _passed(kind: ColumnElement[Any], due_on: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether it is an aim that has passed."""
    return and_(kind.in_(AIMS), due_on < TODAY)


def _written() -> ColumnElement[bool]:
    """Whether a holding letter went out since a deadline was due: registers older than `told_on` say it so."""
    letter = CONTACT.alias("letter")
    of_the_case = and_(letter.c.case_id == DEADLINE.c.case_id, letter.c.contacted_on >= DEADLINE.c.due_on)
    return exists().where(of_the_case, letter.c.kind == Contact.HOLDING_LETTER)


def _comes_later(owed: Subquery) -> ColumnElement[bool]:
    """Whether the same case owes something before this. Asked for each row, so that a page stops at its last one."""
    other = DEADLINE.alias("other")
    before = _turn(other.c.kind, other.c.due_on, other.c.id) < _turn(owed.c.deadline, owed.c.due_on, owed.c.deadline_id)
    same_case = and_(other.c.case_id == owed.c.case_id, other.c.state == DeadlineState.OPEN)
    return exists().where(same_case, before)


def _turn(kind: ColumnElement[Any], due_on: ColumnElement[Any], number: ColumnElement[Any]) -> ColumnElement[Any]:
    """What a case owes first is least by this."""
    standing = case(
        (kind.in_(ACKNOWLEDGEMENTS), 0),
        (kind.in_(DUE_BY), 1),
        (and_(kind.in_(AIMS), due_on >= TODAY), 1),
        (kind.in_(AIMS), 2),
        else_=3,
    )
    return tuple_(standing, due_on, number)


def six_months_in_view(deadline: Table) -> ColumnElement[bool]:
    """Whether a deadline is the end of six months, and near."""
    return and_(deadline.c.kind == K.STATUTORY_LIMIT, deadline.c.due_on <= HORIZON)


def row_of(owed: FromClause) -> Owed:
    """A row of `owed` for the terms about it."""
    return Owed(owed.c.due_on, owed.c.deadline)


def on_cases(shape: Shape) -> list[ColumnElement[bool]]:
    """The conditions of a filter on cases as a whole.

    What is owed is looked for among the rows that the queue has for a case, or among all its open deadlines where the
    filter names kinds of them, and its redress without a date: one row must meet every term that is about it, and none
    may meet a negated one.
    """
    owed = open_deadlines()
    rows = select(owed.c.case_id)
    if not names_deadlines(shape):
        rows = rows.where(owed_next(owed))
    of_it = CASE.alias("of_it")
    redress = select(REMEDY.c.case_id).join_from(REMEDY, of_it, of_it.c.id == REMEDY.c.case_id)
    redress = redress.where(*redress_owed(of_it))
    must, may_not = of_any_row(shape, row_of(owed))
    of_redress, not_of_redress = of_any_row(shape, REDRESS)
    found = of_the_case(shape)
    if must:
        found.append(or_(CASE.c.id.in_(rows.where(*must)), CASE.c.id.in_(redress.where(*of_redress))))
    found += [CASE.c.id.not_in(rows.where(one)) for one in may_not]
    return found + [CASE.c.id.not_in(redress.where(one)) for one in not_of_redress]


REDRESS = Owed(literal(None, Date), literal(DeadlineKind.REMEDY, DEADLINE.c.kind.type))
"""Redress that has no date, as a row of the queue."""


def redress_owed(of_it: FromClause = CASE) -> list[ColumnElement[bool]]:
    """Whether redress without a date is owed, of a case as it is joined. The register (CSV) has no day on which redress
    was done: what came in with a case that had ended is not owed for that, unless redress was recorded on it since."""
    return [
        REMEDY.c.done_on.is_(None),
        REMEDY.c.due_on.is_(None),
        or_(not_(_happened(StepKey.IMPORT, Status.CLOSED)), _happened(StepKey.REDRESS)),
        of_it.c.status != Status.VOID,
        of_it.c.erased_on.is_(None),
    ]


def _happened(step: StepKey, to: Status | None = None) -> ColumnElement[bool]:
    """Whether a step was taken with the case of redress, leading to a status. Its words are written out: by them the
    database finds the index that holds those events alone."""
    event = EVENT.alias(f"{step}_event")
    led = () if to is None else (event.c.to_status == literal_column(f"'{to}'"),)
    taken = event.c.step == literal_column(f"'{step}'")
    return exists().where(event.c.case_id == REMEDY.c.case_id, taken, *led)
