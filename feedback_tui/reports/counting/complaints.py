"""Counts complaint cases and investigations, and cuts them by team, category, channel and other dimensions.

Everything is counted by procedure first. A case has at most one procedure, so counts of a group of procedures, and of
all, are sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, and_, case, func, or_, select
from sqlalchemy.engine import Connection

from feedback_tui.desk.filters.findings_sql import outcome_that_stands
from feedback_tui.enums import ClosingReason, NotAccepted, Outcome, Part, Role, Status
from feedback_tui.reports.counting.counted_cases import (
    CASE,
    PARTY,
    POINT,
    STAGE,
    by_size,
    chosen,
    complaints,
    in_order,
    rows,
    stage,
)
from feedback_tui.reports.counting.points import PATH, Words
from feedback_tui.reports.counting.reopened import answered_since, reopened
from feedback_tui.reports.figure_rows import CLOSED_WITHOUT_OUTCOME, OPEN, By, Counts, Cut
from feedback_tui.rules.findings import DECIDED, WELL_FOUNDED
from feedback_tui.rules.months import Span

Procedures = Callable[[str | None], bool]
"""A predicate that selects procedures; None stands for cases without a settled procedure."""

Columns = tuple[Column[Any], ...]
"""One column, or several joined to a path, such as category and sub-category."""


def every(procedure: str | None) -> bool:
    """Selects all procedures, and cases without one."""
    return True


@dataclass
class Tally:
    """Counts of the complaint cases under some procedures, by the result of stage 1."""

    cases: int = 0
    investigations: int = 0
    not_investigated: Counter[str] = field(default_factory=Counter)
    unexplained: int = 0
    refused: Counter[NotAccepted | None] = field(default_factory=Counter)
    """Cases not investigated because they were not accepted, by reason."""
    not_yet_investigated: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    well_founded: int = 0
    """Investigations whose final outcome, of the last stage that decided, is upheld or partly upheld."""
    reopened: int = 0
    answered_since: int = 0
    """Those reopened that were answered since."""
    next_stage_refused: int = 0
    """Cases for which Stage 2 was asked for and refused."""
    versions: Counter[str] = field(default_factory=Counter)
    """The cases by version of their procedure."""

    def add(self, other: Tally) -> None:
        self.cases += other.cases
        self.investigations += other.investigations
        self.not_investigated += other.not_investigated
        self.unexplained += other.unexplained
        self.refused += other.refused
        self.not_yet_investigated += other.not_yet_investigated
        self.outcomes += other.outcomes
        self.well_founded += other.well_founded
        self.reopened += other.reopened
        self.answered_since += other.answered_since
        self.next_stage_refused += other.next_stage_refused
        self.versions += other.versions

    @property
    def found_well(self) -> int:
        """Investigations upheld or partly upheld at stage 1."""
        return sum(self.outcomes[word.value] for word in WELL_FOUNDED)

    @property
    def findings(self) -> int:
        """Investigations found upheld, partly upheld or not upheld."""
        return sum(self.outcomes[word.value] for word in DECIDED)

    def outcome_counts(self) -> Counts:
        """Returns counts by outcome in their declared order; ``open`` is always included, last. They add up to
        `investigations`."""
        found = in_order(self.outcomes, [*Outcome, CLOSED_WITHOUT_OUTCOME])
        return {**{word: n for word, n in found.items() if word != OPEN}, OPEN: self.outcomes[OPEN]}

    def reasons(self) -> Counts:
        """Returns how many cases were not investigated, by reason in declared order."""
        return in_order(self.not_investigated, [*ClosingReason, *Outcome])

    def closed_uninvestigated(self) -> Cut:
        """Returns the cases closed without an investigation, by reason."""
        counts = self.reasons()
        return Cut(counts, sum(counts.values()) + self.unexplained, self.unexplained)

    def refusals(self) -> Cut:
        """Returns the cases not accepted, by reason in declared order."""
        given = {why.value: count for why, count in self.refused.items() if why is not None}
        return Cut(in_order(given, list(NotAccepted)), self.refused.total(), self.refused[None])


FIRST_VERSION = "1"
"""The version of a case that was recorded without one."""
Tallies = Mapping[str | None, Tally]


def together(tallies: Tallies, which: Procedures) -> Tally:
    """Returns the sum of the tallies of the selected procedures."""
    total = Tally()
    for procedure, tally in tallies.items():
        if which(procedure):
            total.add(tally)
    return total


def tally_complaints(
    connection: Connection, span: Span, as_of: date, *also: ColumnElement[bool]
) -> dict[str | None, Tally]:
    """Counts the complaint cases received in `span` that fulfil `also`, by procedure."""
    alike = (
        CASE.c.procedure,
        CASE.c.procedure_version,
        CASE.c.status,
        CASE.c.closing_reason,
        CASE.c.not_accepted,
        STAGE.c.outcome,
        STAGE.c.investigation_started_on.is_(None).label("not_started"),
        STAGE.c.responded_on.is_(None).label("not_answered"),
    )
    investigated = or_(STAGE.c.investigation_started_on.is_not(None), STAGE.c.responded_on.is_not(None))
    again = reopened(as_of)
    counts = (
        func.count(),
        _how_many(and_(investigated, outcome_that_stands(STAGE).in_(WELL_FOUNDED))),
        _how_many(again),
        _how_many(and_(again, answered_since(as_of))),
        func.count(STAGE.c.next_stage_refused_on),
    )
    query = (
        select(*alike, *counts)
        .select_from(CASE.outerjoin(STAGE, stage(1)))
        .where(complaints(span, *also))
        .group_by(*alike)
    )
    found: dict[str | None, Tally] = {}
    for procedure, version, status, reason, refused, outcome, not_started, not_answered, *numbers in rows(
        connection, query
    ):
        one = found.setdefault(procedure, Tally())
        count, well_founded, opened_again, since, next_refused = numbers
        one.cases += count
        one.versions[version or FIRST_VERSION] += count
        one.well_founded += well_founded
        one.reopened += opened_again
        one.answered_since += since
        one.next_stage_refused += next_refused
        closed = status is Status.CLOSED
        if not (not_started and not_answered):
            one.investigations += count
            one.outcomes[outcome_word(outcome, reason, closed)] += count
        elif not closed:
            one.not_yet_investigated += count
        elif (why := reason or outcome) is not None:
            one.not_investigated[why] += count
            if reason is ClosingReason.NOT_ACCEPTED:
                one.refused[refused] += count
        else:
            one.unexplained += count
    return found


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def tally_stage(
    connection: Connection, span: Span, number: int, *also: ColumnElement[bool]
) -> dict[str | None, Counter[str]]:
    """Counts the complaint cases received in `span` that fulfil `also` and came to a stage after the first, by
    procedure and outcome of that stage."""
    query = (
        select(CASE.c.procedure, CASE.c.status, CASE.c.closing_reason, STAGE.c.outcome, func.count())
        .select_from(CASE.join(STAGE, stage(number)))
        .where(complaints(span, *also), CASE.c.stage_number >= number)
        .group_by(CASE.c.procedure, CASE.c.status, CASE.c.closing_reason, STAGE.c.outcome)
    )
    found: dict[str | None, Counter[str]] = {}
    for procedure, status, reason, outcome, count in rows(connection, query):
        found.setdefault(procedure, Counter())[outcome_word(outcome, reason, status is Status.CLOSED)] += count
    return found


def outcome_word(outcome: Outcome | None, reason: ClosingReason | None, closed: bool) -> str:
    """Returns the outcome; without one: open, withdrawn if that is the closing reason, or closed without outcome."""
    if outcome is not None:
        return outcome.value
    if not closed:
        return OPEN
    return Outcome.WITHDRAWN.value if reason is ClosingReason.WITHDRAWN else CLOSED_WITHOUT_OUTCOME


@dataclass(frozen=True)
class Divided:
    """Cases divided by one dimension, still separate by procedure."""

    found: list[tuple[str | None, str, int]]
    """Triples of procedure, word, and how many cases have the word."""
    having: dict[str | None, int]
    """How many cases have any word, by procedure."""
    cases: Mapping[str | None, int]
    order: tuple[str, ...] = ()
    """The declared order of an enum. Empty for free text, which is ordered by count."""

    def cut(self, which: Procedures = every) -> Cut:
        """Returns the cut of the cases under the selected procedures."""
        counts = [(word, count) for procedure, word, count in self.found if which(procedure)]
        base = sum(count for procedure, count in self.cases.items() if which(procedure))
        having = sum(count for procedure, count in self.having.items() if which(procedure))
        return Cut(self._ordered(counts), base, base - having)

    def _ordered(self, counts: Iterable[tuple[str, int]]) -> Counts:
        if not self.order:
            return by_size(counts)
        total: Counter[str] = Counter()
        for word, count in counts:
            total[word] += count
        return in_order(total, self.order)


def divide_complaints(
    connection: Connection,
    span: Span,
    cases: Mapping[str | None, int],
    procedures: Iterable[str],
    about: Mapping[By, Words],
) -> dict[By, Divided]:
    """Divides the complaint cases received in `span` by each dimension. `about` has the divisions counted from
    points."""
    where = complaints(span)
    settled = [(procedure, count) for procedure, count in cases.items() if procedure is not None]
    found = {
        By.PROCEDURE: Divided(
            [(procedure, procedure, count) for procedure, count in settled],
            dict(settled),
            cases,
            tuple(procedures),
        )
    }
    for by, words in about.items():
        found[by] = Divided(words.found(), words.having, cases)
    found |= divide(connection, CASE, {By.CHANNEL: (CASE.c.channel,)}, where, cases)
    found |= divide(
        connection, complainants(), {By.CORRESPONDENT: (PARTY.c.role,)}, where, cases, order=tuple(map(str, Role))
    )
    return {by: found[by] for by in By}


def count_cuts(connection: Connection, span: Span) -> dict[str, Counts]:
    """Counts the complaint cases received in `span` by team, theme and channel, for the comparison of years."""
    pointed, where = CASE.join(POINT, POINT.c.case_id == CASE.c.id), complaints(span)
    asked: tuple[tuple[str, FromClause, Column[Any]], ...] = (
        ("team", pointed, POINT.c.team),
        ("theme", pointed, POINT.c.theme),
        ("channel", CASE, CASE.c.channel),
    )
    return {
        name: by_size(_words(connection, source, (column,), and_(where, column.is_not(None)), ()))
        for name, source, column in asked
    }


def complainants() -> FromClause:
    """Joins cases with the complainant's party."""
    return CASE.join(PARTY, and_(PARTY.c.case_id == CASE.c.id, PARTY.c.part == Part.COMPLAINANT))


def divide(
    connection: Connection,
    source: FromClause,
    things: Mapping[By, Columns],
    where: ColumnElement[bool],
    cases: Mapping[str | None, int],
    *,
    order: tuple[str, ...] = (),
) -> dict[By, Divided]:
    """Divides cases by each of `things`: one column, or several joined to a path ``a > b``.

    A case counts once under each of its words. It has a word if all columns of the thing are filled in one row of
    `source`. One query finds how many cases have a word for all things; each thing then takes one more.
    """
    with_one = [func.count(case((_filled(columns), CASE.c.id)).distinct()) for columns in things.values()]
    having = select(CASE.c.procedure, *with_one).select_from(source).where(where).group_by(CASE.c.procedure)
    with_any: dict[By, dict[str | None, int]] = {by: {} for by in things}
    for procedure, *counts in rows(connection, having):
        for by, count in zip(things, counts, strict=True):
            with_any[by][procedure] = count
    return {
        by: Divided(
            _words(connection, source, columns, and_(where, _filled(columns)), (CASE.c.procedure,)),
            with_any[by],
            cases,
            order,
        )
        for by, columns in things.items()
    }


def _filled(columns: Columns) -> ColumnElement[bool]:
    return and_(*(column.is_not(None) for column in columns))


def _words(
    connection: Connection,
    source: FromClause,
    columns: Columns,
    where: ColumnElement[bool],
    beside: tuple[Column[Any], ...],
) -> list[Any]:
    """Counts the cases with each word, as rows of the `beside` columns, the word and the count."""
    query = (
        select(*beside, *columns, func.count(CASE.c.id.distinct()))
        .select_from(source)
        .where(where)
        .group_by(*beside, *columns)
    )
    found = []
    spellings: dict[str, Counter[tuple[str, ...]]] = {}
    for *row, count in rows(connection, query):
        path = tuple(map(str, row[len(beside) :]))
        found.append((*row[: len(beside)], PATH.join(path), count))
        spellings.setdefault(PATH.join(path).casefold(), Counter())[path] += count
    doubled = [written for written in spellings.values() if len(written) > 1]
    return _as_one_word(connection, source, columns, where, beside, doubled) if doubled else found


def _as_one_word(
    connection: Connection,
    source: FromClause,
    columns: Columns,
    where: ColumnElement[bool],
    beside: tuple[Column[Any], ...],
    doubled: list[Counter[tuple[str, ...]]],
) -> list[Any]:
    """Counts again if a word has several spellings, so that a case with two of them still counts once."""
    ways = []
    for written in doubled:
        word = chosen({PATH.join(path): count for path, count in written.items()})
        for path in written:
            ways.append((and_(*(column == part for column, part in zip(columns, path, strict=True))), word))
    as_written: ColumnElement[str] = columns[0]
    for column in columns[1:]:
        as_written = as_written + PATH + column
    once = (
        select(CASE.c.id, *beside, case(*ways, else_=as_written).label("word"))
        .select_from(source)
        .where(where)
        .distinct()
        .subquery()
    )
    alongside = [once.c[column.name] for column in beside]
    query = select(*alongside, once.c.word, func.count()).group_by(*alongside, once.c.word)
    return rows(connection, query)
