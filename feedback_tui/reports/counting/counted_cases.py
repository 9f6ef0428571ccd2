"""The conditions for which cases a span counts, and the tables.

A case belongs to the span in which it was received. Cases logged in error are not counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Executable, Table, and_, false, func, or_
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from feedback_tui.enums import Kind, Status
from feedback_tui.models import case, deadline, event, ombudsman, people, redress, register
from feedback_tui.reports.figure_rows import Counts
from feedback_tui.rules.months import Span


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


CASE = _table(case.Case)
STAGE = _table(case.Stage)
POINT = _table(case.ComplaintPoint)
DEADLINE = _table(deadline.Deadline)
EXTENSION = _table(deadline.Extension)
EVENT = _table(event.Event)
OMBUDSMAN = _table(ombudsman.OmbudsmanRecord)
PARTY = _table(people.Party)
REMEDY = _table(redress.Remedy)
LEARNING = _table(redress.Learning)
ACTION = _table(redress.Action)
TYPED = _table(register.TypedFigure)
WRITTEN = _table(register.YearText)


def counts_at_all() -> ColumnElement[bool]:
    """The condition that a case was not logged in error."""
    return CASE.c.status != Status.VOID


def received(span: Span) -> ColumnElement[bool]:
    """The condition that feedback of any kind was received in `span`; both end days count."""
    return and_(CASE.c.received_on.between(span.start, span.end), counts_at_all())


def of_kind(kind: Kind, span: Span) -> ColumnElement[bool]:
    """The condition for feedback of one kind received in `span`. A concern settled on the spot is not a complaint."""
    return and_(CASE.c.kind == kind, received(span))


def complaints(span: Span, *also: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition for complaint cases received in `span` that fulfil `also`."""
    return and_(of_kind(Kind.COMPLAINT, span), *also)


def under_versions(versions: Iterable[tuple[str, str]]) -> ColumnElement[bool]:
    """The condition that a case is under one of these versions of procedures: the key of each, and its name."""
    version = func.coalesce(CASE.c.procedure_version, "1")
    return or_(false(), *(and_(CASE.c.procedure == key, version == name) for key, name in versions))


STAGES = (1, 2)
"""The stages that a complaint can come to."""
LATER_STAGES = STAGES[1:]


def stage(number: int) -> ColumnElement[bool]:
    """The join condition of a case with one of its stages."""
    return and_(STAGE.c.case_id == CASE.c.id, STAGE.c.number == number)


def rows(connection: Connection, query: Executable) -> list[Any]:
    """Runs an aggregate query and returns its rows."""
    return list(connection.execute(query))


def by_size(counts: Iterable[tuple[str, int]]) -> Counts:
    """Returns counts of free text, largest first, then by name. Words that differ only in case are counted as one.

    The most frequent spelling is shown, so that the same cases give the same word in any database.
    """
    spellings: dict[str, dict[str, int]] = {}
    for word, count in counts:
        found = spellings.setdefault(word.casefold(), {})
        found[word] = found.get(word, 0) + count
    total = {chosen(found): sum(found.values()) for found in spellings.values()}
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0].casefold(), item[0])))


def chosen(spellings: dict[str, int]) -> str:
    """Returns the most frequent spelling; of equally frequent ones the first by name."""
    return min(spellings, key=lambda word: (-spellings[word], word))


def in_order(counts: dict[Any, int], order: Iterable[str]) -> Counts:
    """Returns counts of enum values in declared order, without zeros. Other words follow by name."""
    declared = [str(word) for word in order]
    ranked = {word: rank for rank, word in enumerate(declared)}
    found = {str(word): count for word, count in counts.items() if count}
    return dict(sorted(found.items(), key=lambda item: (ranked.get(item[0], len(declared)), item[0])))
