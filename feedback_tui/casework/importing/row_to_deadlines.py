"""Calculates the deadlines of an imported case: those that the verbs would have left."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Any

from feedback_tui.casework.case_deadlines import (
    counted_values,
    end_open,
    fixed_values,
    meet,
    move_responses,
    response_expected,
    responses_owed,
    settle,
    wanted_dates,
)
from feedback_tui.casework.extend import AS_EXTENDED
from feedback_tui.casework.ombudsman import counted_reply, reply_due
from feedback_tui.casework.respond import ANSWERED
from feedback_tui.enums import CountsFrom, DeadlineKind, DeadlineState, Kind, Unit
from feedback_tui.models.register_row import STAGE_COLUMNS, RegisterRow
from feedback_tui.rules.deadlines import Facts, StageDays
from feedback_tui.rules.procedures import Procedure, Version
from feedback_tui.rules.working_days import WorkingCalendar

K = DeadlineKind


@dataclass(slots=True)
class Due:
    """A deadline to be inserted. Creating a model instance would take thirty times as long."""

    kind: DeadlineKind
    state: DeadlineState
    counts_from: CountsFrom
    counted_from: date
    unit: Unit
    original_due_on: date
    due_on: date
    count: int | None = None
    rule: str = ""
    source: str = ""
    calendar: str = ""
    fixed_by_hand: bool = False
    met_on: date | None = None
    stage_number: int | None = None
    case_id: int | None = None
    action_id: int | None = None
    remedy_id: int | None = None
    ombudsman_id: int | None = None


@dataclass(slots=True)
class Dues:
    """The deadlines of one case, in the order in which its steps create them."""

    deadlines: list[Due] = field(default_factory=list)
    extended_from: date | None = None
    """The expected date of the response before it was extended; None if there was none."""


class Counting:
    """Counts deadlines, and caches them by procedure and dates."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar
        self._counted: dict[object, list[dict[str, Any]]] = {}

    def dues(self, row: RegisterRow, procedure: Procedure | None, version: Version | None) -> Dues:
        """Returns the deadlines of the case's stages after everything that the row records."""
        dues = Dues()
        if row.kind is not Kind.COMPLAINT:
            return dues
        self._cause(dues, procedure, version, Facts(row.received_on, row.acknowledged_on, row.received_on))
        if row.acknowledged_on is not None:
            meet(dues, (K.ACKNOWLEDGEMENT,), row.acknowledged_on)
        if row.extended_to is not None:
            self._extend(dues, row, row.extended_to)
        if row.responded_on is not None:
            meet(dues, ANSWERED, row.responded_on)
            end_open(dues)
        days: dict[int, StageDays] = {}
        for before, stage in pairwise(STAGE_COLUMNS):
            asked, answered = getattr(row, stage.began), getattr(row, stage.answered)
            if asked is None:
                break
            if getattr(row, before.skipped) is not None:
                _end_stage(dues, before.number)
            days = {**days, stage.number: StageDays(requested_on=asked)}
            self._cause(
                dues, procedure, version, Facts(row.received_on, row.acknowledged_on, row.received_on, stages=days)
            )
            if answered is not None:
                meet(dues, ANSWERED, answered)
                end_open(dues)
        if row.closed_on is not None:
            end_open(dues)
        return dues

    def _cause(self, dues: Dues, procedure: Procedure | None, version: Version | None, facts: Facts) -> None:
        there = {due.kind for due in dues.deadlines}
        # Hashing a Version is slow, so its name is used.
        key = (procedure.key if procedure else None, version.version if version else None, facts)
        counted = self._counted.get(key)
        if counted is None:
            counted = self._counted[key] = self._count(procedure, version, facts)
        dues.deadlines += [Due(**values) for values in counted if values["kind"] not in there]

    def _count(self, procedure: Procedure | None, version: Version | None, facts: Facts) -> list[dict[str, Any]]:
        under_2009 = procedure is not None and procedure.regulations_2009
        wanted = wanted_dates(version, facts, self._calendar, regulations_2009=under_2009)
        return [counted_values(due, self._calendar) for due in wanted.values()]

    def _extend(self, dues: Dues, row: RegisterRow, to: date) -> None:
        owed = responses_owed(dues)
        dues.extended_from = response_expected(owed)
        if dues.extended_from is not None and to <= dues.extended_from:
            return  # Counted elsewhere, their date was an earlier one: the date that the procedure gives stands.
        move_responses(owed, to)
        told_on = row.extension_told_on or row.received_on
        dues.deadlines.append(fixed(K.RESPONSE_PROMISED, to, told_on, AS_EXTENDED))


def _end_stage(dues: Dues, number: int) -> None:
    """Cancels the open deadlines of a stage that was skipped."""
    for due in dues.deadlines:
        if due.stage_number == number and due.state is DeadlineState.OPEN:
            due.state = DeadlineState.CANCELLED


_COLUMNS = tuple(each.name for each in fields(Due))
_values = attrgetter(*_COLUMNS)


def columns(due: Due) -> dict[str, Any]:
    """Returns a deadline as column values."""
    return dict(zip(_COLUMNS, _values(due), strict=True))


def fixed(kind: DeadlineKind, due_on: date, set_on: date, rule: str, done_on: date | None = None) -> Due:
    """Returns a deadline on a date that someone set; done on `done_on` unless that is None."""
    due = Due(**fixed_values(kind, due_on, set_on, rule))
    if done_on is not None:
        settle(due, done_on)
    return due


def reply_owed(row: RegisterRow, version: Version | None) -> Due | None:
    """Returns the deadline of the reply to the Ombudsman; None if no enquiry was received."""
    if row.ombudsman_received_on is None:
        return None
    due_on, days, source = reply_due(version, row.ombudsman_received_on)
    due = Due(
        kind=K.OMBUDSMAN_REPLY,
        state=DeadlineState.OPEN,
        **counted_reply(row.ombudsman_received_on, due_on, days, source),
    )
    if row.ombudsman_responded_on is not None:
        settle(due, row.ombudsman_responded_on)
    elif row.ombudsman_decision is not None:
        due.state = DeadlineState.CANCELLED
    return due
