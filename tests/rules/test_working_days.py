"""Working days: published cases, the days that go wrong elsewhere, and what must hold of every date."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.rules.working_days import DayOff, OutsideCalendar, WorkingCalendar, england

ENGLAND = england()
PUBLISHED = list(csv.DictReader((Path(__file__).parent / "data" / "working-days.csv").open(encoding="utf-8")))
days = st.dates(date(2002, 1, 1), date(2058, 12, 31))
"""Four hundred working days can be counted from each, on and back; the ends of the calendar have their own tests."""
counts = st.integers(-400, 400)


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: f"{case['start']}+{case['add']}")
def test_published_cases(case: dict[str, str]) -> None:
    start, expected = date.fromisoformat(case["start"]), date.fromisoformat(case["expected"])
    assert ENGLAND.add(start, int(case["add"])) == expected
    assert ENGLAND.between(start, expected) == int(case["add"])


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        # Received on a weekend: Monday is day 1, not day 0.
        ("2026-01-10", 1, "2026-01-12"),
        ("2026-01-11", 3, "2026-01-14"),
        # Easter 2026: Good Friday 3 April, Easter Monday 6 April.
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-04-03", 1, "2026-04-07"),
        ("2026-04-04", 3, "2026-04-09"),
        # Christmas 2020: Boxing Day on a Saturday, so Monday 28 December instead.
        ("2020-12-24", 3, "2020-12-31"),
        # Christmas 2021: both on the weekend, 27 and 28 December instead, and 3 January for New Year's Day.
        ("2021-12-24", 3, "2021-12-31"),
        ("2021-12-24", 5, "2022-01-05"),
        # Christmas 2022: 25 December on a Sunday, so 26 and 27 December, and 2 January.
        ("2022-12-23", 1, "2022-12-28"),
        ("2022-12-28", 3, "2023-01-03"),
        # The royal wedding of 29 April 2011, between Easter and May Day.
        ("2011-04-20", 5, "2011-05-03"),
        # In 2020 the May bank holiday was Friday 8 May: Monday 4 May was worked.
        ("2020-05-01", 1, "2020-05-04"),
        ("2020-05-05", 3, "2020-05-11"),
        # The Jubilee: Thursday 2 and Friday 3 June 2022; Monday 30 May was worked.
        ("2022-05-27", 1, "2022-05-30"),
        ("2022-06-01", 1, "2022-06-06"),
        # The State Funeral of Monday 19 September 2022.
        ("2022-09-14", 3, "2022-09-20"),
        ("2022-09-19", 1, "2022-09-20"),
        # May Day and the Coronation in 2023: two Mondays running.
        ("2023-04-27", 6, "2023-05-09"),
        # 29 February is a day like another.
        ("2024-02-28", 3, "2024-03-04"),
        ("2024-02-29", 1, "2024-03-01"),
        # Back.
        ("2026-04-07", -1, "2026-04-02"),
        ("2026-04-05", -1, "2026-04-02"),
        # None at all.
        ("2026-04-05", 0, "2026-04-05"),
    ],
)
def test_days_that_go_wrong_elsewhere(start: str, count: int, expected: str) -> None:
    assert ENGLAND.add(date.fromisoformat(start), count) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-04-02", "2026-04-02", 0),  # answered on the day of receipt
        ("2026-01-10", "2026-01-11", 0),  # Saturday to Sunday
        ("2026-01-10", "2026-01-12", 1),
        ("2026-04-02", "2026-04-06", 0),
        ("2026-04-02", "2026-04-07", 1),
        ("2022-12-17", "2023-03-22", 65),
        ("2026-04-07", "2026-04-02", -1),
        ("2026-04-06", "2026-04-02", 0),
    ],
)
def test_counting_between_two_dates(start: str, end: str, count: int) -> None:
    assert ENGLAND.between(date.fromisoformat(start), date.fromisoformat(end)) == count


def test_each_skipped_day_is_named() -> None:
    assert ENGLAND.skipped(date(2022, 9, 16), date(2022, 9, 20)) == [
        DayOff(date(2022, 9, 17), "Saturday"),
        DayOff(date(2022, 9, 18), "Sunday"),
        DayOff(date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
    ]
    assert ENGLAND.why_off(date(2020, 12, 28)) == "Boxing Day (substitute day)"
    assert ENGLAND.why_off(date(2026, 4, 7)) is None


def test_a_closure_day_does_not_count_and_is_named() -> None:
    closed = ENGLAND.with_closures({date(2026, 12, 24): "offices closed", date(2026, 12, 25): "offices closed"})
    assert closed.add(date(2026, 12, 23), 1) == date(2026, 12, 29)
    assert closed.why_off(date(2026, 12, 24)) == "offices closed"
    assert closed.why_off(date(2026, 12, 25)) == "Christmas Day"
    assert (closed.first, closed.last, closed.official_until) == (ENGLAND.first, ENGLAND.last, ENGLAND.official_until)


def test_nothing_is_counted_where_the_holidays_are_not_known() -> None:
    """A calendar of a few years once took every day outside them for a working day."""
    short = england(range(2024, 2026))
    assert short.add(date(2025, 12, 24), 1) == date(2025, 12, 29)
    for start, count in ((date(2025, 12, 31), 1), (date(2024, 1, 2), -1), (date(2026, 1, 1), 1), (date(2023, 5, 1), 0)):
        with pytest.raises(OutsideCalendar, match="outside the years 2024 to 2025"):
            short.add(start, count)
    with pytest.raises(OutsideCalendar, match="2026-01-01 is outside"):
        short.between(date(2025, 12, 1), date(2026, 1, 1))


def test_the_fingerprint_names_the_days_that_count_and_nothing_else() -> None:
    renamed = WorkingCalendar(dict.fromkeys(ENGLAND.days_off, "holiday"))
    weekend = ENGLAND.with_closures({date(2026, 1, 10): "a Saturday"})
    later = ENGLAND.with_closures({date(2026, 12, 24): "offices closed"})
    assert renamed.fingerprint == weekend.fingerprint == ENGLAND.fingerprint != later.fingerprint
    assert len(ENGLAND.fingerprint) == 12


@pytest.mark.parametrize(
    ("start", "count", "words"),
    [
        (
            date(2001, 1, 1),
            -253,
            "253 working days before 2001-01-01 is outside the years 2000 to 2060, whose bank "
            "holidays are known: at most 252 can be counted from there, to 2000-01-04.",
        ),
        (
            date(2060, 12, 29),
            3,
            "3 working days after 2060-12-29 is outside the years 2000 to 2060, whose bank "
            "holidays are known: at most 2 can be counted from there, to 2060-12-31.",
        ),
        (
            date(2000, 1, 4),
            -1,
            "1 working days before 2000-01-04 is outside the years 2000 to 2060, whose bank "
            "holidays are known: none can be counted from there.",
        ),
        (date(1999, 12, 31), 1, "1999-12-31 is outside the years 2000 to 2060, whose bank holidays are known."),
    ],
)
def test_the_refusal_of_a_count_says_how_far_can_be_counted(start: date, count: int, words: str) -> None:
    with pytest.raises(OutsideCalendar) as refused:
        ENGLAND.add(start, count)
    assert str(refused.value) == words


@given(st.dates(date(1999, 12, 20), date(2001, 3, 1)) | st.dates(date(2059, 11, 1), date(2061, 1, 10)), counts)
def test_a_count_is_given_just_where_the_calendar_has_that_many_days(start: date, count: int) -> None:
    beyond = [start + timedelta(days=n if count > 0 else -n) for n in range(1, 800)]
    there = sum(ENGLAND.first <= day <= ENGLAND.last and ENGLAND.is_working_day(day) for day in beyond)
    if not ENGLAND.first <= start <= ENGLAND.last or there < abs(count):
        with pytest.raises(OutsideCalendar):
            ENGLAND.add(start, count)
    else:
        end = ENGLAND.add(start, count)
        assert count in (0, ENGLAND.between(start, end)) or not ENGLAND.is_working_day(start)
        assert ENGLAND.farthest(start, back=count < 0)[0] >= abs(count)


def test_a_list_looks_ahead_as_far_as_the_calendar_goes() -> None:
    assert ENGLAND.add_at_most(date(2060, 12, 1), 20) == date(2060, 12, 31)
    assert ENGLAND.add_at_most(date(2060, 11, 30), 20) == date(2060, 12, 30) == ENGLAND.add(date(2060, 11, 30), 20)
    assert ENGLAND.add_at_most(date(2060, 12, 31), 20) == date(2060, 12, 31)


@given(days, counts)
def test_adding_and_counting_are_inverse(start: date, count: int) -> None:
    if count < 0:
        start = ENGLAND.on_or_after(start)
    assert ENGLAND.between(start, ENGLAND.add(start, count)) == count


@given(days, days)
def test_counting_and_adding_are_inverse(start: date, end: date) -> None:
    start, end = min(start, end), max(start, end)
    end = ENGLAND.on_or_after(end)
    assert start == end or ENGLAND.add(start, ENGLAND.between(start, end)) == end


@given(days, days, days)
def test_counts_add_up_across_a_day_between(one: date, two: date, three: date) -> None:
    assert ENGLAND.between(one, two) + ENGLAND.between(two, three) == ENGLAND.between(one, three)


@given(days, counts.filter(bool))
def test_a_date_that_was_counted_is_a_working_day(start: date, count: int) -> None:
    assert ENGLAND.is_working_day(ENGLAND.add(start, count))


@given(days, counts)
def test_one_more_day_is_later(start: date, count: int) -> None:
    if count in (-1, 0):
        start = ENGLAND.on_or_after(start)
    assert ENGLAND.add(start, count) < ENGLAND.add(start, count + 1)


@given(days, days, counts)
def test_received_later_is_never_due_earlier(one: date, two: date, count: int) -> None:
    assert ENGLAND.add(min(one, two), count) <= ENGLAND.add(max(one, two), count)


@given(days, st.integers(1, 200), st.lists(st.integers(0, 300), max_size=5))
def test_a_holiday_added_never_makes_a_date_earlier(start: date, count: int, offsets: list[int]) -> None:
    more = ENGLAND.with_closures({start + timedelta(days=offset): "added" for offset in offsets})
    before, after = ENGLAND.add(start, count), more.add(start, count)
    crossed = [off for off in more.days_off.keys() - ENGLAND.days_off.keys() if start < off <= after]
    assert after >= before
    assert (after == before) == (not any(off.weekday() < 5 and off <= before for off in crossed))


@given(days, st.integers(0, 200))
def test_every_day_of_a_count_is_counted_or_named(start: date, count: int) -> None:
    end = ENGLAND.add(start, count)
    assert count + len(ENGLAND.skipped(start, end)) == (end - start).days
