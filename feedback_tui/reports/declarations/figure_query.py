"""The query of a figure: a filter of cases, the rows that are counted, and further conditions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, not_, or_, select, true

from feedback_tui.desk.filters.case_filter import CaseFilter, Field, counted, lacking
from feedback_tui.desk.filters.case_filter_sql import of_the_case, shape_of, values_of
from feedback_tui.enums import ClosingReason, Kind, NotAccepted, Outcome, Status
from feedback_tui.reports.counting.counted_cases import (
    ACTION,
    CASE,
    EXTENSION,
    LATER_STAGES,
    LEARNING,
    OMBUDSMAN,
    REMEDY,
    STAGE,
    stage,
)
from feedback_tui.reports.figure_rows import CLOSED_WITHOUT_OUTCOME, OPEN
from feedback_tui.rules.months import Span

Condition = ColumnElement[bool]
_LATER = {number: STAGE.alias(f"stage_{number}") for number in LATER_STAGES}
FIRST = CASE.outerjoin(STAGE, stage(1))
"""Cases with their stage 1."""


class Of(Enum):
    """What a figure counts: cases, or rows of which a case may have several."""

    CASES = "cases"
    APPROACHES = "approaches to the Ombudsman"
    REMEDIES = "redress"
    LEARNING = "points of learning"
    ACTIONS = "actions"
    EXTENSIONS = "extensions"

    @property
    def one(self) -> str:
        """The singular noun."""
        ways = {"cases": "case", "actions": "action", "extensions": "extension"}
        return ways.get(self.value, self.value.replace("approaches", "approach").replace("points", "point"))

    @property
    def source(self) -> FromClause:
        """The tables to select from, with one row for each item that is counted."""
        match self:
            case Of.APPROACHES:
                return FIRST.join(OMBUDSMAN, OMBUDSMAN.c.case_id == CASE.c.id)
            case Of.REMEDIES:
                return FIRST.join(REMEDY, REMEDY.c.case_id == CASE.c.id)
            case Of.LEARNING:
                return FIRST.join(LEARNING, LEARNING.c.case_id == CASE.c.id)
            case Of.ACTIONS:
                return FIRST.join(ACTION, ACTION.c.case_id == CASE.c.id)
            case Of.EXTENSIONS:
                return FIRST.join(EXTENSION, and_(EXTENSION.c.case_id == CASE.c.id, EXTENSION.c.stage_number == 1))
            case _:
                return FIRST


@dataclass(frozen=True)
class Asked:
    """A query for cases, or for rows that belong to cases."""

    wanted: CaseFilter
    more: tuple[Condition, ...] = ()
    """Conditions that a filter cannot express, such as being judged in time; on the tables of `of`."""
    of: Of = Of.CASES

    def where(self, *more: Condition) -> Asked:
        """Returns the query with these conditions added."""
        return replace(self, more=(*self.more, *more))

    def but(self, wanted: CaseFilter) -> Asked:
        """Returns the query narrowed to the cases of `wanted`."""
        return replace(self, wanted=self.wanted & wanted)

    def each(self, of: Of) -> Asked:
        """Returns the query for the rows `of` that belong to the same cases."""
        return replace(self, of=of)

    def select(self, *columns: Any) -> Select[Any]:
        """Returns the SELECT of these columns, including restricted cases."""
        conditions = (*of_the_case(shape_of(self.wanted)), *self.more)
        return select(*columns).select_from(self.of.source).where(*conditions).params(values_of(self.wanted))


def feedback(span: Span) -> Asked:
    """Returns the query for all feedback received in `span` except what was logged in error."""
    return Asked(counted(received=span) & lacking(Field.STATUS, Status.VOID))


def of_kind(kind: Kind, span: Span) -> Asked:
    """Returns the query for feedback of one kind received in `span`."""
    return feedback(span).but(counted(kind=kind))


def anything() -> Asked:
    """Returns the query for all cases except those logged in error, whenever received."""
    return Asked(lacking(Field.STATUS, Status.VOID))


INVESTIGATED = or_(STAGE.c.investigation_started_on.is_not(None), STAGE.c.responded_on.is_not(None))
NOT_INVESTIGATED = and_(STAGE.c.investigation_started_on.is_(None), STAGE.c.responded_on.is_(None))
CLOSED = CASE.c.status == Status.CLOSED
WITHDRAWN = CASE.c.closing_reason == ClosingReason.WITHDRAWN


def column_of(number: int, name: str) -> ColumnElement[Any]:
    """A column of the row of a stage, for a condition of `at_stage`."""
    found: ColumnElement[Any] = _LATER.get(number, STAGE).c[name]
    return found


def at_stage(number: int, *conditions: Condition) -> Condition:
    """The condition that a case came to a stage, and that its row there (`column_of`) fulfils these conditions."""
    if number not in _LATER:
        return and_(true(), *conditions)
    later = _LATER[number]
    return exists().where(later.c.case_id == CASE.c.id, later.c.number == number, *conditions)


def ended(word: str, outcome: ColumnElement[Outcome | None] = STAGE.c.outcome) -> Condition:
    """The condition that a stage ended with this outcome, is open, or was closed without one, as `word` says."""
    none = outcome.is_(None)
    match word:
        case _ if word == OPEN:
            return and_(none, not_(CLOSED))
        case _ if word == CLOSED_WITHOUT_OUTCOME:
            return and_(none, CLOSED, or_(CASE.c.closing_reason.is_(None), not_(WITHDRAWN)))
        case Outcome.WITHDRAWN:
            return or_(outcome == Outcome.WITHDRAWN, and_(none, CLOSED, WITHDRAWN))
        case _:
            return outcome == Outcome(word)


def refused(word: str | None) -> Condition:
    """The condition that a case was not accepted for this reason; None means without a recorded reason."""
    why = CASE.c.not_accepted.is_(None) if word is None else CASE.c.not_accepted == NotAccepted(word)
    return and_(NOT_INVESTIGATED, CLOSED, CASE.c.closing_reason == ClosingReason.NOT_ACCEPTED, why)


def not_investigated_because(word: str) -> Condition:
    """The condition that a case was closed without an investigation, with this closing reason, or with this outcome and
    no reason."""
    ways: list[Condition] = []
    if word in set(ClosingReason):
        ways.append(CASE.c.closing_reason == ClosingReason(word))
    if word in set(Outcome):
        ways.append(and_(CASE.c.closing_reason.is_(None), STAGE.c.outcome == Outcome(word)))
    return and_(NOT_INVESTIGATED, CLOSED, or_(*ways))
