"""Who tries to work out what a published report withholds.

What is attacked is the report as it was published. Besides it the attacker knows the program, the profile, and that a
line which is there has a case. From the equations and the printed numbers each withheld count is bounded by linear
programming (HiGHS).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import highspy
import numpy as np

from feedback_tui.reports.declarations.numbers import Number
from feedback_tui.reports.document.blocks import Paper
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.renderers.as_text import paper_as_text
from feedback_tui.reports.small_numbers import publishable
from feedback_tui.rules.procedures import Profile
from tests.reports.attacker_equations import INFINITE, MINUS_AGAIN, Terms
from tests.reports.attacker_relations import Relations
from tests.reports.stated_numbers import all_numbers

NEVER_MIND = 1e-6
LONGEST = 10**4
"""More working days than any response takes."""


class Attacker(Relations):
    """Bounds the counts of one report by what was published of it."""

    def terms(self, number: Number) -> dict[str, float] | None:
        """A number as a sum of paths; None if it is none that the attacker can place."""
        key = number.key
        made_of = {
            "complaints.never_investigated": [
                *self.words("complaints.not_investigated"), "complaints.not_recorded.not_investigated"
            ],
            "complaints.not_accepted": ["complaints.not_investigated.not accepted"],
        }.get(key)  # fmt: skip
        if made_of is not None:
            return {path: 1.0 for path in made_of if path in self.true}
        if number.made_of:
            found: dict[str, float] = {}
            for sign, one in number.made_of:
                found[self.path(one)] = found.get(self.path(one), 0.0) + sign
            return {path: rate for path, rate in found.items() if path in self.true}
        path = self.path(key)
        return {path: 1.0} if path in self.true else None

    def most(self, printed: Iterable[Number], wanted: Iterable[Terms]) -> list[float]:
        """The most that each of `wanted` can be, by all that is printed."""
        rows = list(self.rows)
        for number in printed:
            measure = getattr(getattr(number.figure, "measure", None), "value", "count")
            terms = self.terms(number) if measure in ("count", "sum of counts") else None
            if terms:
                value = float(number.value)
                assert value == sum(rate * self._truly(place) for place, rate in terms.items()), (number.key, terms)
                rows.append((terms, value, value))
            elif measure == "average" and number.key == "feedback.monthly_average":
                months = self.figures.feedback.months
                value = float(number.value)
                rows.append(({"feedback.total": 1.0}, (value - 0.05) * months, (value + 0.05) * months))
            elif measure == "rate" and "per_1000" in number.key:
                activity = number.key.rpartition(".")[2]
                done = float(self.figures.activities.get(activity, 0))
                path = "complaints.cases" if "cases_per_1000" in number.key else "feedback.total"
                value = float(number.value)
                rows.append(({path: 1.0}, (value - 0.05) * done / 1000, (value + 0.05) * done / 1000))
        rows += self._by_averages({number.key: float(number.value) for number in printed})
        return self._solved(rows, wanted)

    def _by_averages(self, printed: Mapping[str, float]) -> list[tuple[Terms, float, float]]:
        """What the printed averages of working days say of the bands: of all responses, and of those within each
        procedure, month, quarter, team and provider."""
        rows: list[tuple[Terms, float, float]] = []
        bands = {word.rpartition(".")[2]: word for word in self.words("stage_1.all.bands")}
        for place in ("stage_1.all", *(f"stage_1.{name}" for name in self.inside("stage_1") if name != "all"),
                      *(f"groups.{group}" for group in self.inside("groups"))):  # fmt: skip
            own = {band: f"{place}.bands.{band}" for band in bands}
            rows += _of_average(f"{place}.working_days.n", own, printed.get(f"{place}.working_days.average"))
            for by in ("by_month", "by_quarter"):
                parts = []
                for label in self.inside(f"{place}.{by}"):
                    parts.append(inside := {band: f"{place}.{by}.{label}: {band}" for band in bands})
                    key = f"{place}.{by}.{label}"
                    rows.append(({f"{key}.n": -1.0, **dict.fromkeys(inside.values(), 1.0)}, 0.0, 0.0))
                    rows += _of_average(f"{key}.n", inside, printed.get(f"{key}.average"))
                for band in bands if parts else ():
                    rows.append(({own[band]: -1.0, **{part[band]: 1.0 for part in parts}}, 0.0, 0.0))
        for place, by in (("teams", "by_team"), ("providers", "by_provider")):
            parts = []
            for name in self.inside(place):
                parts.append(inside := {band: f"{place}.{name}: {band}" for band in bands})
                key = f"{place}.{name}"
                rows.append(({f"{key}.with_days": -1.0, **dict.fromkeys(inside.values(), 1.0)}, 0.0, 0.0))
                rows += _of_average(f"{key}.with_days", inside, printed.get(f"{key}.average_working_days"))
                rows += [({bands[band]: 1.0, inside[band]: -1.0}, 0.0, INFINITE) for band in bands]
            for band in bands if parts else ():
                # A response of this band is about one of them, or is one of the investigations without any.
                terms = {bands[band]: -1.0, **{part[band]: 1.0 for part in parts}}
                rows.append(({**terms, f"outcomes.not_recorded.{by}": 1.0}, 0.0, INFINITE))
        return rows

    def _solved(self, rows: list[tuple[Terms, float, float]], wanted: Iterable[Terms]) -> list[float]:
        wanted = list(wanted)
        for terms in (*(terms for terms, _, _ in rows), *wanted):
            for place in terms:
                self.places.setdefault(place, len(self.places))
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.silent()
        for place in self.places:
            free = place.endswith(MINUS_AGAIN)
            least = -INFINITE if free else 1.0 if place in self.stated and self.true[place] > 0 else 0.0
            solver.addVar(least, 0.0 if free else INFINITE)
        for terms, low, high in rows:
            indexes = np.array([self.places[place] for place in terms], dtype=np.int32)
            solver.addRow(low, high, len(terms), indexes, np.array(list(terms.values()), dtype=np.float64))
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        found: dict[tuple[tuple[str, float], ...], float] = {}
        for terms in wanted:
            if (key := tuple(sorted(terms.items()))) in found:
                continue
            for place, rate in terms.items():
                solver.changeColCost(self.places[place], rate)
            solver.run()
            status = solver.getModelStatus()
            if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
                found[key] = INFINITE
            else:
                assert status == highspy.HighsModelStatus.kOptimal, f"the equations contradict each other: {status}"
                found[key] = solver.getInfo().objective_function_value
            for place in terms:
                solver.changeColCost(self.places[place], 0.0)
        return [found[tuple(sorted(terms.items()))] for terms in wanted]

    def worked_out(self, published: Paper, limit: int) -> list[str]:
        """A line for each small count of a report that is printed, or is known to be under `limit`.

        What it is remains possible in any case: where it can be `limit` or more as well, it can be two numbers.
        """
        printed = all_numbers(published)
        shown = {number.key for number in printed}
        # Nobody can withhold what follows from what the law has printed, and from there being no other case.
        by_law = [number for number in all_numbers(self.whole) if number.key in LAW]
        nothing = [number for number in printed if not number.value]
        small = {
            number.key: number
            for number in all_numbers(self.whole)
            if _counts(number) and 0 < number.value < limit and number.key not in LAW
        }
        secret = [(key, terms) for key, number in small.items() if (terms := self.terms(number))]
        known = self.most([*by_law, *nothing], [terms for _, terms in secret])
        found = self.most([*printed, *by_law], [terms for _, terms in secret])
        told = []
        for (key, _), most, at_most in zip(secret, found, known, strict=True):
            if at_most > limit - NEVER_MIND and (key in shown or most < limit - NEVER_MIND):
                told.append(f"{key}: {small[key].value} is {'printed' if key in shown else f'{most:g} at most'}")
        return told + [f"{key} is printed" for key in shown & small.keys() if key not in dict(secret)]


def _of_average(n: str, bands: Mapping[str, str], average: float | None) -> list[tuple[Terms, float, float]]:
    """The days of some responses by bands: what they can be at least and at most, beside `n` times their average."""
    if average is None:
        return []
    ends = {band: band.rstrip("+").partition("-") for band in bands}
    lowest = {bands[band]: float(low) for band, (low, _, _) in ends.items()}
    highest = {bands[band]: float(high or LONGEST) for band, (_, _, high) in ends.items()}
    return [
        ({n: -(average + 0.05), **lowest}, -INFINITE, 0.0),
        ({n: -(average - 0.05), **highest}, 0.0, INFINITE),
    ]


def _counts(number: Number) -> bool:
    measure = getattr(number.figure, "measure", None)
    return (measure is None or measure.value in ("count", "sum of counts")) and number.value == int(number.value)


LAW = tuple(f"regulation_18.under_the_regulations.{key}" for key in ("received", "well_founded", "ombudsman"))
"""What regulation 18 has printed, whatever it is."""


def assert_nothing_is_worked_out(figures: Figures, profile: Profile, limit: int = 5) -> None:
    """The report of these figures, as it is published, gives nothing away; and most of it is still there."""
    whole, published = paper(figures), publishable(figures, limit)
    told = Attacker(figures, profile).worked_out(published, limit)
    assert told == [], "; ".join(told)
    kept = len(paper_as_text(published)) / len(paper_as_text(whole))
    assert kept >= KEPT, f"{kept:.0%} of the text stays"
    by_law = {number.key: number.value for number in all_numbers(whole) if number.key in LAW}
    assert {number.key: number.value for number in all_numbers(published) if number.key in LAW} == by_law


KEPT = 0.7
"""So much of the text stays at least."""
