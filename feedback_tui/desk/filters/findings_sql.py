"""The finding and outcome of a case that count, in SQL: those of the highest stage that decided, else of stage 1."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, case, func, or_, select

from feedback_tui.desk.tables import CASE, STAGE, STAGE_FINDING
from feedback_tui.rules.findings import DECIDED


def outcome_that_stands(first: FromClause) -> ColumnElement[Any]:
    """Returns the outcome that counts: of the highest answered stage with a decision, else of stage 1.

    `first` is the stage table as joined by the query for stage 1. For a case that never left stage 1, no other row is
    read.
    """
    later = STAGE.alias("later")
    decided = (
        select(later.c.outcome)
        .where(
            later.c.case_id == CASE.c.id,
            later.c.outcome.in_(DECIDED),
            or_(later.c.number == 1, later.c.responded_on.is_not(None)),
        )
        .order_by(later.c.number.desc())
        .limit(1)
        .correlate(CASE)
        .scalar_subquery()
    )
    return case((CASE.c.stage_number > 1, func.coalesce(decided, first.c.outcome)), else_=first.c.outcome)


def finding_that_stands(point: FromClause) -> ColumnElement[Any]:
    """Returns the finding that counts for a point: of the highest stage that decided it, else of stage 1."""
    later = STAGE_FINDING.alias("later_finding")
    decided = (
        select(later.c.finding)
        .where(
            later.c.case_id == point.c.case_id,
            later.c.point_position == point.c.position,
            later.c.finding.in_(DECIDED),
        )
        .order_by(later.c.stage_number.desc())
        .limit(1)
        .correlate(point)
        .scalar_subquery()
    )
    return func.coalesce(decided, point.c.finding)
