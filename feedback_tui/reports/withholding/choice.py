"""Selects the counts of a report to withhold.

Every count from 1 to the limit - 1 is withheld. A reader must not be able to tell that such a count, or a small
remainder of a whole, is below the limit: there must be other counts with which the printed report is the same and this
one is at the limit or above. If there are none, one of the printed counts that determine it is withheld too, the
smallest first.
"""

from __future__ import annotations

from collections.abc import Iterable

from feedback_tui.reports.withholding.possible_counts import PossibleCounts
from feedback_tui.reports.withholding.relations import Relations


def withheld(found: Relations, limit: int, fixed: Iterable[int]) -> set[int]:
    """Returns the places of the counts to withhold. Those in `fixed` are always printed."""
    values, always = found.values, set(fixed)
    stated = set(range(len(values))) - found.unsaid
    hidden = {place for place in stated if 0 < values[place] < limit} - always
    possible = PossibleCounts(found, hidden | found.unsaid)
    secret = [*hidden, *(place for place in found.rests if 0 < values[place] < limit)]
    for place in sorted(secret):
        while not possible.reach(place, limit):
            in_the_way = [one for one in possible.held_by(place) if one not in always]
            if not in_the_way:
                break  # It can be computed from counts that the law requires to be printed.
            nearest = min(in_the_way, key=lambda one: (not values[one], one not in found.minor, values[one], one))
            possible.withhold(nearest)
            hidden.add(nearest)
    return hidden
