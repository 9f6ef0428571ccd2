"""Years, quarters and months of a report."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.rules.months import Span, month, months_from, months_of, quarter, quarter_of, reporting_year, year_of

days = st.dates(date(1901, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("label", ["2022/23", " 2022/23 ", "2022-23", "2022/2023"])
def test_a_year_runs_from_april_to_march(label: str) -> None:
    assert reporting_year(label) == Span("2022/23", date(2022, 4, 1), date(2023, 3, 31))


def test_a_year_across_the_century() -> None:
    assert reporting_year("1999/00") == Span("1999/00", date(1999, 4, 1), date(2000, 3, 31))
    assert reporting_year("2009/10").label == "2009/10"


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("2022", "write it as 2022/23 (1 April 2022 to 31 March 2023)"),
        ("22/23", "write it as 2022/23"),
        ("2022/3", "write it as 2022/23"),
        ("", "write it as 2022/23"),
        ("٢٠٢٢/٢٣", "write it as 2022/23"),
        ("2022/24", "2022/23 would be"),
        ("2022/22", "2022/23 would be"),
        ("2022/2033", "2022/23 would be"),
        ("2022-04", "2022/23 would be"),
        ("0022/23", "not between 1900 and 2100"),
        ("9999/00", "not between 1900 and 2100"),
        ("\x1b[2J", "␛[2J"),
    ],
)
def test_what_is_no_year(label: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        reporting_year(label)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("number", "start", "end"),
    [
        (1, "2023-04-01", "2023-06-30"),
        (2, "2023-07-01", "2023-09-30"),
        (3, "2023-10-01", "2023-12-31"),
        (4, "2024-01-01", "2024-03-31"),
    ],
)
def test_a_quarter_has_its_first_and_last_day(number: int, start: str, end: str) -> None:
    found = quarter(reporting_year("2023/24"), number)
    assert found == Span(f"2023/24 Q{number}", date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("number", [0, 5, -1])
def test_what_is_no_quarter(number: int) -> None:
    with pytest.raises(ValueError, match="use 1, 2, 3 or 4"):
        quarter(reporting_year("2023/24"), number)


def test_a_month_has_its_first_and_last_day() -> None:
    assert month("2024-02") == Span("2024-02", date(2024, 2, 1), date(2024, 2, 29))
    assert month("2022-12") == Span("2022-12", date(2022, 12, 1), date(2022, 12, 31))


@pytest.mark.parametrize("label", ["2022-13", "2022-00", "0000-01", "2022-4", "2022/04", "april", ""])
def test_what_is_no_month(label: str) -> None:
    with pytest.raises(ValueError, match="write it as 2022-04"):
        month(label)


def test_the_months_that_a_span_touches() -> None:
    assert months_of(Span("", date(2022, 12, 31), date(2023, 2, 1))) == ["2022-12", "2023-01", "2023-02"]
    assert months_of(month("2024-02")) == ["2024-02"]
    assert months_of(reporting_year("2022/23"))[0::11] == ["2022-04", "2023-03"]


@given(days)
def test_every_day_is_in_one_year_one_quarter_one_month(day: date) -> None:
    year = year_of(day)
    assert day in year
    assert year == reporting_year(year.label)
    assert [n for n in (1, 2, 3, 4) if day in quarter(year, n)] == [int(quarter_of(day)[1])]
    assert [label for label in months_of(year) if day in month(label)] == [f"{day:%Y-%m}"]
    assert None not in year


@given(days)
def test_the_quarters_of_a_year_leave_no_gap(day: date) -> None:
    year = year_of(day)
    quarters = [quarter(year, number) for number in (1, 2, 3, 4)]
    assert (quarters[0].start, quarters[-1].end) == (year.start, year.end)
    for one, next_one in pairwise(quarters):
        assert one.end + timedelta(days=1) == next_one.start


@given(days, st.integers(1, 24))
def test_a_period_of_months_and_the_next_day_make_the_corresponding_date(start: date, count: int) -> None:
    last = months_from(start, count)
    next_day = last + timedelta(days=1)
    assert next_day.day == start.day or (next_day.day == 1 and last.day < start.day)
    assert (last.year - start.year) * 12 + last.month - start.month in (count - 1, count)
    assert months_from(start + timedelta(days=1), count) >= last
