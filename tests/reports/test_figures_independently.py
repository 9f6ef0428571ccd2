"""The figures against a second computation that shares nothing with them, on registers made at random."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from feedback_tui.enums import ClosingReason, Kind, NotAccepted, OmbudsmanDecision, Outcome, Role, Status
from feedback_tui.models.register import TypedFigure
from feedback_tui.reports.counting import points
from feedback_tui.reports.figures import figures
from feedback_tui.reports.renderers.as_json import as_json, document
from feedback_tui.rules.months import Span, month, quarter
from tests.reports import naive, naive_comparison
from tests.reports.building import (
    SHROPSHIRE,
    WIGAN,
    YEAR,
    Agreed,
    Approach,
    Due,
    Given,
    Point,
    Reopening,
    empty_engine,
    stored,
)

SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def a_few(strategy: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


DAYS = st.dates(date(2021, 3, 1), date(2023, 5, 31))
WORDS = st.sampled_from(["North", "north", "NORTH", "South", "É", "é", "a > b"])
POINTS = st.builds(
    Point, team=maybe(WORDS), provider=maybe(WORDS), category=maybe(WORDS), subcategory=maybe(WORDS), theme=maybe(WORDS)
)
DUES = st.builds(
    lambda day, more, superseded: Due(day, day + timedelta(days=more), superseded),
    DAYS,
    st.sampled_from([0, 0, 5, 40]),
    st.booleans(),
)
AGREED = st.builds(
    Agreed,
    word=maybe(WORDS),
    pence=maybe(st.integers(0, 10**9)),
    due_on=maybe(DAYS),
    done_on=maybe(DAYS),
    set_on=maybe(DAYS),
    approach=maybe(st.integers(1, 2)),
    offered_on=maybe(DAYS),
)


@st.composite
def approaches(draw: st.DrawFn) -> Approach:
    decided_on = draw(maybe(DAYS))
    decision = draw(st.sampled_from(OmbudsmanDecision)) if decided_on else None
    return Approach(draw(maybe(DAYS)), draw(maybe(DAYS)), draw(maybe(DAYS)), decided_on, decision, draw(maybe(DAYS)))


def cases(procedures: list[str]) -> st.SearchStrategy[Given]:
    return st.builds(
        Given,
        kind=st.sampled_from([Kind.COMPLAINT, Kind.COMPLAINT, *Kind]),
        received_on=DAYS,
        status=st.sampled_from(Status),
        procedure=maybe(st.sampled_from(procedures)),
        version=st.sampled_from(["1", "2", None]),
        channel=maybe(WORDS),
        points=a_few(POINTS),
        roles=a_few(maybe(st.sampled_from(Role)), 2),
        acknowledged_on=maybe(DAYS),
        started_on=maybe(DAYS),
        responded_on=maybe(DAYS),
        working_days=maybe(st.integers(0, 90)),
        outcome=maybe(st.sampled_from(Outcome)),
        closed_on=maybe(DAYS),
        closing_reason=maybe(st.sampled_from([ClosingReason.NOT_ACCEPTED, *ClosingReason])),
        not_accepted=maybe(st.sampled_from(NotAccepted)),
        acknowledgement=maybe(DUES.map(lambda due: Due(due.original, due.now))),
        targets=a_few(DUES, 2),
        limits=a_few(DUES, 2),
        extended=st.booleans(),
        told_on=maybe(DAYS),
        stage_2_refused_on=maybe(DAYS),
        reviewed=st.booleans(),
        review_outcome=maybe(st.sampled_from(Outcome)),
        review_responded_on=maybe(DAYS),
        review_working_days=maybe(st.integers(0, 90)),
        review_targets=a_few(DUES, 2),
        review_limits=a_few(DUES, 2),
        reopenings=a_few(st.builds(Reopening, DAYS, st.booleans()), 2),
        reopened_on=maybe(DAYS),
        answered_again_on=maybe(DAYS),
        review_answered_again_on=maybe(DAYS),
        approaches=a_few(approaches(), 2),
        remedies=a_few(AGREED, 2),
        learning=a_few(maybe(WORDS)),
        actions=a_few(AGREED, 2),
        source=maybe(WORDS),
        imported=st.booleans(),
    )


TYPED = st.dictionaries(
    st.sampled_from([f"{year}/{year + 1 - 2000:02}" for year in range(2015, 2022)]),
    st.dictionaries(
        st.sampled_from(
            [
                *naive_comparison.WHOLE,
                "council: complaints",
                "group: formal",
                "group_upheld: formal",
                "outcome: not upheld",
                "team: X",
            ]
        ),
        st.integers(0, 500).map(Decimal),
        min_size=1,
        max_size=5,
    ),
    max_size=4,
)
"""Figures typed for years before the one reported on. Those of a year that the register counts are not used."""
SHROPSHIRE_KEYS = ["statutory-adult", "statutory-provider", "corporate"]
WIGAN_KEYS = ["informal", "formal-simple", "formal-multiple", "formal-complex"]
SHROPSHIRE_CASES = st.lists(cases(SHROPSHIRE_KEYS), max_size=8)
WIGAN_CASES = st.lists(cases(WIGAN_KEYS), max_size=8)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = empty_engine()
    yield engine
    engine.dispose()


@SETTINGS
@given(register=SHROPSHIRE_CASES, as_of=DAYS, held=st.sampled_from([1, 2, points.HELD]), typed=TYPED)
def test_shropshire_counts_as_a_plain_loop_does(
    engine: Engine, register: list[Given], as_of: date, held: int, typed: naive_comparison.Typed
) -> None:
    """However few cases that are alike are held before they are counted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(points, "HELD", held)
        _compare(engine, register, as_of, SHROPSHIRE, typed)


@SETTINGS
@given(register=WIGAN_CASES, as_of=DAYS, typed=TYPED)
def test_wigan_counts_as_a_plain_loop_does(
    engine: Engine, register: list[Given], as_of: date, typed: naive_comparison.Typed
) -> None:
    _compare(engine, register, as_of, WIGAN, typed)


SPANS = st.one_of(
    st.integers(1, 4).map(lambda number: quarter(YEAR, number)),
    st.sampled_from(["2022-04", "2022-06", "2022-12", "2023-01", "2023-03"]).map(month),
)


@SETTINGS
@given(register=SHROPSHIRE_CASES, as_of=DAYS, span=SPANS, typed=TYPED)
def test_a_quarter_or_month_counts_as_a_plain_loop_does(
    engine: Engine, register: list[Given], as_of: date, span: Span, typed: naive_comparison.Typed
) -> None:
    """Beside the same quarter or month of the years before, and what was typed for it."""
    same = {f"{year}{span.label.removeprefix(YEAR.label)}": names for year, names in typed.items()}
    _compare(engine, register, as_of, SHROPSHIRE, same, span)


@SETTINGS
@given(register=SHROPSHIRE_CASES, order=st.randoms(use_true_random=False))
def test_the_order_of_the_cases_changes_nothing(engine: Engine, register: list[Given], order: Any) -> None:
    shuffled = order.sample(register, len(register))
    with stored(engine, register) as session:
        first = as_json(figures(session, SHROPSHIRE, YEAR, date(2023, 4, 20)))
    with stored(engine, shuffled) as session:
        second = as_json(figures(session, SHROPSHIRE, YEAR, date(2023, 4, 20)))
    assert first == second


def _compare(
    engine: Engine,
    register: list[Given],
    as_of: date,
    profile: Any,
    typed: naive_comparison.Typed,
    span: Span = YEAR,
) -> None:
    rows = [
        TypedFigure(year=year, name=name, value=str(value))
        for year, names in typed.items()
        for name, value in names.items()
    ]
    with stored(engine, register, rows) as session:
        found: Any = document(figures(session, profile, span, as_of))
    comparison, reconciliation = found.pop("comparison"), found.pop("reconciliation")
    assert found == naive.summary(register, profile, span.start, span.end, as_of, span.label)
    assert comparison == naive_comparison.comparison(register, profile, span.start, span.end, as_of, typed)
    for row in reconciliation:
        table = found
        for key in row["table"].split("."):
            table = table.get(key, table.get("all", {}).get(key) if key in ("responded", "bands") else None)
        counted = table if isinstance(table, int) else _sum(table)
        assert row["total"] == counted, row
        assert row["total"] == row["base"] or row["explained_by"], row


def _sum(table: dict[str, Any]) -> int:
    return sum(count if isinstance(count, int) else _cases(count) for count in table.values())


def _cases(part: dict[str, Any]) -> int:
    """How many a line counts that is divided further."""
    return int(part["cases"]) if "cases" in part else sum(part.values())
