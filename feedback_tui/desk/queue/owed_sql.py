"""What is owed: the open deadlines, and which of them a case owes next.

They are found by the index of open deadlines and their dates. The cost grows with the number of open deadlines, not
with the register; the cost of a page grows with its rows.
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
from feedback_tui.desk.tables import CASE, CONTACT, DEADLINE, EVENT, EXTENSION, REMEDY
from feedback_tui.enums import Contact, DeadlineKind, DeadlineState, Status, StepKey

K = DeadlineKind
TODAY, HORIZON = bindparam("today", type_=Date), bindparam("horizon", type_=Date)
"""Today, and the last day on which the end of the six months is shown (`SIX_MONTHS_IN_VIEW` working days from
today)."""


def open_deadlines() -> Subquery:
    """Returns the open deadlines, with the queue's column names. `to_tell` marks a passed aim that nobody was told of.
    The end of the six months is not among them once a longer time was agreed (2009 Regulations, reg 14(3)): the
    response is owed by the date that was agreed."""
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
    agreed_longer = and_(DEADLINE.c.kind == K.STATUTORY_LIMIT, _agreed_past(DEADLINE))
    return select(*columns).where(DEADLINE.c.state == DeadlineState.OPEN, not_(agreed_longer)).subquery("owed")


def owed_next(owed: Subquery) -> ColumnElement[bool]:
    """Returns the condition for what a case owes next: the acknowledgement, else the response; the end of the six
    months if near; actions, redress and Ombudsman replies.

    The response is owed by its aim until that has passed, then by the earliest binding date. Besides, anything due
    today or late is owed, of any kind; a passed aim only until the complainant is told.
    """
    always = owed.c.deadline.in_((*ACKNOWLEDGEMENTS, *BESIDE))
    due = and_(owed.c.due_on <= TODAY, or_(not_(_passed(owed.c.deadline, owed.c.due_on)), owed.c.to_tell))
    ending = and_(owed.c.deadline == K.STATUTORY_LIMIT, owed.c.due_on <= HORIZON)
    response = and_(owed.c.deadline.in_((*AIMS, *DUE_BY)), not_(_comes_later(owed)))
    return or_(always, due, ending, response)


def _agreed_past(deadline: Table) -> ColumnElement[bool]:
    """Returns the condition that the complainant agreed to a date after this one."""
    of_the_case = EXTENSION.c.case_id == deadline.c.case_id
    return exists().where(of_the_case, EXTENSION.c.agreed, EXTENSION.c.extended_to > deadline.c.due_on)


def _passed(kind: ColumnElement[Any], due_on: ColumnElement[Any]) -> ColumnElement[bool]:
    """Returns the condition that this is an aim that has passed."""
    return and_(kind.in_(AIMS), due_on < TODAY)


def _written() -> ColumnElement[bool]:
    """Returns the condition that a holding letter was sent on or after the due day. Registers older than `told_on`
    record it this way."""
    letter = CONTACT.alias("letter")
    of_the_case = and_(letter.c.case_id == DEADLINE.c.case_id, letter.c.contacted_on >= DEADLINE.c.due_on)
    return exists().where(of_the_case, letter.c.kind == Contact.HOLDING_LETTER)


def _comes_later(owed: Subquery) -> ColumnElement[bool]:
    """Returns the condition that the same case owes something before this. It is tested row by row, so that a page
    stops at its last row."""
    other = DEADLINE.alias("other")
    before = _turn(other.c.kind, other.c.due_on, other.c.id) < _turn(owed.c.deadline, owed.c.due_on, owed.c.deadline_id)
    same_case = and_(other.c.case_id == owed.c.case_id, other.c.state == DeadlineState.OPEN)
    return exists().where(same_case, before)


def _turn(kind: ColumnElement[Any], due_on: ColumnElement[Any], number: ColumnElement[Any]) -> ColumnElement[Any]:
    """Returns a sort key by which the deadline that a case owes first has the smallest value."""
    standing = case(
        (kind.in_(ACKNOWLEDGEMENTS), 0),
        (kind.in_(DUE_BY), 1),
        (and_(kind.in_(AIMS), due_on >= TODAY), 1),
        (kind.in_(AIMS), 2),
        else_=3,
    )
    return tuple_(standing, due_on, number)


def six_months_in_view(deadline: Table) -> ColumnElement[bool]:
    """Returns the condition that a deadline is the end of the six months and near."""
    return and_(deadline.c.kind == K.STATUTORY_LIMIT, deadline.c.due_on <= HORIZON)


def row_of(owed: FromClause) -> Owed:
    """Returns the columns of `owed` for the filter terms about it."""
    return Owed(owed.c.due_on, owed.c.deadline)


def on_cases(shape: Shape) -> list[ColumnElement[bool]]:
    """Returns the conditions of a filter on cases as a whole.

    Terms about what is owed search the rows that the queue shows for a case, or all its open deadlines if the filter
    names kinds of deadline, and its redress without a date. One row must meet all such terms, and no row may meet a
    negated one.
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
"""The columns of a queue row for redress without a date."""


def redress_owed(of_it: FromClause = CASE) -> list[ColumnElement[bool]]:
    """Returns the conditions that redress without a date is owed. The register CSV has no day for redress done, so
    redress imported with a closed case is not owed, unless redress was recorded on it since."""
    return [
        REMEDY.c.done_on.is_(None),
        REMEDY.c.due_on.is_(None),
        or_(not_(_happened(StepKey.IMPORT, Status.CLOSED)), _happened(StepKey.REDRESS)),
        of_it.c.status != Status.VOID,
        of_it.c.erased_on.is_(None),
    ]


def _happened(step: StepKey, to: Status | None = None) -> ColumnElement[bool]:
    """Returns the condition that this step was taken with the case, leading to a status. The values are literals,
    because the database then uses the partial index of those events."""
    event = EVENT.alias(f"{step}_event")
    led = () if to is None else (event.c.to_status == literal_column(f"'{to}'"),)
    taken = event.c.step == literal_column(f"'{step}'")
    return exists().where(event.c.case_id == REMEDY.c.case_id, taken, *led)
