"""Statistics of working days: number of responses, average, median, quartiles, range."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from decimal import Decimal
from itertools import accumulate

from feedback_tui.reports.figure_rows import DaysTaken, rounded

QUARTER = Decimal("0.25")


def days_taken(taken: Counter[int]) -> DaysTaken:
    """Returns the statistics of `taken`, which maps a number of working days to how many responses took it.

    Quartiles are interpolated as in spreadsheets (QUARTILE.INC). The average is rounded to one decimal, halves up; the
    rest is exact.
    """
    days = sorted(number for number, count in taken.items() if count)
    if not days:
        return DaysTaken()
    upto = list(accumulate(taken[number] for number in days))
    n = upto[-1]

    def quartile(which: int) -> Decimal:
        below, over = divmod((n - 1) * which, 4)
        lower = days[bisect_right(upto, below)]
        upper = days[bisect_right(upto, min(below + 1, n - 1))]
        return lower + (upper - lower) * over * QUARTER

    return DaysTaken(
        n=n,
        average=rounded(sum(number * taken[number] for number in days), n),
        lowest=days[0],
        lower_quartile=quartile(1),
        median=quartile(2),
        upper_quartile=quartile(3),
        highest=days[-1],
    )
