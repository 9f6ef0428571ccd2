"""Dates as officers type them and as registers hold them: what each means, and what is refused rather than guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.rules.dates import HOW_TO_TYPE, NotADate, long_date, register_date, short_date, typed_date
from feedback_tui.rules.working_days import england
from feedback_tui.text import one_line

ENGLAND = england()
TODAY = date(2026, 4, 2)
"""A Thursday: the next day is Good Friday."""
todays = st.dates(date(2002, 1, 1), date(2058, 12, 31))
"""Three hundred working days can be counted from each, on and back; what is past the known years has its own tests."""
any_day = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-04-03", "2026-04-03"),
        ("03/04/2026", "2026-04-03"),
        (" 29/02/2024 ", "2024-02-29"),
        ("1900-01-01", "1900-01-01"),
        ("31/12/2100", "2100-12-31"),
    ],
)
def test_a_date_in_a_register(text: str, expected: str) -> None:
    assert register_date(text) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "a date is needed: write YYYY-MM-DD or DD/MM/YYYY"),
        ("3/4/2026", "write YYYY-MM-DD or DD/MM/YYYY"),
        ("2026-4-3", "write YYYY-MM-DD or DD/MM/YYYY"),
        ("03/04/26", "write YYYY-MM-DD or DD/MM/YYYY"),
        ("03-04-2026", "write YYYY-MM-DD or DD/MM/YYYY"),
        ("2026/04/03", "write YYYY-MM-DD or DD/MM/YYYY"),
        ("20260403", "write YYYY-MM-DD or DD/MM/YYYY"),
        ("2026-04-03T00:00:00", "write YYYY-MM-DD or DD/MM/YYYY"),
        ("2026-W14-5", "write YYYY-MM-DD or DD/MM/YYYY"),
        ("today", "write YYYY-MM-DD or DD/MM/YYYY"),
        ("45020", "write YYYY-MM-DD or DD/MM/YYYY"),
        ("٠٣/٠٤/٢٠٢٦", "write YYYY-MM-DD or DD/MM/YYYY"),  # Arabic digits
        ("30/02/2026", "February 2026 has 28 days"),
        ("29/02/2100", "February 2100 has 28 days"),
        ("00/04/2026", "April 2026 has 30 days"),
        ("2026-13-45", "there is no month 13"),
        ("04/13/2026", "there is no month 13 (the day stands before the month)"),
        ("03/04/0026", "its year is not between 1900 and 2100"),
        ("2206-04-03", "its year is not between 1900 and 2100"),
    ],
)
def test_what_a_register_may_not_hold(text: str, why: str) -> None:
    with pytest.raises(NotADate) as refused:
        register_date(text)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("text", "done", "due"),
    [
        ("today", "2026-04-02", "2026-04-02"),
        ("T", "2026-04-02", "2026-04-02"),
        ("yesterday", "2026-04-01", "2026-04-01"),
        ("y", "2026-04-01", "2026-04-01"),
        ("tomorrow", "2026-04-03", "2026-04-03"),
        # A weekday: the last one for what was done, today included; the next one for what is due.
        ("thu", "2026-04-02", "2026-04-09"),
        ("Fri", "2026-03-27", "2026-04-03"),
        ("monday", "2026-03-30", "2026-04-06"),
        ("tues", "2026-03-31", "2026-04-07"),
        ("weds", "2026-04-01", "2026-04-08"),
        # Day first; the nearest such day not after today, or not before it.
        ("2/4", "2026-04-02", "2026-04-02"),
        ("3/4", "2025-04-03", "2026-04-03"),
        ("1.4", "2026-04-01", "2027-04-01"),
        ("12-1", "2026-01-12", "2027-01-12"),
        ("31/12", "2025-12-31", "2026-12-31"),
        ("29/2", "2024-02-29", "2028-02-29"),
        ("3 apr", "2025-04-03", "2026-04-03"),
        ("1st April", "2026-04-01", "2027-04-01"),
        # A whole date is what it says, whichever is asked for.
        ("3/4/2026", "2026-04-03", "2026-04-03"),
        ("03.04.26", "2026-04-03", "2026-04-03"),
        ("2026-4-3", "2026-04-03", "2026-04-03"),
        ("3 April 2026", "2026-04-03", "2026-04-03"),
        ("3rd Apr 26", "2026-04-03", "2026-04-03"),
        ("3 sept 2025", "2025-09-03", "2025-09-03"),
        ("Fri 3 April 2026", "2026-04-03", "2026-04-03"),
        ("friday, 3/4/26", "2026-04-03", "2026-04-03"),
        ("thu  2 apr", "2026-04-02", "2026-04-02"),
        # Steps from today; only wd looks at the calendar.
        ("+10wd", "2026-04-20", "2026-04-20"),
        ("-1wd", "2026-04-01", "2026-04-01"),
        ("+1 wd", "2026-04-07", "2026-04-07"),
        ("+7d", "2026-04-09", "2026-04-09"),
        ("-2d", "2026-03-31", "2026-03-31"),
        ("+2w", "2026-04-16", "2026-04-16"),
        ("-1m", "2026-03-02", "2026-03-02"),
    ],
)
def test_what_an_officer_means(text: str, done: str, due: str) -> None:
    assert typed_date(text, TODAY, ENGLAND) == date.fromisoformat(done)
    assert typed_date(text, TODAY, ENGLAND, future=True) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", f"a date is needed: {HOW_TO_TYPE}"),
        ("  ", f"a date is needed: {HOW_TO_TYPE}"),
        # What a lenient parser reads, each as something else.
        ("1", HOW_TO_TYPE),
        ("03", HOW_TO_TYPE),
        ("0403", HOW_TO_TYPE),
        ("20260403", HOW_TO_TYPE),
        ("m", HOW_TO_TYPE),
        ("t h u", HOW_TO_TYPE),
        ("mo", HOW_TO_TYPE),
        ("april", HOW_TO_TYPE),
        ("apr 3", HOW_TO_TYPE),
        ("3 ma 2026", HOW_TO_TYPE),
        ("2026-04", HOW_TO_TYPE),
        ("next fri", HOW_TO_TYPE),
        ("mon 3", HOW_TO_TYPE),
        ("3/4-26", HOW_TO_TYPE),
        ("3/4/026", HOW_TO_TYPE),
        ("2026/04/03", HOW_TO_TYPE),
        ("3/4/2026 10:00", HOW_TO_TYPE),
        ("10wd", HOW_TO_TYPE),
        ("+wd", HOW_TO_TYPE),
        ("+10", "+10wd for working days, +10d for days"),
        ("-3", "-3wd for working days, -3d for days"),
        ("31/4", "April 2026 has 30 days"),
        ("0/4", "April 2026 has 30 days"),
        ("29/2/2026", "February 2026 has 28 days"),
        ("4/13", "there is no month 13 (the day stands before the month)"),
        ("4/13/2026", "there is no month 13"),
        ("3/4/0026", "its year is not between 1900 and 2100"),
        ("1/4/98", "write the year in full, 1998 or 2098"),
        ("Mon 3 April 2026", "3 April 2026 is a Friday"),
        ("fri 2/4", "2 April 2026 is a Thursday"),
        ("+9999wd", "bank holidays are known from 2000 to 2060: write +8787wd at most, Fri 31 December 2060"),
        ("-9999wd", "bank holidays are known from 2000 to 2060: write -6633wd at most, Tue 4 January 2000"),
        ("+9999m", "its year is not between 1900 and 2100"),
        ("٣/٤", HOW_TO_TYPE),
    ],
)
def test_what_is_refused_rather_than_guessed(text: str, why: str) -> None:
    with pytest.raises(NotADate) as refused:
        typed_date(text, TODAY, ENGLAND)
    assert why in str(refused.value)


def test_a_refusal_shows_what_was_typed_and_acts_on_nothing() -> None:
    with pytest.raises(NotADate, match="“␛]0;owned␇” is not a date"):
        register_date("\x1b]0;owned\x07")
    with pytest.raises(NotADate, match=r"^“x{39}…” is not a date"):
        typed_date("x" * 5000, TODAY, ENGLAND)


@given(any_day)
def test_a_register_gives_back_the_date_it_holds(day: date) -> None:
    assert register_date(day.isoformat()) == register_date(day.strftime("%d/%m/%Y")) == day


@given(todays, any_day, st.booleans())
def test_a_date_that_was_shown_can_be_typed(today: date, day: date, future: bool) -> None:
    for shown in (long_date(day), short_date(day), day.isoformat(), f"{day.day}/{day.month}/{day.year}"):
        assert typed_date(shown, today, ENGLAND, future=future) == day


@given(todays, any_day)
def test_a_day_and_month_lie_on_the_side_that_was_asked_for(today: date, day: date) -> None:
    done = typed_date(f"{day.day}/{day.month}", today, ENGLAND)
    due = typed_date(f"{day.day}/{day.month}", today, ENGLAND, future=True)
    assert (done.day, done.month) == (due.day, due.month) == (day.day, day.month)
    assert done <= today <= due
    assert due == done == today or (due - done).days in (365, 366, 4 * 365 + 1)


@given(todays, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_lies_within_a_week(today: date, name: str) -> None:
    done, due = typed_date(name, today, ENGLAND), typed_date(name, today, ENGLAND, future=True)
    assert f"{done:%a}".casefold() == f"{due:%a}".casefold() == name
    assert timedelta(0) <= today - done < timedelta(7)
    assert timedelta(0) < due - today <= timedelta(7)


@given(todays, st.integers(-300, 300))
def test_working_days_typed_are_working_days_counted(today: date, count: int) -> None:
    assert typed_date(f"{count:+}wd", today, ENGLAND) == ENGLAND.add(today, count)


@pytest.mark.parametrize(
    ("today", "text", "why"),
    [
        (date(2001, 1, 1), "-253wd", "write -252wd at most, Tue 4 January 2000"),
        (date(2060, 12, 29), "+3wd", "write +2wd at most, Fri 31 December 2060"),
        (date(2000, 1, 3), "-1wd", "bank holidays are known from 2000 to 2060: write the date itself"),
        (date(2060, 12, 31), "+1wd", "bank holidays are known from 2000 to 2060: write the date itself"),
        (date(1999, 12, 31), "+1wd", "and today is Fri 31 December 1999: write the date itself"),
        (date(2061, 1, 3), "-1wd", "and today is Mon 3 January 2061: write the date itself"),
    ],
)
def test_working_days_past_the_known_years_are_refused_with_what_can_be_written(
    today: date, text: str, why: str
) -> None:
    with pytest.raises(NotADate, match=re.escape(why)):
        typed_date(text, today, ENGLAND)


def test_the_most_working_days_that_the_refusal_names_can_be_typed() -> None:
    assert typed_date("-252wd", date(2001, 1, 1), ENGLAND) == date(2000, 1, 4)
    assert typed_date("+2wd", date(2060, 12, 29), ENGLAND) == date(2060, 12, 31)


def _read(text: str, today: date | None = None, future: bool = False) -> date | str:
    """The date, or the refusal's words: any other exception is a fault."""
    try:
        return register_date(text) if today is None else typed_date(text, today, ENGLAND, future=future)
    except NotADate as refused:
        return str(refused)


@given(st.text(max_size=20) | st.text("0123456789/-.+wd fri apt", max_size=12), todays, st.booleans())
def test_anything_is_a_date_or_a_plain_refusal(text: str, today: date, future: bool) -> None:
    for found in (_read(text), _read(text, today, future)):
        if isinstance(found, date):
            assert 1900 <= found.year <= 2100
        else:
            assert found.startswith("a date is needed: ") or "” is not a date: " in found
            assert found == one_line(found)
