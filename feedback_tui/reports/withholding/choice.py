"""Decides which counts of a report are withheld.

Every count from 1 to the limit less 1 is withheld. For each of them, and for each small rest of a whole, another set of
counts must print the same report with that count at the limit or more. Where there is none, the smallest of the printed
counts that stand in the way is withheld as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from feedback_tui.reports.withholding.possible_counts import PossibleCounts
from feedback_tui.reports.withholding.relations import Relations


def withheld(found: Relations, limit: int, fixed: Iterable[int]) -> set[int]:
    """Returns the places of the counts that are not to be printed. `fixed` are printed whatever they are."""
    values, always = found.values, set(fixed)
    stated = set(range(len(values))) - found.unsaid
    hidden = {place for place in stated if 0 < values[place] < limit} - always
    possible = PossibleCounts(found, hidden | found.unsaid)
    secret = [*hidden, *(place for place in found.rests if 0 < values[place] < limit)]
    for place in sorted(secret):
        while not possible.reach(place, limit):
            in_the_way = [one for one in possible.held_by(place) if one not in always]
            if not in_the_way:
                break  # It follows from what the law has printed.
            nearest = min(in_the_way, key=lambda one: (not values[one], one not in found.minor, values[one], one))
            possible.withhold(nearest)
            hidden.add(nearest)
    return hidden
