"""What a list row shows of its case besides the case's own columns: whose it is, and its hold.

These are subqueries for each row, using the tables' index by case, so that a page stops at its last row.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from feedback_tui.desk.tables import CASE, DEADLINE, PARTY, PERSON
from feedback_tui.enums import DeadlineKind, DeadlineState, Part, Role, Status

ANONYMOUS = ""
"""The name returned for an anonymous complainant."""


def who() -> ColumnElement[Any]:
    """Returns the name of the complainant, else of the customer, else of anyone named; `ANONYMOUS`; NULL if no one is
    named.

    People still in the case come before those who left it; of several, the first who was added.
    """
    return func.coalesce(_name(Part.COMPLAINANT), _name(Part.CUSTOMER), _name(None)).label("who")


def _name(part: Part | None) -> ColumnElement[Any]:
    """Returns the first name among those with this part, or with None among all. In the order of their ids, which is
    that of the index, so nothing is sorted."""
    called = "anyone" if part is None else part
    party, person = PARTY.alias(f"{called}_party"), PERSON.alias(f"{called}_person")
    anonymous = party.c.role == Role.ANONYMOUS
    has_it = () if part is None else (party.c.part == part, party.c.ended_on.is_(None))
    return (
        select(case((anonymous, ANONYMOUS), else_=person.c.name))
        .select_from(party.outerjoin(person, person.c.id == party.c.person_id))
        .where(party.c.case_id == CASE.c.id, *has_it, or_(anonymous, person.c.name != ""))
        .order_by(party.c.id)
        .limit(1)
        .correlate(CASE)
        .scalar_subquery()
    )


def hold() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Returns the rule of the case's hold and the day to review it; NULL if it is not on hold."""
    deadline = DEADLINE.alias("hold")
    stands = (deadline.c.case_id == CASE.c.id, deadline.c.kind == DeadlineKind.REVIEW_HOLD)
    latest = (deadline.c.state != DeadlineState.OPEN, deadline.c.id.desc())

    def of_the_hold(column: ColumnElement[Any]) -> ColumnElement[Any]:
        found = select(column).where(*stands).order_by(*latest).limit(1).correlate(CASE).scalar_subquery()
        return case((CASE.c.status == Status.ON_HOLD, found))

    return of_the_hold(deadline.c.rule).label("hold_rule"), of_the_hold(deadline.c.due_on).label("hold_until")
