"""Searches the values that counts could have without changing the printed report.

A withheld count is protected if it could have another value. `PossibleCounts` holds values that agree with the printed
counts and with every relation, at first the true ones; `reach` raises one count as far as possible. This is the simplex
method for bounded variables: each relation is solved for one of its counts (a basic variable), and a printed count has
equal lower and upper bounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import inf

from feedback_tui.reports.withholding.relations import Relations

NOTHING = 1e-9
"""Differences below this are treated as rounding errors."""
PATIENCE = 150
"""Steps of `reach` after which the first movable count is chosen instead of the best (Bland's rule), so that it
ends."""


class PossibleCounts:
    """Values of all counts that agree with the printed ones. `open_places` are the places that are not printed."""

    def __init__(self, relations: Relations, open_places: Iterable[int]) -> None:
        self.true = relations.values
        self.unsaid = relations.unsaid
        self.now: list[float] = [float(value) for value in relations.values]
        self.low, self.high = list(self.now), list(self.now)
        self.solved: dict[int, dict[int, float]] = {}
        """The basic counts, each as a sum: the factor of each other count."""
        self.in_solved: dict[int, set[int]] = defaultdict(set)
        """For a count that is not basic: the basic counts whose sums contain it."""
        for place in open_places:
            self.withhold(place)
        for terms in relations.sums:
            self._solve(terms)

    def withhold(self, place: int) -> None:
        """Treats a count as not printed: from now on it may have any value from `least`."""
        self.low[place] = self.least(place)
        self.high[place] = inf
        # Relations are solved for counts that are not printed if possible, so that `held_by` finds the printed ones.
        printed = min((other for other in self.in_solved[place] if self._printed(other)), default=None)
        if printed is not None:
            self._exchange(printed, place)

    def _printed(self, place: int) -> bool:
        return self.low[place] == self.high[place]

    def least(self, place: int) -> float:
        """Returns the smallest value that a reader must consider if the count is not printed: 1 for a printed line, as
        a line has at least one case; 0 for a rest or a count of zero."""
        return 0.0 if place in self.unsaid or not self.true[place] else 1.0

    def reach(self, place: int, to: int) -> bool:
        """Raises a count to `to`, or as far as possible. Returns whether it reached `to`."""
        steps = 0
        while self.now[place] < to - NOTHING:
            moving = self._moving(place, steps > PATIENCE)
            if moving is None:
                return False
            entering, rate = moving
            self._move(entering, 1 if rate > 0 else -1, (to - self.now[place]) / abs(rate))
            steps += 1
        return True

    def held_by(self, place: int) -> list[int]:
        """Returns the printed counts because of which `reach` could not raise a count further."""
        return [
            other
            for other, rate in self._rates(place).items()
            if self._printed(other) and (rate > NOTHING or self.true[other] > self.least(other))
        ]

    def _rates(self, place: int) -> dict[int, float]:
        """Returns by how much a count changes with each count that is not basic."""
        return self.solved.get(place, {place: 1.0})

    def _moving(self, place: int, first: bool) -> tuple[int, float] | None:
        able = [
            (other, rate)
            for other, rate in self._rates(place).items()
            if (rate > NOTHING and self.now[other] < self.high[other] - NOTHING)
            or (rate < -NOTHING and self.now[other] > self.low[other] + NOTHING)
        ]
        if not able:
            return None
        return min(able) if first else max(able, key=lambda one: (abs(one[1]), -one[0]))

    def _move(self, entering: int, sign: int, most: float) -> None:
        """Changes a count by at most `most` in the direction `sign`, until it or a basic count meets a bound. A basic
        count that meets its bound is exchanged with it."""
        room = self.high[entering] - self.now[entering] if sign > 0 else self.now[entering] - self.low[entering]
        far, leaving = min(room, most), None
        for other in sorted(self.in_solved[entering]):
            rate = self.solved[other][entering] * sign
            room = self.high[other] - self.now[other] if rate > 0 else self.now[other] - self.low[other]
            if room / abs(rate) < far - NOTHING:
                far, leaving = max(room / abs(rate), 0.0), other
        self.now[entering] += sign * far
        for other in self.in_solved[entering]:
            self.now[other] += self.solved[other][entering] * sign * far
        if leaving is not None:
            self._exchange(leaving, entering)

    def _exchange(self, leaving: int, entering: int) -> None:
        terms = self.solved.pop(leaving)
        for other in terms:
            self.in_solved[other].discard(leaving)
        by = terms.pop(entering)
        found = {other: -rate / by for other, rate in terms.items()}
        found[leaving] = 1 / by
        self._put(entering, found)

    def _put(self, place: int, terms: dict[int, float]) -> None:
        """Makes a count basic with these terms, and replaces it by them in the other sums."""
        for other in list(self.in_solved[place]):
            sums = self.solved[other]
            self._add(sums, terms, sums.pop(place), other)
        self.in_solved[place].clear()
        self.solved[place] = terms
        for other in terms:
            self.in_solved[other].add(place)

    def _add(self, sums: dict[int, float], terms: dict[int, float], times: float, whose: int | None) -> None:
        for other, rate in terms.items():
            left = sums.get(other, 0.0) + times * rate
            if abs(left) > NOTHING:
                sums[other] = left
                if whose is not None:
                    self.in_solved[other].add(whose)
            elif other in sums:
                del sums[other]
                if whose is not None:
                    self.in_solved[other].discard(whose)

    def _solve(self, terms: Iterable[tuple[int, int]]) -> None:
        """Solves a relation for one of its counts, if possible one that is not printed and occurs in few sums."""
        sums: dict[int, float] = {}
        for sign, place in terms:
            self._add(sums, self._rates(place), float(sign), None)
        if not sums:
            return
        place = min(sums, key=lambda one: (self._printed(one), len(self.in_solved[one]), one))
        by = sums.pop(place)
        self._put(place, {other: -rate / by for other, rate in sums.items()})
