"""The rotation of backups, as in Anki: all of two days, then the last of each day, week and month."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

ALL_FOR = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9
"""How many days, weeks and months with a backup keep their last one."""


def to_keep(made: Collection[datetime], now: datetime) -> set[datetime]:
    """Returns which of the times `made` are kept at `now`. The newest is always kept, even if the clock was wrong."""
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
