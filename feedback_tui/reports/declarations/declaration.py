"""What a declared figure is, and a tree of them: read as JSON, and searched for the cases behind a key.

A figure has a key (its path in ``summary --format json``), words, a population that it is of, and a predicate that
picks from it: population and predicate together are the query for the cases that it counts. The number itself is read
from the counted rows (`figure_rows`), or counted by that same query.
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
"""A predicate: of these cases, those that a figure counts."""
NOT_RECORDED = "not_recorded"
"""The object that holds, for each division around it, the number without a word; it comes last."""


class Measure(Enum):
    """What kind of number a figure is. Only a count lists cases."""

    COUNT = "count"
    SUM_OF_COUNTS = "sum of counts"
    AVERAGE = "average"
    SPREAD = "median, quartile, lowest or highest"
    RATE = "rate"
    AMOUNT = "amount of money"
    TYPED = "typed by the council"


class Dimension(Enum):
    """How the words of a division share its population."""

    PARTITION = "each is counted under one word at most"
    SEVERAL_VALUED = "each is counted once under every word that it has"


def where(*conditions: Condition) -> Narrow:
    """The predicate of a condition that is the same for every report."""
    return lambda asking, asked: asked.where(*conditions)


def _all(asking: Asking, asked: Asked) -> Asked:
    return asked


@dataclass(frozen=True, eq=False)
class Population:
    """What figures are of, before any predicate: complaint cases received, actions."""

    words: str
    query: Callable[[Asking], Asked | list[Asked]]
    """One query, or several whose results follow each other."""

    def asked(self, asking: Asking) -> list[Asked]:
        found = self.query(asking)
        return found if isinstance(found, list) else [found]


@dataclass(frozen=True, eq=False)
class Figure:
    """One number. `words` are its label."""

    key: str
    words: str
    of: Population | Figure | None = None
    """What it is a part of; None: no case of this span stands behind it."""
    where: Narrow = _all
    value: Callable[[Any], Value] | None = None
    """Its number, from the row of its block; None: the row's attribute of the figure's key."""
    measure: Measure = Measure.COUNT
    by_query: bool = False
    """Counted with one query, by its population and predicate, instead of being read from the row."""
    implies: bool = False
    """Whether the predicate can hold only where that of the figure it is of does: then that one is not asked again."""
    in_json: bool = True
    printed: bool = True

    @property
    def lists_cases(self) -> bool:
        """Whether the cases behind it can be listed."""
        return self.measure is Measure.COUNT and self.of is not None

    def read(self, row: Any) -> Value:
        """Its number in a row of its block."""
        found: Value = self.value(row) if self.value is not None else getattr(row, self.key)
        return found

    def asked(self, asking: Asking) -> list[Asked]:
        """The cases that it counts. Raises ValueError for a figure that lists none."""
        if self.of is None or not self.lists_cases:
            raise ValueError(self.key)
        of = self.of.of if self.implies and isinstance(self.of, Figure) and self.of.of else self.of
        return [self.where(asking, one) for one in of.asked(asking)]


@dataclass(frozen=True, eq=False)
class Division:
    """A count for each word: cases by team. `words` are the title of its table, `thing` the heading of its words."""

    key: str
    words: str
    of: Population | Figure | None
    thing: str
    where: Callable[[Asking, Asked, str], Asked] | None = None
    """The predicate of one word. Raises ValueError or KeyError for what is no word of it."""
    counts: Callable[[Any], Cut | Mapping[str, Any]] | None = None
    """Its counts, from the row of its block; None: the row's attribute of the division's key."""
    lacking: Narrow | None = None
    """The predicate of what has no word; None where everything has one."""
    nothing: str = "Not recorded"
    """The label of the line for what has no word."""
    one: str = ""
    """What one word is called in a sentence; empty: `thing`, in small letters."""
    dimension: Dimension = Dimension.PARTITION
    measure: Measure = Measure.COUNT
    in_json: bool = True
    printed: bool = True

    @property
    def lists_cases(self) -> bool:
        """Whether the cases behind each count can be listed."""
        return self.measure is Measure.COUNT and self.where is not None

    def cut(self, row: Any) -> Cut:
        """Its counts, their base, and how many of it have no word."""
        found = self.counts(row) if self.counts is not None else getattr(row, self.key)
        return found if isinstance(found, Cut) else Cut(found, sum(found.values()), 0)

    def asked(self, asking: Asking, word: str | None) -> list[Asked]:
        """The cases that have this word; None: that have none. Raises ValueError, KeyError."""
        if self.of is None or self.where is None or (word is None and self.lacking is None):
            raise ValueError(self.key)
        found = []
        for one in self.of.asked(asking):
            found.append(self.where(asking, one, word) if word is not None else self.lacking(asking, one))  # type: ignore[misc]
        return found


@dataclass(frozen=True, eq=False)
class Crossed:
    """A count for each word of `first` and, within it, each word of `second`: outcomes by team."""

    key: str
    words: str
    first: Division
    second: Division
    counts: Callable[[Any], Mapping[str, Counts]]
    without: Callable[[Any], int] | None = None
    """How many have no word of `first`; None where everything has one."""
    in_json: bool = True
    printed: bool = True
    lists_cases: bool = True

    def asked(self, asking: Asking, words: str | None) -> list[Asked]:
        """The cases of two words, ``North.upheld``; None: those with no word of the first."""
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
    """What JSON has beside the figures: words."""

    key: str
    value: Callable[[Any], Any]


@dataclass(frozen=True, eq=False)
class Block:
    """Members that are read from one row. Without a key they stand in the block around it."""

    key: str
    row: Callable[[Any], Any]
    members: tuple[Member, ...]


@dataclass(frozen=True, eq=False)
class Each:
    """The same members again for each name: each procedure, each month."""

    key: str
    rows: Callable[[Any], Mapping[str, Any]]
    names: Callable[[Asking], Iterable[str]]
    """Every name that there may be."""
    scope: Callable[[Asking, str], CaseFilter]
    """The cases that a name is about."""
    members: tuple[Member, ...]


Member = Figure | Division | Crossed | Plain | Block | Each


def everything(asking: Asking, name: str) -> CaseFilter:
    """The scope of all cases."""
    return EVERY


def as_json_object(members: Iterable[Member], row: Any, counted: Mapping[str, int], prefix: str = "") -> Json:
    """The members as JSON has them, each under its key; `counted` are the figures that are counted by query."""
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
    """A figure as JSON has it: whole where it was counted or typed whole, else with its decimals."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value.as_tuple().exponent == 0 else float(value)


def asked_by_key(members: Iterable[Member], key: str, asking: Asking) -> list[Asked]:
    """What the figure of a key counts. Raises KeyError or ValueError where the key is none that lists cases.

    The words in a key are the register's own, and may hold a full stop: they stand at its end, or are names that are
    known.
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
    """The key of each figure that is counted by query, and what it asks for."""
    for member in members:
        key = f"{prefix}{member.key}"
        match member:
            case Figure(by_query=True):
                yield key, member.asked(asking)
            case Block():
                inside = f"{key}." if member.key else prefix
                yield from counted_by_query(member.members, member.row(row), asking, inside)
            case Each():
                for name, one in member.rows(row).items():
                    if one is not None:
                        there = asking.within(member.scope(asking, name))
                        yield from counted_by_query(member.members, one, there, f"{key}.{name}.")
            case _:
                continue
