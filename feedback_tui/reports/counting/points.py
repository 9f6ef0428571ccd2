"""Reads the points of a span's complaint cases in one pass, for all counts by team, category and so on.

Most cases have one point, and the database groups them. A case with several points counts once under each of its words,
so these cases are read one by one. Equal ones are grouped in memory up to a limit, so that memory does not grow with
the register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.engine import Connection

from feedback_tui.reports.counting.counted_cases import CASE, POINT, STAGE, chosen, complaints, stage
from feedback_tui.rules.months import Span

PATH = " > "
AT_A_TIME = 1000
"""How many rows are read at once."""
HELD = 5000
"""How many different groups of cases are held in memory at most."""

ABOUT = (POINT.c.team, POINT.c.provider, POINT.c.category, POINT.c.subcategory, POINT.c.theme)
TEAM, PROVIDER, CATEGORY, SUBCATEGORY, THEME = range(len(ABOUT))
INVESTIGATED = or_(STAGE.c.investigation_started_on.is_not(None), STAGE.c.responded_on.is_not(None))
BESIDE = (CASE.c.procedure, CASE.c.status, CASE.c.closing_reason, STAGE.c.outcome, INVESTIGATED)

Point = tuple[Any, ...]
"""Team, provider, category, sub-category and theme of one point."""
Way = tuple[str | None, Any, Any, Any, bool, frozenset[Point]]
"""What cases of one group share: procedure, status, closing reason, outcome, whether investigated, and points."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A group of `count` cases with equal points and attributes. Several groups may be equal."""

    procedure: str | None
    status: Any
    reason: Any
    outcome: Any
    investigated: bool
    points: Collection[Point]
    count: int


@dataclass
class Words:
    """Counts cases by word and by an attribute `beside` it. Words that differ only in case are one word.

    The most frequent spelling is shown; a case with two spellings of a word counts once.
    """

    spellings: dict[str, Counter[tuple[str, ...]]] = field(default_factory=dict)
    counted: Counter[tuple[Any, str]] = field(default_factory=Counter)
    having: Counter[Any] = field(default_factory=Counter)
    """How many cases have any word, by the attribute."""

    def add(self, beside: Any, points: Collection[Point], columns: tuple[int, ...], count: int) -> None:
        """Adds `count` cases with these `points`. A word consists of all `columns`, filled in one point."""
        paths = {tuple(str(point[column]) for column in columns) for point in points if _filled(point, columns)}
        if not paths:
            return
        self.having[beside] += count
        for path in paths:
            self.spellings.setdefault(PATH.join(path).casefold(), Counter())[path] += count
        for word in {PATH.join(path).casefold() for path in paths}:
            self.counted[beside, word] += count

    def found(self) -> list[tuple[Any, str, int]]:
        """Returns triples of the attribute, the word and the number of cases."""
        standing = {
            word: chosen({PATH.join(path): count for path, count in sorted(paths.items())})
            for word, paths in self.spellings.items()
        }
        return [(beside, standing[word], count) for (beside, word), count in self.counted.items()]


def _filled(point: Point, columns: tuple[int, ...]) -> bool:
    return all(point[column] is not None for column in columns)


def read_points(connection: Connection, span: Span) -> Iterator[Alike]:
    """Yields groups of complaint cases received in `span` with their points. Cases without points are left out."""
    yield from _of_one_point(connection, span)
    yield from _of_several(connection, span)


def _of_one_point(connection: Connection, span: Span) -> Iterator[Alike]:
    query = _asked(span, *BESIDE, *ABOUT, func.count()).where(~_several()).group_by(*BESIDE, *ABOUT)
    for *facts, count in connection.execute(query, execution_options={"yield_per": AT_A_TIME}):
        yield Alike(*_beside(facts), (tuple(facts[len(BESIDE) :]),), count)


def _of_several(connection: Connection, span: Span) -> Iterator[Alike]:
    query = _asked(span, CASE.c.id, *BESIDE, *ABOUT).where(_several()).order_by(CASE.c.id)
    read = connection.execute(query, execution_options={"yield_per": AT_A_TIME})
    held: Counter[Way] = Counter()
    for _, points in groupby(read, key=lambda row: row[0]):
        facts = [tuple(row)[1:] for row in points]
        held[(*_beside(facts[0]), frozenset(point[len(BESIDE) :] for point in facts))] += 1
        if len(held) == HELD:
            yield from _counted(held)
            held.clear()
    yield from _counted(held)


def _counted(held: Counter[Way]) -> Iterator[Alike]:
    return (Alike(*alike, count) for alike, count in held.items())


def _beside(facts: Any) -> tuple[str | None, Any, Any, Any, bool]:
    procedure, status, reason, outcome, investigated = facts[: len(BESIDE)]
    return procedure, status, reason, outcome, bool(investigated)


def _asked(span: Span, *columns: Any) -> Select[Any]:
    source = CASE.join(POINT, POINT.c.case_id == CASE.c.id).outerjoin(STAGE, stage(1))
    return select(*columns).select_from(source).where(complaints(span))


def _several() -> Any:
    other = POINT.alias()
    return exists().where(and_(other.c.case_id == POINT.c.case_id, other.c.id != POINT.c.id))
