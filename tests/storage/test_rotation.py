"""Which backups are kept as they age."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.storage.maintenance.backup_rotation import ALL_FOR, DAILY, MONTHLY, WEEKLY, to_keep

pytestmark = pytest.mark.of_a_file

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)  # a Tuesday
moments = st.integers(-240, 20_000).map(lambda hours: NOW - timedelta(hours=hours))


def ago(**past: float) -> datetime:
    return NOW - timedelta(**past)


def test_all_of_today_and_yesterday_are_kept() -> None:
    made = [ago(minutes=30 * n) for n in range(60)]
    assert to_keep(made, NOW) == set(made)


def test_one_a_day_after_that_the_last() -> None:
    morning, noon = datetime(2026, 6, 25, 8, tzinfo=UTC), datetime(2026, 6, 25, 12, tzinfo=UTC)
    assert to_keep([NOW, morning, noon], NOW) == {NOW, noon}


def test_a_year_of_days_comes_down_to_days_weeks_and_months() -> None:
    made = [ago(days=n) for n in range(365)]
    kept = to_keep(made, NOW)
    ages = sorted((NOW - time).days for time in kept)
    assert ages[:14] == list(range(14))  # two days, and twelve daily ones
    weekly = [time for time in kept if 13 < (NOW - time).days < 75]
    assert {time.weekday() for time in weekly if time.day < 28} == {6}  # the last of a week, or of a month
    assert min(kept) == datetime(2025, 10, 31, 12, tzinfo=UTC)  # the ninth month, its last day
    assert len(kept) <= 2 + DAILY + WEEKLY + MONTHLY


def test_nothing_made_nothing_kept() -> None:
    assert to_keep([], NOW) == set()


@given(st.sets(moments, min_size=1, max_size=80))
def test_the_newest_is_always_kept_and_nothing_is_made_up(made: set[datetime]) -> None:
    kept = to_keep(made, NOW)
    assert max(made) in kept
    assert kept <= made
    assert {time for time in made if NOW.date() - time.date() < ALL_FOR} <= kept


@given(st.sets(moments, min_size=1, max_size=80))
def test_thinning_out_again_the_same_day_takes_nothing_more(made: set[datetime]) -> None:
    kept = to_keep(made, NOW)
    assert to_keep(kept, NOW) == kept


@given(st.integers(1, 400), st.integers(1, 30))
def test_a_register_used_every_few_days_always_has_an_old_and_a_new_backup(days: int, step: int) -> None:
    """Day after day, thinned out each time: the newest is of today, and a month's worth reaches back."""
    held: set[datetime] = set()
    for day in range(0, days, step):
        now = NOW + timedelta(days=day)
        held = to_keep({*held, now}, now)
        assert now in held
    span = (max(held) - min(held)).days
    assert span >= min((days - 1) // step * step, 30)
