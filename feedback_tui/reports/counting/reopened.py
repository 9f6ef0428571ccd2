"""The conditions that a case was reopened, and that it was answered since, for a query of cases with their stage 1."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, literal_column, or_, select

from feedback_tui.enums import StepKey
from feedback_tui.reports.counting.counted_cases import CASE, EVENT, STAGE

_REOPENING, _UNDOING, _ANY_STAGE = EVENT.alias("reopening"), EVENT.alias("undoing"), STAGE.alias("any_stage")


def reopened(as_of: date) -> ColumnElement[bool]:
    """The condition that a closed case was reopened by the day `as_of`, and that this was not undone.

    An imported case has no record of its steps: it was reopened if it was answered again.
    """
    waits = CASE.c.reopened_on <= as_of
    return or_(CASE.c.id.in_(_reopenings(as_of)), waits, _answered_again())


def answered_since(as_of: date) -> ColumnElement[bool]:
    """The condition that a case was answered after it was reopened: again, or, where it had been closed without an
    answer, at all."""
    first = _reopenings(as_of).join(_ANY_STAGE, _ANY_STAGE.c.case_id == _REOPENING.c.case_id)
    at_all = first.where(_ANY_STAGE.c.responded_on >= _REOPENING.c.happened_on)
    return or_(_answered_again(), and_(CASE.c.reopened_on.is_(None), CASE.c.id.in_(at_all)))


def _answered_again() -> ColumnElement[bool]:
    later = exists().where(_ANY_STAGE.c.case_id == CASE.c.id, _ANY_STAGE.c.answered_again_on.is_not(None))
    return or_(STAGE.c.answered_again_on.is_not(None), and_(CASE.c.stage_number > 1, later))


def _reopenings(as_of: date) -> Select[tuple[int]]:
    undone = exists().where(
        _UNDOING.c.case_id == _REOPENING.c.case_id,
        _UNDOING.c.step == StepKey.UNDO,
        _UNDOING.c.details["event"].as_integer() == _REOPENING.c.id,
    )
    # Written out, for the index of these events alone.
    step = _REOPENING.c.step == literal_column(f"'{StepKey.REOPEN.value}'")
    return select(_REOPENING.c.case_id).where(step, _REOPENING.c.happened_on <= as_of, ~undone)
