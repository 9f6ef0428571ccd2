"""Each figure lists what it counts: as many lines as it says, whatever the register holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from feedback_tui.reports.declarations.year import NoSuchFigure
from feedback_tui.reports.drilldown.cases import behind
from feedback_tui.reports.figures import figures
from feedback_tui.reports.renderers.as_json import document
from tests.reports.building import ANSWERED, SHROPSHIRE, WIGAN, YEAR, Given, Point, empty_engine, stored
from tests.reports.test_figures_independently import DAYS, SHROPSHIRE_KEYS, WIGAN_KEYS, cases

SETTINGS = settings(
    max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
NO_CASES = ("year", "comparison", "reconciliation", "words", "as_of", "profile")
"""Sections without a figure that counts cases of this span."""
NOT_COUNTS = (
    "average", "lowest", "lower_quartile", "median", "upper_quartile", "highest", "paid", "monthly_average",
    "average_working_days", "headline", "activities",
)  # fmt: skip


def counts_in(found: Any, path: str = "") -> Iterator[tuple[str, int]]:
    """Every count of the summary with its key."""
    for name, value in found.items():
        if name in NOT_COUNTS or (not path and name in NO_CASES):
            continue
        if isinstance(value, dict):
            yield from counts_in(value, f"{path}{name}.")
        elif isinstance(value, int):
            yield f"{path}{name}", value


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = empty_engine()
    yield engine
    engine.dispose()


def _every_count_lists_as_many(engine: Engine, register: list[Given], as_of: date, profile: Any) -> None:
    with stored(engine, register) as session:
        found = document(figures(session, profile, YEAR, as_of))
        for key, count in counts_in(found):
            listed = behind(session, profile, YEAR, as_of, key)
            assert (listed.count, len(listed.lines)) == (count, count), key


@SETTINGS
@given(register=st.lists(cases(SHROPSHIRE_KEYS), min_size=12, max_size=20), as_of=DAYS)
def test_every_count_of_shropshire_lists_as_many(engine: Engine, register: list[Given], as_of: date) -> None:
    _every_count_lists_as_many(engine, register, as_of, SHROPSHIRE)


@SETTINGS
@given(register=st.lists(cases(WIGAN_KEYS), min_size=12, max_size=20), as_of=DAYS)
def test_every_count_of_wigan_lists_as_many(engine: Engine, register: list[Given], as_of: date) -> None:
    _every_count_lists_as_many(engine, register, as_of, WIGAN)


@pytest.mark.parametrize("key", ["complaints", "complaints.by_team", "nothing.at.all", "stage_1.all.average", ""])
def test_a_key_that_is_no_figure_says_how_one_is_written(engine: Engine, key: str) -> None:
    with stored(engine, []) as session, pytest.raises(NoSuchFigure, match=r"complaints\.by_team\.North"):
        behind(session, SHROPSHIRE, YEAR, YEAR.end, key)


def test_a_long_list_comes_in_parts_and_says_how_long_it_is(engine: Engine) -> None:
    five = [ANSWERED.but(points=(Point(team="St. Mary's"),), received_on=date(2022, 6, 1 + n)) for n in range(5)]
    with stored(engine, five) as session:
        found = behind(session, SHROPSHIRE, YEAR, YEAR.end, "complaints.by_team.St. Mary's", most=2, offset=2)
    assert found.count == 5
    assert [line.reference for line in found.lines] == ["T-3", "T-4"]
