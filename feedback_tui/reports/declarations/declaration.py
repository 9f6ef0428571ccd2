"""The classes for declared figures, which form a tree that is printed as JSON and searched for the cases behind a key.

A figure has a key (its path in ``summary --format json``), a label, a population and a predicate. Population and
predicate together are the query for the cases that it counts. The number itself is read from the counted rows
(`figure_rows`), or counted by that query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from feedback_tui.desk.filters.case_filter import EVERY, CaseFilter
from feedback_tui.reports.declarations.figure_query import Asked, Condition
from feedback_tui.reports.declarations.span_query import Asking
from feedback_tui.reports.figure_rows import Counts, Cut

Value = int | Decimal | None
Json = dict[str, Any]
Narrow = Callable[[Asking, Asked], Asked]
"""A predicate: narrows a query to the cases that a figure counts."""
NOT_RECORDED = "not_recorded"
"""The JSON key under which each division of a block has its number of cases without a word; it comes last."""


class Measure(Enum):
    """The kind of number of a figure. Only for counts can cases be listed."""

    COUNT = "count"
    SUM_OF_COUNTS = "sum of counts"
    AVERAGE = "average"
    SPREAD = "median, quartile, lowest or highest"
    RATE = "rate"
    AMOUNT = "amount of money"
    TYPED = "typed by the council"


class Dimension(Enum):
    """Whether the words of a division overlap."""

    PARTITION = "each is counted under one word at most"
    SEVERAL_VALUED = "each is counted once under every word that it has"


def where(*conditions: Condition) -> Narrow:
    """Returns a predicate with conditions that do not depend on the span."""
    return lambda asking, asked: asked.where(*conditions)


def _all(asking: Asking, asked: Asked) -> Asked:
    return asked


@dataclass(frozen=True, eq=False)
class Population:
    """The base of figures before any predicate, such as complaint cases received."""

    words: str
    query: Callable[[Asking], Asked | list[Asked]]
    """Returns one query, or several whose results are concatenated."""

    def asked(self, asking: Asking) -> list[Asked]:
        found = self.query(asking)
        return found if isinstance(found, list) else [found]


@dataclass(frozen=True, eq=False)
class Figure:
    """One number; `words` is its label."""

    key: str
    words: str
    of: Population | Figure | None = None
    """The figure or population that it is a part of; None if no cases of the span belong to it."""
    where: Narrow = _all
    value: Callable[[Any], Value] | None = None
    """Reads its number from the row of its block; None reads the attribute named by the key."""
    measure: Measure = Measure.COUNT
    by_query: bool = False
    """Whether it is counted by its own query instead of read from the row."""
    implies: bool = False
    """Whether the predicate implies that of the figure in `of`, which is then left out of the query."""
    in_json: bool = True
    printed: bool = True

    @property
    def lists_cases(self) -> bool:
        """Whether the cases behind it can be listed."""
        return self.measure is Measure.COUNT and self.of is not None

    @property
    def narrows_nothing(self) -> bool:
        """Whether it has no predicate of its own, so that it counts the same as the figure or population in `of`."""
        return self.where is _all

    def read(self, row: Any) -> Value:
        """Returns its number from the row of its block."""
        found: Value = self.value(row) if self.value is not None else getattr(row, self.key)
        return found

    def asked(self, asking: Asking) -> list[Asked]:
        """Returns the queries for the cases that it counts. Raises ValueError if it lists none."""
        if self.of is None or not self.lists_cases:
            raise ValueError(self.key)
        of = self.of.of if self.implies and isinstance(self.of, Figure) and self.of.of else self.of
        return [self.where(asking, one) for one in of.asked(asking)]


@dataclass(frozen=True, eq=False)
class Division:
    """A count for each word, such as cases by team. `words` is the table's title, `thing` the heading of the words."""

    key: str
    words: str
    of: Population | Figure | None
    thing: str
    where: Callable[[Asking, Asked, str], Asked] | None = None
    """The predicate for one word. Raises ValueError or KeyError for an unknown word."""
    counts: Callable[[Any], Cut | Mapping[str, Any]] | None = None
    """Reads its counts from the row of its block; None reads the attribute named by the key."""
    lacking: Narrow | None = None
    """The predicate for cases without a word; None if all have one."""
    nothing: str = "Not recorded"
    """The label for cases without a word."""
    one: str = ""
    """The noun for one word in a sentence; if empty, `thing` in lower case."""
    dimension: Dimension = Dimension.PARTITION
    measure: Measure = Measure.COUNT
    in_json: bool = True
    printed: bool = True

    @property
    def lists_cases(self) -> bool:
        """Whether the cases behind each count can be listed."""
        return self.measure is Measure.COUNT and self.where is not None

    def cut(self, row: Any) -> Cut:
        """Returns its counts, their base, and how many have no word."""
        found = self.counts(row) if self.counts is not None else getattr(row, self.key)
        return found if isinstance(found, Cut) else Cut(found, sum(found.values()), 0)

    def asked(self, asking: Asking, word: str | None) -> list[Asked]:
        """Returns the queries for the cases with this word; None means those without one. Raises
        ValueError, KeyError."""
        if self.of is None or self.where is None or (word is None and self.lacking is None):
            raise ValueError(self.key)
        found = []
        for one in self.of.asked(asking):
            found.append(self.where(asking, one, word) if word is not None else self.lacking(asking, one))  # type: ignore[misc]
        return found


@dataclass(frozen=True, eq=False)
class Crossed:
    """A count for each word of `first` and each word of `second` within it, such as outcomes by team."""

    key: str
    words: str
    first: Division
    second: Division
    counts: Callable[[Any], Mapping[str, Counts]]
    without: Callable[[Any], int] | None = None
    """Reads how many have no word of `first`; None if all have one."""
    in_json: bool = True
    printed: bool = True
    lists_cases: bool = True

    def asked(self, asking: Asking, words: str | None) -> list[Asked]:
        """Returns the queries for the cases of one count. `words` is a word of `first` and one of `second`, joined by a
        dot (``North.upheld``); None means all cases without a word of `first`, and raises ValueError if every case has
        one."""
        assert self.second.of is not None
        assert self.first.where is not None
        assert self.second.where is not None
        found = []
        for one in self.second.of.asked(asking):
            if words is None:
                if self.first.lacking is None or self.without is None:
                    raise ValueError(self.key)
                found.append(self.first.lacking(asking, one))
            else:
                first, _, second = words.rpartition(".")
                found.append(self.second.where(asking, self.first.where(asking, one, first), second))
        return found


@dataclass(frozen=True, eq=False)
class Plain:
    """A part of the JSON that is not a figure, such as text."""

    key: str
    value: Callable[[Any], Any]


@dataclass(frozen=True, eq=False)
class Block:
    """Members that are read from one row. Without a key they are merged into the block around it."""

    key: str
    row: Callable[[Any], Any]
    members: tuple[Member, ...]


@dataclass(frozen=True, eq=False)
class Each:
    """The same members for each of several names, such as each procedure or month."""

    key: str
    rows: Callable[[Any], Mapping[str, Any]]
    names: Callable[[Asking], Iterable[str]]
    """Returns all possible names."""
    scope: Callable[[Asking, str], CaseFilter]
    """Returns the filter for the cases of a name."""
    members: tuple[Member, ...]
    names_of: Division | None = None
    """The division whose words the names are; None if they are others, such as groups of procedures."""


Member = Figure | Division | Crossed | Plain | Block | Each


def everything(asking: Asking, name: str) -> CaseFilter:
    """The scope of all cases."""
    return EVERY


def as_json_object(members: Iterable[Member], row: Any, counted: Mapping[str, int], prefix: str = "") -> Json:
    """Returns the members as a JSON object. `counted` holds the figures counted by their own queries, by key."""
    found: Json = {}
    lacking: Json = {}
    for member in members:
        key = f"{prefix}{member.key}"
        match member:
            case Figure():
                if member.in_json:
                    found[member.key] = json_number(counted[key] if member.by_query else member.read(row))
            case Division():
                if member.in_json:
                    cut = member.cut(row)
                    found[member.key] = {word: json_number(value) for word, value in cut.counts.items()}
                    if member.lacking is not None:
                        lacking[member.key] = cut.without
            case Crossed():
                found[member.key] = {word: dict(counts) for word, counts in member.counts(row).items()}
                if member.without is not None:
                    lacking[member.key] = member.without(row)
            case Plain():
                found[member.key] = member.value(row)
            case Block():
                inside = as_json_object(member.members, member.row(row), counted, f"{key}." if member.key else prefix)
                found |= inside if not member.key else {member.key: inside}
            case Each():
                found[member.key] = {
                    name: None if one is None else as_json_object(member.members, one, counted, f"{key}.{name}.")
                    for name, one in member.rows(row).items()
                }
    return {**found, NOT_RECORDED: lacking} if lacking else found


def json_number(value: Value) -> float | int | None:
    """Returns a figure for JSON: an int for a whole number, else a float."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value.as_tuple().exponent == 0 else float(value)


def asked_by_key(members: Iterable[Member], key: str, asking: Asking) -> list[Asked]:
    """Returns the queries of the figure with this key. Raises KeyError or ValueError if there is none that lists cases.

    Words in a key come from the register and may contain a full stop. So they are at its end, or match a known name.
    """
    for member in members:
        rest = key.removeprefix(f"{member.key}.") if member.key else key
        if isinstance(member, Figure) and member.key == key:
            return member.asked(asking)
        if isinstance(member, Division | Crossed) and key == f"{NOT_RECORDED}.{member.key}":
            return member.asked(asking, None)
        if member.key and rest == key:
            continue
        match member:
            case Division() | Crossed():
                return member.asked(asking, rest)
            case Block():
                try:
                    return asked_by_key(member.members, rest, asking)
                except KeyError:
                    continue
            case Each():
                name = max((name for name in member.names(asking) if rest.startswith(f"{name}.")), key=len)
                scope = member.scope(asking, name)
                return asked_by_key(member.members, rest.removeprefix(f"{name}."), asking.within(scope))
            case _:
                continue
    raise KeyError(key)


def counted_by_query(
    members: Iterable[Member], row: Any, asking: Asking, prefix: str = ""
) -> Iterator[tuple[str, list[Asked]]]:
    """Yields each figure that is counted by its own query: its key and its queries."""
    for member in members:
        key = f"{prefix}{member.key}"
        match member:
            case Figure(by_query=True):
                yield key, member.asked(asking)
            case Block():
                inside = f"{key}." if member.key else prefix
                yield from counted_by_query(member.members, member.row(row), asking, inside)
            case Each() if _has_queries(member.members):
                for name, one in member.rows(row).items():
                    if one is not None:
                        there = asking.within(member.scope(asking, name))
                        yield from counted_by_query(member.members, one, there, f"{key}.{name}.")
            case _:
                continue


def _has_queries(members: Iterable[Member]) -> bool:
    return any(
        member.by_query
        if isinstance(member, Figure)
        else isinstance(member, Block | Each) and _has_queries(member.members)
        for member in members
    )


def scopes_of(
    members: Iterable[Member], row: Any, asking: Asking, prefix: str = ""
) -> Iterator[tuple[str, CaseFilter]]:
    """Yields the key of each name of an `Each` (``groups.statutory``) with the filter of its cases. Months and quarters
    within a name are left out, and names that are words of a division."""
    for member in members:
        match member:
            case Block():
                inside = f"{prefix}{member.key}." if member.key else prefix
                yield from scopes_of(member.members, member.row(row), asking, inside)
            case Each(names_of=None):
                for name, one in member.rows(row).items():
                    if one is not None:
                        yield f"{prefix}{member.key}.{name}", member.scope(asking, name)
            case _:
                continue
