"""Every day from 2012 to 2028 against numpy's business days and the Ministry of Justice's list of bank holidays."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import numpy as np
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from feedback_tui.rules.working_days import OFFICIAL_UNTIL, england

FIRST, LAST = date(2012, 1, 1), date(2028, 12, 31)
COUNTS = (1, 3, 5, 10, 15, 20, 25, 30, 65)
ENGLAND = england()
DIVISION = BankHolidays.ENGLAND_AND_WALES
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


@pytest.fixture(scope="module")
def ministry() -> BankHolidays:
    """The list that the package brings with it: nothing is fetched."""
    return BankHolidays(use_cached_holidays=True)


@pytest.fixture(scope="module")
def numpy_days(ministry: BankHolidays) -> np.busdaycalendar:
    return np.busdaycalendar(holidays=[holiday["date"] for holiday in ministry.get_holidays(DIVISION)])


def test_the_two_lists_of_holidays_are_the_same(ministry: BankHolidays) -> None:
    theirs = {holiday["date"] for holiday in ministry.get_holidays(DIVISION)}
    ours = {day for day in ENGLAND.days_off if FIRST <= day <= LAST and day.weekday() < 5}
    assert {day for day in theirs if FIRST <= day <= LAST and day.weekday() < 5} == ours
    assert len(ours) > 17 * 7


def test_the_list_is_official_as_long_as_we_say(ministry: BankHolidays) -> None:
    assert max(holiday["date"] for holiday in ministry.get_holidays(DIVISION)).year >= OFFICIAL_UNTIL.year


def test_every_day_is_off_or_not_alike(ministry: BankHolidays) -> None:
    assert [ENGLAND.is_working_day(day) for day in EVERY_DAY] == [
        ministry.is_work_day(day, DIVISION) for day in EVERY_DAY
    ]


def test_adding_is_as_the_ministry_steps_through_work_days(ministry: BankHolidays) -> None:
    for start in (day for day in EVERY_DAY if day <= LAST - timedelta(days=60)):
        theirs = list(islice(ministry.work_days_after(DIVISION, start), 30))
        assert [ENGLAND.add(start, count) for count in (1, 3, 30)] == [theirs[0], theirs[2], theirs[29]]


@pytest.mark.parametrize("count", COUNTS)
def test_adding_is_as_numpy_adds(numpy_days: np.busdaycalendar, count: int) -> None:
    starts = [day for day in EVERY_DAY if day <= LAST - timedelta(days=count * 2 + 10)]
    on = np.busday_offset(np.array(starts, "datetime64[D]"), count, roll="backward", busdaycal=numpy_days)
    assert [ENGLAND.add(start, count) for start in starts] == on.tolist()


@pytest.mark.parametrize("count", COUNTS)
def test_going_back_is_as_numpy_goes_back(numpy_days: np.busdaycalendar, count: int) -> None:
    starts = [day for day in EVERY_DAY if day >= FIRST + timedelta(days=count * 2 + 10)]
    back = np.busday_offset(np.array(starts, "datetime64[D]"), -count, roll="forward", busdaycal=numpy_days)
    assert [ENGLAND.add(start, -count) for start in starts] == back.tolist()


@pytest.mark.parametrize("apart", [0, 1, 6, 7, 30, 183, 365])
def test_counting_is_as_numpy_counts(numpy_days: np.busdaycalendar, apart: int) -> None:
    starts = [day for day in EVERY_DAY if day <= LAST - timedelta(days=apart + 1)]
    after = np.array(starts, "datetime64[D]") + np.timedelta64(1, "D")
    theirs = np.busday_count(after, after + np.timedelta64(apart, "D"), busdaycal=numpy_days).tolist()
    assert [ENGLAND.between(start, start + timedelta(days=apart)) for start in starts] == theirs
