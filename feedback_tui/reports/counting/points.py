"""Reads the points of a span's complaint cases, for all counts by team, category and so on.

Most cases have one point, and the database groups them. A case with several points counts once under each of its words,
so these cases are read one by one. Equal ones are grouped in memory up to a limit, so that memory does not grow with
the register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
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

Point = tuple[Any, ...]
"""The columns asked for of one point: team, provider, category, sub-category and theme, or fewer of them."""


@dataclass(frozen=True)
class Wanted:
    """What is read of each case: attributes `beside` its points, columns of the points `about` them, and what is added
    up over cases that are alike."""

    beside: tuple[ColumnElement[Any], ...]
    about: tuple[ColumnElement[Any], ...] = ABOUT
    sums: tuple[ColumnElement[Any], ...] = ()
    """A number of each case. For a case without one it is null."""
    with_stage: bool = False
    """Whether a column is of stage 1."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A group of `count` cases with equal points and attributes. Several groups may be equal."""

    beside: tuple[Any, ...]
    points: Collection[Point]
    count: int
    sums: Sequence[int] = ()


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
        self._add(beside, paths, count)

    def add_alike(self, alike: Mapping[tuple[Any, tuple[Any, ...]], int]) -> None:
        """Adds cases of one point: how many there are of each attribute and path of its columns."""
        for (beside, path), count in alike.items():
            if None not in path:
                self._add(beside, (tuple(map(str, path)),), count)

    def _add(self, beside: Any, paths: Collection[tuple[str, ...]], count: int) -> None:
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


def read_points(connection: Connection, span: Span, wanted: Wanted) -> Iterator[Alike]:
    """Yields groups of complaint cases received in `span` with their points. Cases without points are left out."""
    yield from _of_one_point(connection, span, wanted)
    yield from _of_several(connection, span, wanted)


def _of_one_point(connection: Connection, span: Span, wanted: Wanted) -> Iterator[Alike]:
    facts, points = len(wanted.beside), len(wanted.beside) + len(wanted.about)
    sums = (func.coalesce(func.sum(one), 0) for one in wanted.sums)
    grouped = (*wanted.beside, *wanted.about)
    query = _asked(span, wanted, *grouped, func.count(), *sums).where(~_several()).group_by(*grouped)
    for row in connection.execute(query, execution_options={"yield_per": AT_A_TIME}):
        read = tuple(row)
        yield Alike(read[:facts], (read[facts:points],), read[points], tuple(map(int, read[points + 1 :])))


def _of_several(connection: Connection, span: Span, wanted: Wanted) -> Iterator[Alike]:
    facts, sums = 1 + len(wanted.beside), 1 + len(wanted.beside) + len(wanted.sums)
    query = _asked(span, wanted, CASE.c.id, *wanted.beside, *wanted.sums, *wanted.about)
    read = connection.execute(query.where(_several()).order_by(CASE.c.id), execution_options={"yield_per": AT_A_TIME})
    held: dict[tuple[tuple[Any, ...], frozenset[Point]], list[int]] = {}
    for _, points in groupby(read, key=lambda row: row[0]):
        rows = [tuple(row) for row in points]
        alike = rows[0][1:facts], frozenset(row[sums:] for row in rows)
        numbers = held.setdefault(alike, [0] * (1 + len(wanted.sums)))
        numbers[0] += 1
        for place, number in enumerate(rows[0][facts:sums], start=1):
            numbers[place] += int(number or 0)
        if len(held) == HELD:
            yield from _counted(held)
            held.clear()
    yield from _counted(held)


def _counted(held: dict[tuple[tuple[Any, ...], frozenset[Point]], list[int]]) -> Iterator[Alike]:
    return (Alike(beside, points, count, sums) for (beside, points), (count, *sums) in held.items())


def _asked(span: Span, wanted: Wanted, *columns: Any) -> Select[Any]:
    source = CASE.join(POINT, POINT.c.case_id == CASE.c.id)
    if wanted.with_stage:
        source = source.outerjoin(STAGE, stage(1))
    return select(*columns).select_from(source).where(complaints(span))


def _several() -> Any:
    other = POINT.alias()
    return exists().where(and_(other.c.case_id == POINT.c.case_id, other.c.id != POINT.c.id))
