"""What a figure asks of the register: a filter of cases, what of theirs is counted, and what else must hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, not_, or_, select

from feedback_tui.desk.filters.case_filter import CaseFilter, Field, counted, lacking
from feedback_tui.desk.filters.case_filter_sql import of_the_case, shape_of, values_of
from feedback_tui.enums import ClosingReason, Kind, NotAccepted, Outcome, Status
from feedback_tui.reports.counting.counted_cases import (
    ACTION,
    CASE,
    EXTENSION,
    LEARNING,
    OMBUDSMAN,
    REMEDY,
    STAGE,
    stage,
)
from feedback_tui.reports.figure_rows import CLOSED_WITHOUT_OUTCOME, OPEN
from feedback_tui.rules.months import Span

Condition = ColumnElement[bool]
REVIEW = STAGE.alias("review")
FIRST = CASE.outerjoin(STAGE, stage(1))
"""Cases with their first stage."""


class Of(Enum):
    """What a figure counts: cases, or something that a case has several of."""

    CASES = "cases"
    REVIEWS = "reviews"
    APPROACHES = "approaches to the Ombudsman"
    REMEDIES = "redress"
    LEARNING = "points of learning"
    ACTIONS = "actions"
    EXTENSIONS = "extensions"

    @property
    def one(self) -> str:
        """The word for one of them."""
        ways = {"cases": "case", "reviews": "review", "actions": "action", "extensions": "extension"}
        return ways.get(self.value, self.value.replace("approaches", "approach").replace("points", "point"))

    @property
    def source(self) -> FromClause:
        """The cases, each once for whatever is counted."""
        match self:
            case Of.REVIEWS:
                return FIRST.join(REVIEW, and_(REVIEW.c.case_id == CASE.c.id, REVIEW.c.number == 2))
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
    """Which cases, or which things of theirs."""

    wanted: CaseFilter
    more: tuple[Condition, ...] = ()
    """What a filter has no word for: judged in time, investigated in either way. On the tables of `of`."""
    of: Of = Of.CASES

    def where(self, *more: Condition) -> Asked:
        """The same, where this holds too."""
        return replace(self, more=(*self.more, *more))

    def but(self, wanted: CaseFilter) -> Asked:
        """The same, of these cases only."""
        return replace(self, wanted=self.wanted & wanted)

    def each(self, of: Of) -> Asked:
        """The same cases, each as often as it has one of these."""
        return replace(self, of=of)

    def select(self, *columns: Any) -> Select[Any]:
        """The query for these columns of what is counted, restricted cases among them."""
        conditions = (*of_the_case(shape_of(self.wanted)), *self.more)
        return select(*columns).select_from(self.of.source).where(*conditions).params(values_of(self.wanted))


def feedback(span: Span) -> Asked:
    """Everything received in `span`, but what was logged in error."""
    return Asked(counted(received=span) & lacking(Field.STATUS, Status.VOID))


def of_kind(kind: Kind, span: Span) -> Asked:
    """Feedback of one kind."""
    return feedback(span).but(counted(kind=kind))


def anything() -> Asked:
    """Any case but one logged in error, whenever it was received."""
    return Asked(lacking(Field.STATUS, Status.VOID))


INVESTIGATED = or_(STAGE.c.investigation_started_on.is_not(None), STAGE.c.responded_on.is_not(None))
NOT_INVESTIGATED = and_(STAGE.c.investigation_started_on.is_(None), STAGE.c.responded_on.is_(None))
CLOSED = CASE.c.status == Status.CLOSED
WITHDRAWN = CASE.c.closing_reason == ClosingReason.WITHDRAWN


def ended(word: str, outcome: ColumnElement[Outcome | None] = STAGE.c.outcome) -> Condition:
    """Whether an investigation, or a review, ended with this outcome; or is open; or was closed without one."""
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
    """Whether a case was not accepted, for this reason; None: for a reason that is not on record."""
    why = CASE.c.not_accepted.is_(None) if word is None else CASE.c.not_accepted == NotAccepted(word)
    return and_(NOT_INVESTIGATED, CLOSED, CASE.c.closing_reason == ClosingReason.NOT_ACCEPTED, why)


def not_investigated_because(word: str) -> Condition:
    """Whether a case was closed, never investigated, for this reason, or with an outcome that says as much."""
    ways: list[Condition] = []
    if word in set(ClosingReason):
        ways.append(CASE.c.closing_reason == ClosingReason(word))
    if word in set(Outcome):
        ways.append(and_(CASE.c.closing_reason.is_(None), STAGE.c.outcome == Outcome(word)))
    return and_(NOT_INVESTIGATED, CLOSED, or_(*ways))
