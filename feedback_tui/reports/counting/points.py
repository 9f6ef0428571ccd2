"""What complaints are about: the points of the cases of a span, read in one pass for all that is counted by them.

Most cases have one point: the database counts them by everything at once, and there are few ways to be alike. A case of
several points counts once under each of its words, so these cases are read one by one, and those that are alike are
counted together as far as they are held: a larger register takes no more memory.
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
"""Rows that are read at once."""
HELD = 5000
"""In how many ways the cases of several points that are held may differ."""

ABOUT = (POINT.c.team, POINT.c.provider, POINT.c.category, POINT.c.subcategory, POINT.c.theme)
TEAM, PROVIDER, CATEGORY, SUBCATEGORY, THEME = range(len(ABOUT))
INVESTIGATED = or_(STAGE.c.investigation_started_on.is_not(None), STAGE.c.responded_on.is_not(None))
BESIDE = (CASE.c.procedure, CASE.c.status, CASE.c.closing_reason, STAGE.c.outcome, INVESTIGATED)

Point = tuple[Any, ...]
"""Team, provider, category, sub-category and theme of one point."""
Way = tuple[str | None, Any, Any, Any, bool, frozenset[Point]]
"""In what cases are alike: what stands beside their points, and these."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Cases that have the same points, and the same beside them: `count` of them, not always all."""

    procedure: str | None
    status: Any
    reason: Any
    outcome: Any
    investigated: bool
    points: Collection[Point]
    count: int


@dataclass
class Words:
    """How many cases have each word, by what stands beside it. Words that differ in case alone are one word.

    It stands under the spelling that most cases have; a case that has two of them still counts once.
    """

    spellings: dict[str, Counter[tuple[str, ...]]] = field(default_factory=dict)
    counted: Counter[tuple[Any, str]] = field(default_factory=Counter)
    having: Counter[Any] = field(default_factory=Counter)
    """How many cases have any word, by what stands beside it."""

    def add(self, beside: Any, points: Collection[Point], columns: tuple[int, ...], count: int) -> None:
        """Counts `count` cases with these `points`; a word is all of `columns`, filled in one point."""
        paths = {tuple(str(point[column]) for column in columns) for point in points if _filled(point, columns)}
        if not paths:
            return
        self.having[beside] += count
        for path in paths:
            self.spellings.setdefault(PATH.join(path).casefold(), Counter())[path] += count
        for word in {PATH.join(path).casefold() for path in paths}:
            self.counted[beside, word] += count

    def found(self) -> list[tuple[Any, str, int]]:
        """What stands beside, the word, and how many cases."""
        standing = {
            word: chosen({PATH.join(path): count for path, count in sorted(paths.items())})
            for word, paths in self.spellings.items()
        }
        return [(beside, standing[word], count) for (beside, word), count in self.counted.items()]


def _filled(point: Point, columns: tuple[int, ...]) -> bool:
    return all(point[column] is not None for column in columns)


def read_points(connection: Connection, span: Span) -> Iterator[Alike]:
    """The points of the complaint cases received in `span`, as they are read; a case without any is not there."""
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
