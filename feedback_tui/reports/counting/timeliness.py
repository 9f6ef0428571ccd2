"""Counts what was done in time: acknowledgements, and the first responses of each stage against aim and due date.

In time means by the original date of the deadline, inclusive, even if it was moved later. Deadlines superseded by
another procedure are not judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, extract, func, or_, select
from sqlalchemy.engine import Connection

from feedback_tui.enums import DeadlineKind, DeadlineState
from feedback_tui.reports.counting.average_days import days_taken
from feedback_tui.reports.counting.complaints import Procedures, every
from feedback_tui.reports.counting.counted_cases import CASE, DEADLINE, EXTENSION, STAGE, complaints, rows, stage
from feedback_tui.reports.counting.feedback import first_of, quarter_label
from feedback_tui.reports.figure_rows import Extended, Timeliness, Within
from feedback_tui.rules.months import Span, months_of

NOT_JUDGING = (DeadlineState.SUPERSEDED, DeadlineState.CANCELLED)


@dataclass(frozen=True)
class InTime:
    """How many were in time, and of how many, by procedure."""

    found: Mapping[str | None, Within]

    def of(self, which: Procedures = every) -> Within:
        """Returns the sum for the selected procedures."""
        some = [within for procedure, within in self.found.items() if which(procedure)]
        return Within(sum(one.within for one in some), sum(one.of for one in some))


def count_acknowledgements(connection: Connection, span: Span, as_of: date, *also: ColumnElement[bool]) -> InTime:
    """Counts complaint cases acknowledged by the original date, of those acknowledged or overdue.

    A response without an acknowledgement counts as one. A case is overdue if it was not acknowledged by the current due
    date, is past it on `as_of`, and was not closed before it passed.
    """
    judged = judged_acknowledgements(span, as_of, *also)
    query = select(
        judged.c.procedure,
        how_many(acknowledged_within(judged)),
        how_many(acknowledgement_judged(judged, as_of)),
    ).group_by(judged.c.procedure)
    return InTime({procedure: Within(within, of) for procedure, within, of in rows(connection, query)})


def acknowledged_within(judged: Subquery) -> ColumnElement[bool]:
    """The condition that a case was acknowledged or answered by the original date."""
    return judged.c.done_on <= judged.c.original


def acknowledgement_judged(judged: Subquery, as_of: date) -> ColumnElement[bool]:
    """The condition that a case was acknowledged or answered, or is overdue for it on `as_of`."""
    return or_(judged.c.done_on.is_not(None), and_(judged.c.due_on < judged.c.open_until, judged.c.due_on < as_of))


def judged_acknowledgements(span: Span, as_of: date, *also: ColumnElement[bool]) -> Subquery:
    """Selects one row for each complaint case: when it was acknowledged, and by when it should have been."""
    due = DEADLINE.c
    return (
        select(
            CASE.c.id,
            CASE.c.procedure,
            func.coalesce(CASE.c.acknowledged_on, STAGE.c.responded_on).label("done_on"),
            func.coalesce(CASE.c.closed_on, as_of).label("open_until"),
            func.min(due.original_due_on).label("original"),
            func.max(due.due_on).label("due_on"),
        )
        .select_from(
            CASE.outerjoin(STAGE, stage(1)).outerjoin(
                DEADLINE,
                and_(
                    due.case_id == CASE.c.id,
                    due.kind == DeadlineKind.ACKNOWLEDGEMENT,
                    due.state != DeadlineState.SUPERSEDED,
                ),
            )
        )
        .where(complaints(span, *also))
        .group_by(CASE.c.id, CASE.c.procedure, CASE.c.acknowledged_on, CASE.c.closed_on, STAGE.c.responded_on)
        .subquery()
    )


def count_extensions(connection: Connection, span: Span) -> Extended:
    """Counts complaint cases received in `span` with a stage 1 extension, and extensions told in time."""
    query = (
        select(func.count(CASE.c.id.distinct()), how_many(told_in_time()), func.count())
        .select_from(CASE.join(EXTENSION, EXTENSION.c.case_id == CASE.c.id))
        .where(complaints(span), EXTENSION.c.stage_number == 1)
    )
    cases, told, of = rows(connection, query)[0]
    return Extended(cases, Within(told, of))


def told_in_time() -> ColumnElement[bool]:
    """The condition that the complainant was told no later than the former due date."""
    return EXTENSION.c.told_on <= EXTENSION.c.extended_from


@dataclass(frozen=True)
class Days:
    """Responses of one procedure, to complaints of one month, that took the same number of working days."""

    procedure: str | None
    year: int
    month: int
    working_days: int | None
    responded: int
    within_target: int
    of_target: int
    within_limit: int
    of_limit: int
    within_extended: int


@dataclass(frozen=True)
class Responses:
    """The first responses of one stage to a span's complaint cases, by procedure, month of receipt and working days
    taken."""

    found: Sequence[Days]
    bands: tuple[int, ...]
    span: Span
    labels: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", band_labels(self.bands))

    def by_limit(self, which: Procedures = every) -> Within:
        """Returns how many of the selected procedures' responses were sent by the original limit, of those with one."""
        some = [days for days in self.found if which(days.procedure)]
        return Within(sum(days.within_limit for days in some), sum(days.of_limit for days in some))

    def as_extended(self, which: Procedures = every) -> int:
        """Returns how many of the selected procedures' responses were in time only as extended."""
        return sum(days.within_extended for days in self.found if which(days.procedure))

    def timeliness(self, which: Procedures = every) -> Timeliness:
        """Returns the figures of the selected procedures together."""
        some = [days for days in self.found if which(days.procedure)]
        months = {label: Counter[int]() for label in months_of(self.span)}
        for days in some:
            if days.working_days is not None:
                months[f"{days.year}-{days.month:02}"][days.working_days] += days.responded
        quarters: dict[str, Counter[int]] = {}
        for label, taken in months.items():
            quarters.setdefault(quarter_label(first_of(label), self.span), Counter()).update(taken)
        every_day = Counter[int]()
        for taken in quarters.values():
            every_day.update(taken)
        return Timeliness(
            responded=sum(days.responded for days in some),
            days=days_taken(every_day),
            within_target=sum(days.within_target for days in some),
            of_target=sum(days.of_target for days in some),
            within_limit=sum(days.within_limit for days in some),
            of_limit=sum(days.of_limit for days in some),
            within_extended=sum(days.within_extended for days in some),
            bands=self._banded(every_day),
            by_month={label: days_taken(taken) for label, taken in months.items()},
            by_quarter={label: days_taken(taken) for label, taken in quarters.items()},
        )

    def _banded(self, taken: Counter[int]) -> dict[str, int]:
        counts = dict.fromkeys(self.labels, 0)
        for working_days, count in taken.items():
            place = sum(1 for upper in self.bands if working_days > upper)
            counts[self.labels[place]] += count
        return counts


def count_responses(
    connection: Connection, span: Span, bands: tuple[int, ...], *also: ColumnElement[bool], number: int = 1
) -> Responses:
    """Counts the first responses of stage `number` to complaint cases received in `span`, whenever they were sent."""
    judged = judged_responses(span, *also, number=number)
    responded, target, limit = judged.c.responded_on, judged.c.target, judged.c.limit
    year, month = extract("year", judged.c.received_on), extract("month", judged.c.received_on)
    query = select(
        judged.c.procedure,
        year,
        month,
        judged.c.working_days_taken,
        func.count(),
        how_many(responded <= target),
        func.count(target),
        how_many(responded <= limit),
        func.count(limit),
        how_many(only_as_extended(judged, number)),
    ).group_by(judged.c.procedure, year, month, judged.c.working_days_taken)
    return Responses([Days(*row) for row in rows(connection, query)], bands, span)


def only_as_extended(judged: Subquery, number: int = 1) -> ColumnElement[bool]:
    """The condition that a response of stage `number` was late by the original aim or limit, but in time by the same
    date as extended."""
    responded = judged.c.responded_on
    # The last condition, so that it runs for the few late responses only.
    extended = exists().where(EXTENSION.c.case_id == judged.c.id, EXTENSION.c.stage_number == number)
    return and_(
        or_(
            and_(responded > judged.c.target, responded <= judged.c.target_extended),
            and_(responded > judged.c.limit, responded <= judged.c.limit_extended),
        ),
        extended,
    )


def days_by_procedure(connection: Connection, span: Span) -> dict[str | None, tuple[int, int]]:
    """Returns the working days of first responses to complaint cases received in `span`, by procedure: their sum, and
    how many responses have them on record.

    Procedures without such a response are left out.
    """
    query = (
        select(CASE.c.procedure, func.sum(STAGE.c.working_days_taken), func.count(STAGE.c.working_days_taken))
        .select_from(CASE.join(STAGE, stage(1)))
        .where(complaints(span), STAGE.c.responded_on.is_not(None))
        .group_by(CASE.c.procedure)
    )
    return {procedure: (int(total), count) for procedure, total, count in rows(connection, query) if count}


def band_labels(bands: tuple[int, ...]) -> tuple[str, ...]:
    """Returns the labels of response-time bands: (20, 30) gives ``0-20``, ``21-30``, ``31+``."""
    starts = (0, *(upper + 1 for upper in bands))
    return (*(f"{start}-{upper}" for start, upper in zip(starts, bands, strict=False)), f"{starts[-1]}+")


def how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """The number of rows that fulfil a condition; 0 rather than NULL without rows."""
    return func.count(case((condition, 1)))


def judged_responses(span: Span, *also: ColumnElement[bool], number: int = 1) -> Subquery:
    """Selects one row for each response of stage `number`: its date, its working days, and aim and limit, both original
    and current."""
    due = DEADLINE.c
    target, limit = (DeadlineKind(f"stage_{number}_{ending}") for ending in ("target", "limit"))

    def the(kind: DeadlineKind, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return case((due.kind == kind, column))

    facts = (CASE.c.id, CASE.c.procedure, CASE.c.received_on, STAGE.c.responded_on, STAGE.c.working_days_taken)
    return (
        select(
            *facts,
            func.min(the(target, due.original_due_on)).label("target"),
            func.max(the(target, due.due_on)).label("target_extended"),
            func.min(the(limit, due.original_due_on)).label("limit"),
            func.max(the(limit, due.due_on)).label("limit_extended"),
        )
        .select_from(
            CASE.join(STAGE, stage(number)).outerjoin(
                DEADLINE,
                and_(due.case_id == CASE.c.id, due.kind.in_((target, limit)), due.state.not_in(NOT_JUDGING)),
            )
        )
        .where(complaints(span, *also), CASE.c.stage_number >= number, STAGE.c.responded_on.is_not(None))
        .group_by(*facts)
        .subquery()
    )
