"""Which numbers of a document are printed if small counts are withheld."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from feedback_tui.reports.counting.counted_cases import LATER_STAGES
from feedback_tui.reports.declarations.declaration import Measure
from feedback_tui.reports.declarations.numbers import Number
from feedback_tui.reports.declarations.timeliness import AT_STAGE
from feedback_tui.reports.document.blocks import Paper
from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.withholding.choice import withheld
from feedback_tui.reports.withholding.counts import Count
from feedback_tui.reports.withholding.statements import Statements, is_count, statements

NO_BANDS = frozenset(figure for number in LATER_STAGES for figure in AT_STAGE[number].days)
"""The statistics of responses of which the report prints no bands of working days."""


@dataclass(frozen=True)
class Printed:
    """The numbers of a document, and which of them are withheld."""

    known: Statements
    hidden: frozenset[int]
    limit: int

    def shows(self, number: Number) -> bool:
        """Returns whether a number is printed.

        Averages, rates and amounts are withheld if the number of their cases is, and times if a band of working days
        could be computed from them.
        """
        if is_count(number):
            return self.known.place(number) not in self.hidden
        measure = getattr(number.figure, "measure", None)
        base = self.known.base(number)
        if base is not None and base in self.hidden:
            return False
        scope = self.known.counts.get(number.key)
        if scope is None or scope.year or scope.of in NO_BANDS:
            return True
        if measure is Measure.SPREAD:
            return not any(self._bands_withheld(one) for one in self.known.scopes_around(scope))
        if measure is Measure.AVERAGE:
            # The averages of all parts together would say more of a band than the average of the whole.
            wider = [one for one in self.known.scopes_around(scope) if scope.words or not self.known.same(one, scope)]
            own = scope.words or self._leaves_bands_open(scope, number.value)
            return bool(own) and not any(self._bands_withheld(one) for one in wider)
        return True

    def all_shown(self, numbers: Iterable[Number]) -> bool:
        """Returns whether all these numbers are printed."""
        return all(map(self.shows, numbers))

    def _bands_withheld(self, scope: Count) -> bool:
        """Returns whether a band of working days is withheld in this scope. Quartiles and ranges would reveal it."""
        return any(place in self.hidden for _, place in self.known.bands(scope))

    def _leaves_bands_open(self, scope: Count, average: int | Decimal) -> bool:
        """Returns whether each withheld band could still be at the limit or above when the average (in working days)
        is known."""
        bands, values = self.known.bands(scope), self.known.relations.values
        withheld = [(band, values[place]) for band, place in bands if place in self.hidden]
        if not withheld:
            return True
        together, days = sum(count for _, count in withheld), sum(values[place] for _, place in bands) * average
        least, most = 0, 0
        for band, place in bands:
            if place not in self.hidden:
                least, most = least + band[0] * values[place], most + band[1] * values[place]
        lowest, highest = min(band[0] for band, _ in withheld), max(band[1] for band, _ in withheld)
        rest = together - self.limit
        return rest >= 0 and all(
            least + self.limit * band[0] + rest * lowest <= days <= most + self.limit * band[1] + rest * highest
            for band, _ in withheld
        )


def printed(whole: Paper, figures: Figures, limit: int) -> Printed:
    """Returns which numbers of a document are printed if counts under `limit` are withheld."""
    known = statements(whole, figures)
    return Printed(known, frozenset(withheld(known.relations, limit, known.fixed)), limit)
