"""What a row of a list says of its case beside the case's own columns: whose it is, and what it waits for.

Asked for each row that is given, by the index of the table's case: a page stops at its last one.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from feedback_tui.desk.tables import CASE, DEADLINE, PARTY, PERSON
from feedback_tui.enums import DeadlineKind, DeadlineState, Part, Role, Status

ANONYMOUS = ""
"""The name of a complainant who is anonymous."""


def who() -> ColumnElement[Any]:
    """The complainant's name, else the customer's, else whoever is named; `ANONYMOUS`; none where no one is named.

    Whoever still has a part in the case comes before those who had one; of several, the one who came into it first.
    """
    return func.coalesce(_name(Part.COMPLAINANT), _name(Part.CUSTOMER), _name(None)).label("who")


def _name(part: Part | None) -> ColumnElement[Any]:
    """The first name of those who have this part, or ever had any. In the order of their numbers, as the index of a
    case's parties has them: nothing is sorted."""
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
    """The rule of the hold that a case is on, and the day to look at it again; none where it is on none."""
    deadline = DEADLINE.alias("hold")
    stands = (deadline.c.case_id == CASE.c.id, deadline.c.kind == DeadlineKind.REVIEW_HOLD)
    latest = (deadline.c.state != DeadlineState.OPEN, deadline.c.id.desc())

    def of_the_hold(column: ColumnElement[Any]) -> ColumnElement[Any]:
        found = select(column).where(*stands).order_by(*latest).limit(1).correlate(CASE).scalar_subquery()
        return case((CASE.c.status == Status.ON_HOLD, found))

    return of_the_hold(deadline.c.rule).label("hold_rule"), of_the_hold(deadline.c.due_on).label("hold_until")
