"""The bank holidays of four nations against the list that GOV.UK publishes, and what reads a nation's name."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib import resources
from itertools import islice

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from feedback_tui.rules.late_holidays import BadHolidayFile, HolidayChanges, changes, read_official_holidays
from feedback_tui.rules.nations import Nation
from feedback_tui.rules.profile import BadProfile, profile_text, read_profile
from feedback_tui.rules.working_days import DayOff, calendar_of, england, nation_of
from feedback_tui.vocabulary import UnknownWord

N, D = Nation, date
FIRST, LAST = D(2012, 1, 1), D(2028, 12, 31)
DIVISIONS = {
    N.ENGLAND: BankHolidays.ENGLAND_AND_WALES,
    N.WALES: BankHolidays.ENGLAND_AND_WALES,
    N.SCOTLAND: BankHolidays.SCOTLAND,
    N.NORTHERN_IRELAND: BankHolidays.NORTHERN_IRELAND,
}
PROCLAIMED = {N.SCOTLAND: {D(2026, 6, 15)}}
"""Proclaimed on 4 February 2026, for the World Cup: after the copy of the list that stands in for GOV.UK here."""
PUBLISHED = (resources.files("govuk_bank_holidays") / "bank-holidays.json").read_bytes()
TOML = profile_text("shropshire")


@pytest.fixture(scope="module")
def ministry() -> BankHolidays:
    """The list that the package brings with it: nothing is fetched."""
    return BankHolidays(use_cached_holidays=True)


def published(ministry: BankHolidays, nation: Nation) -> set[date]:
    theirs = {holiday["date"] for holiday in ministry.get_holidays(DIVISIONS[nation])}
    return {day for day in theirs if FIRST <= day <= LAST and day.weekday() < 5} | PROCLAIMED.get(nation, set())


@pytest.mark.parametrize("nation", Nation)
def test_its_bank_holidays_are_those_that_gov_uk_publishes(ministry: BankHolidays, nation: Nation) -> None:
    ours = {day for day in calendar_of(nation).days_off if FIRST <= day <= LAST and day.weekday() < 5}
    assert ours == published(ministry, nation)


@pytest.mark.parametrize("nation", Nation)
def test_it_counts_as_a_naive_count_over_that_list_does(ministry: BankHolidays, nation: Nation) -> None:
    calendar, off = calendar_of(nation), published(ministry, nation)
    for start in (FIRST + timedelta(days=n) for n in range(0, 5900, 11)):
        later = (start + timedelta(days=n) for n in range(1, 120))
        counted = list(islice((day for day in later if day.weekday() < 5 and day not in off), 65))
        assert [calendar.add(start, count) for count in (1, 3, 20, 65)] == [counted[n - 1] for n in (1, 3, 20, 65)]
        assert calendar.between(start, counted[-1]) == 65


@pytest.mark.parametrize(
    ("nation", "start", "third"),
    [
        (N.ENGLAND, D(2026, 4, 2), D(2026, 4, 9)),  # Good Friday and Easter Monday
        (N.WALES, D(2026, 4, 2), D(2026, 4, 9)),
        (N.NORTHERN_IRELAND, D(2026, 4, 2), D(2026, 4, 9)),
        (N.SCOTLAND, D(2026, 4, 2), D(2026, 4, 8)),  # Easter Monday is a working day
        (N.SCOTLAND, D(2026, 12, 31), D(2027, 1, 7)),  # 1 January, and 4 January for the 2nd, a Saturday
        (N.ENGLAND, D(2026, 12, 31), D(2027, 1, 6)),
        (N.SCOTLAND, D(2026, 11, 27), D(2026, 12, 3)),  # St Andrew's Day
        (N.ENGLAND, D(2026, 11, 27), D(2026, 12, 2)),
        (N.NORTHERN_IRELAND, D(2026, 3, 16), D(2026, 3, 20)),  # St Patrick's Day
        (N.NORTHERN_IRELAND, D(2026, 7, 10), D(2026, 7, 16)),  # 13 July for the 12th, a Sunday
        (N.SCOTLAND, D(2026, 7, 31), D(2026, 8, 6)),  # the first Monday of August
        (N.ENGLAND, D(2026, 8, 28), D(2026, 9, 3)),  # the last
    ],
)
def test_three_working_days_in_each_nation(nation: Nation, start: date, third: date) -> None:
    assert calendar_of(nation).add(start, 3) == third


def test_a_mark_names_its_nation_and_englands_is_as_before() -> None:
    for nation in Nation:
        for calendar in (calendar_of(nation), calendar_of(nation).with_closures({D(2026, 12, 24): "Closed"})):
            assert nation_of(calendar.mark) is nation
            assert calendar.law.nation is nation
    assert england().mark == england().fingerprint
    assert calendar_of(N.WALES).fingerprint == england().fingerprint
    with pytest.raises(UnknownWord):
        nation_of("abc@france")


@pytest.mark.parametrize("nation", Nation)
def test_the_official_list_is_read_for_the_nation(nation: Nation) -> None:
    found = read_official_holidays(PUBLISHED, nation)
    late = tuple(DayOff(day, calendar_of(nation).days_off[day]) for day in PROCLAIMED.get(nation, ()))
    assert changes(calendar_of(nation).days_off, found) == HolidayChanges((), late)
    alone = json.dumps(json.loads(PUBLISHED)[nation.division]).encode()
    assert read_official_holidays(alone, nation) == found
    other = N.SCOTLAND if nation is not N.SCOTLAND else N.WALES
    with pytest.raises(BadHolidayFile, match=f"bank holidays of {nation.division}, not of {other.division}"):
        read_official_holidays(alone, other)
    rest = {key: value for key, value in json.loads(PUBLISHED).items() if key != nation.division}
    with pytest.raises(BadHolidayFile, match=f"the division {nation.division} is missing"):
        read_official_holidays(json.dumps(rest).encode(), nation)


@pytest.mark.parametrize("nation", Nation)
def test_a_profile_names_its_nation_and_one_that_does_not_is_englands(nation: Nation) -> None:
    assert read_profile(f'calendar = "{nation}"\n{TOML}').calendar is nation
    assert read_profile(TOML).calendar is N.ENGLAND


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (
            '"france"',
            "line 1: calendar: “france” is not known here: write england, scotland, wales or northern-ireland",
        ),
        ('"Scotland"', "line 1: calendar: “Scotland” is not known here: write england, scotland, wales or"),
        ("3", "line 1: calendar: write england, scotland, wales or northern-ireland"),
        ('["scotland"]', "line 1: calendar: write england, scotland, wales or northern-ireland"),
    ],
)
def test_a_calendar_that_is_none_is_refused_with_its_line(written: str, words: str) -> None:
    with pytest.raises(BadProfile) as refused:
        read_profile(f"calendar = {written}\n{TOML}")
    assert words in str(refused.value)
