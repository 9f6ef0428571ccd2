"""What an attacker knows of a report before reading its numbers: how the counts of the JSON hang together.

The equations are written down here anew, over the paths of the JSON; nothing of `feedback_tui.reports.withholding` is
asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from feedback_tui.reports.document.report import paper
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.renderers.as_json import document
from feedback_tui.rules.procedures import Profile
from tests.reports.stated_numbers import all_numbers, paths

INFINITE = inf
TYPED = ("feedback.headline.of_activity", "feedback.activities.")
MINUS_AGAIN = ": minus again"
Terms = Mapping[str, float]


@dataclass
class Equations:
    """The equations of one report, and its true counts, by which they are checked."""

    figures: Figures
    profile: Profile
    places: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)
    stated: frozenset[str] = frozenset()
    """The paths of the counts that the report states, printed or not: a line that is there has a case."""

    def __post_init__(self) -> None:
        self.json = document(self.figures)
        self.true = {
            path: int(value)
            for path, value in paths(self.json).items()
            if value == int(value) and "average" not in path and not path.startswith(TYPED) and "percent" not in path
            and not path.endswith((".lowest", ".highest", ".median", "quartile", "remedies.paid"))
        }  # fmt: skip
        self.whole = paper(self.figures)
        self.stated = frozenset(self.path(number.key) for number in all_numbers(self.whole)) & self.true.keys()
        self._relations()
        # An equation that the truth contradicts would be a mistake of the attacker's.
        for terms, low, high in self.rows:
            value = sum(rate * self._truly(place) for place, rate in terms.items())
            assert low <= value <= high, (terms, low, value, high)

    def equal(self, whole: str, parts: Iterable[str], *, most: bool = False) -> None:
        """A whole is the sum of its parts, or (`most`) at least that."""
        terms: dict[str, float] = {whole: 1.0}
        for part in parts:
            terms[part] = terms.get(part, 0.0) - 1.0
        self._row(terms, 0.0, INFINITE if most else 0.0)

    def _row(self, terms: Terms, low: float, high: float) -> None:
        # What the JSON does not have is nothing, or what a reader cannot see: both leave it out of the sum.
        terms = {place: rate for place, rate in terms.items() if place in self.true or ": " in place}
        # Nobody knows of which words a part consists that the report does not give: what is left of the sum is a limit.
        unknown = {place for place in terms if ": " not in place and place not in self.stated}
        if unknown:
            if low == -INFINITE or any(terms[place] > 0 for place in unknown):
                return
            terms, high = {place: rate for place, rate in terms.items() if place not in unknown}, INFINITE
        if terms:
            for place in terms:
                self.places.setdefault(place, len(self.places))
            self.rows.append((terms, low, high))

    def _adds_up(self, parts: Iterable[str], whole: str) -> bool:
        return sum(self.true.get(part, 0) for part in parts) == self.true.get(whole, 0)

    def _at_most(self, part: str, whole: str) -> None:
        if part in self.true and whole in self.true:
            self.equal(whole, [part], most=True)

    def _sum(self, whole: str, parts: Iterable[str]) -> None:
        """The parts do not overlap, and are parts of the whole: they add up to it, or leave something."""
        there = [part for part in parts if part in self.true]
        if whole in self.true and there:
            if sum(self.true[part] for part in there) <= self.true[whole]:
                self.equal(whole, there, most=not self._adds_up(there, whole))
            else:
                self._row({whole: -1.0, **dict.fromkeys(there, 1.0)}, 0.0, INFINITE)

    def words(self, path: str) -> list[str]:
        """The paths of the words of a division."""
        found: Any = self.json
        for name in path.split("."):
            found = found.get(name, {}) if isinstance(found, dict) else {}
        return [f"{path}.{word}" for word, value in found.items() if not isinstance(value, dict)]

    def inside(self, path: str) -> list[str]:
        """The names within a part of the JSON."""
        found: Any = self.json
        for name in path.split("."):
            found = found.get(name, {}) if isinstance(found, dict) else {}
        return list(found)

    def _cut(self, path: str, base: str, lacking: str, *, several: bool) -> None:
        words = self.words(path)
        self.true.setdefault(
            f"{path}: again", sum(self.true[word] for word in words) + self.true.get(lacking, 0) - self.true[base]
        )
        if several:
            self.equal(base, [*words, lacking, f"{path}{MINUS_AGAIN}"])
            self._row({f"{path}{MINUS_AGAIN}": 1.0, f"{path}: again": 1.0}, 0.0, 0.0)
            for word in words:
                self.equal(base, [word, lacking], most=True)
        else:
            self.equal(base, [*words, lacking])
        self.true.setdefault(f"{path}: total", sum(self.true[word] for word in words))
        self.equal(f"{path}: total", words)

    def _relations(self) -> None:
        """Adds every equation."""
        raise NotImplementedError

    def _truly(self, place: str) -> int:
        if place.endswith(MINUS_AGAIN):
            return -self.true[f"{place.removesuffix(MINUS_AGAIN)}: again"]
        return self.true[place]

    def members(self, group: str) -> list[str]:
        """The procedures of a group."""
        return [procedure.key for procedure in self.profile.procedures if procedure.group == group]

    def _sum_at_least(self, part: str, wholes: list[str]) -> None:
        """The part is no more than all of these together."""
        if part in self.true and wholes:
            self._row({part: -1.0, **dict.fromkeys(wholes, 1.0)}, 0.0, INFINITE)

    def _total(self, path: str, parts: list[str]) -> None:
        self.true[f"{path}: total"] = sum(self.true[part] for part in parts)
        self.equal(f"{path}: total", parts)

    def words_of_year(self, label: str, family: str) -> list[str]:
        """The paths of a family of a compared year."""
        prefix = f"comparison.{label}.{family}."
        return [path for path in self.true if path.startswith(prefix)]

    def path(self, key: str) -> str:
        """The path of a number, by its key."""
        endings = {
            "acknowledgement.late": "acknowledgement: late", "extended.told.late": "extended.told: late",
            "ombudsman.decisions_made": "ombudsman.decisions_made: all", "learning.points": "learning.points: all",
            "learning.actions.open": "learning.actions: open", "remedies.remedies": "remedies.remedies: all",
        }  # fmt: skip
        if key in endings:
            return endings[key]
        if key.endswith(": none"):
            block, _, division = key.removesuffix(": none").rpartition(".")
            return f"{block}.not_recorded.{division}"
        return f"{key}: total" if key not in self.true and f"{key}: total" in self.true else key
