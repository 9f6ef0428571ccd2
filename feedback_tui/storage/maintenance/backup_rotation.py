"""Which backups are kept as they age, in Anki's way: everything of two days, then daily, weekly, monthly ones."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

ALL_FOR = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9
"""How many days, weeks and months that have a backup keep one: the last of each."""


def to_keep(made: Collection[datetime], now: datetime) -> set[datetime]:
    """Those of the times `made` whose backups are kept at `now`: the newest always, whatever the clock says."""
    newest_first = sorted(made, reverse=True)
    keep = set(newest_first[:1])
    keep.update(time for time in newest_first if now.date() - time.date() < ALL_FOR)
    older = [time for time in newest_first if now.date() - time.date() >= ALL_FOR]
    periods: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
        (DAILY, lambda time: (time.toordinal(),)),
        (WEEKLY, lambda time: time.isocalendar()[:2]),
        (MONTHLY, lambda time: (time.year, time.month)),
    )
    for limit, period in periods:
        last_of: dict[tuple[int, ...], datetime] = {}
        for time in older:
            last_of.setdefault(period(time), time)
        keep.update(list(last_of.values())[:limit])
    return keep
