"""Dates explained: every day of the count is there, each skipped one is named, and it fits on paper."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.enums import DeadlineKind, Unit
from feedback_tui.rules.deadlines import Facts
from feedback_tui.rules.explain_dates import Explanation, explain_count, explain_procedure, out_of_order
from feedback_tui.rules.profile import load_profile, shipped_profiles
from feedback_tui.rules.working_days import OutsideCalendar, england

ENGLAND = england()
PROFILES = {key: load_profile(key) for key in shipped_profiles()}
EASTER = date(2026, 4, 2)
days = st.dates(date(2001, 1, 1), date(2050, 12, 31))


def count(start: date, number: int, unit: Unit = Unit.WORKING_DAYS) -> Explanation:
    """A count explained under some rule."""
    return explain_count(DeadlineKind.STAGE_1_LIMIT, start, number, unit, ENGLAND, rule="a rule", source="a source")


def test_a_date_is_explained_day_by_day() -> None:
    found = count(EASTER, 3)
    assert found.due_on == date(2026, 4, 9)
    assert [(f"{day.day:%a %d}", day.number, day.why) for day in found.days] == [
        ("Fri 03", None, "Good Friday"),
        ("Sat 04", None, "Saturday"),
        ("Sun 05", None, "Sunday"),
        ("Mon 06", None, "Easter Monday"),
        ("Tue 07", 1, ""),
        ("Wed 08", 2, ""),
        ("Thu 09", 3, ""),
    ]


def test_a_count_in_words() -> None:
    assert count(EASTER, 3).lines() == [
        "Response (due by): Thu 9 April 2026",
        "  a rule, Thu 2 April 2026",
        "  Source: a source",
        "                Mon Tue Wed Thu Fri Sat Sun",
        "   30 Mar 2026                    –   –   –  Good Friday",
        "   06 Apr 2026    –   1   2   3              Easter Monday",
    ]


def test_two_holidays_in_a_week_are_both_named() -> None:
    week = [line for line in count(date(2022, 5, 27), 10).lines() if "Spring" in line or "Jubilee" in line]
    assert week == [
        "   30 May 2022    1   2   3   –   –   –   –  Spring Bank Holiday, Platinum",
        "                                             Jubilee of Elizabeth II",
    ]


def test_calendar_days_skip_none() -> None:
    found = count(date(2028, 12, 20), 28, Unit.CALENDAR_DAYS)
    assert found.due_on == date(2029, 1, 17)
    assert (found.skipped, found.working_days, found.warning) == ((), None, "")
    assert [day.number for day in found.days] == list(range(1, 29))


def test_months_and_set_dates_are_not_counted_in_days() -> None:
    assert count(date(2026, 4, 6), 6, Unit.MONTHS).due_on == date(2026, 10, 5)
    assert count(date(2026, 4, 6), 6, Unit.MONTHS).days == ()
    told = explain_count(
        DeadlineKind.RESPONSE_PROMISED, EASTER, None, Unit.FIXED, ENGLAND, rule="the period told", source=""
    )
    assert (told.due_on, told.days) == (EASTER, ())
    assert told.lines() == ["Response (promised): Thu 2 April 2026", "  the period told, Thu 2 April 2026"]


def test_past_the_announced_holidays_it_warns() -> None:
    assert count(date(2028, 12, 1), 10).warning == ""
    found = count(date(2028, 12, 27), 10)
    assert "announced up to Sun 31 December 2028" in found.warning
    assert any("announced up to" in line for line in found.lines())
    with pytest.raises(OutsideCalendar, match="outside the years 2000 to 2060"):
        count(date(2060, 12, 1), 65)


def test_a_procedure_explained_as_json() -> None:
    corporate = PROFILES["shropshire"].procedure("corporate")
    found = explain_procedure(corporate, Facts(EASTER, acknowledged_on=date(2026, 4, 7)), ENGLAND).as_json()
    assert {key: value for key, value in found.items() if key != "deadlines"} == {
        "procedure": "corporate",
        "version": "2",
        "received_on": "2026-04-02",
    }
    assert [(one["deadline"], one["due_on"], one["working_days"]) for one in found["deadlines"]] == [
        ("acknowledgement", "2026-04-13", 5),
        ("stage_1_limit", "2026-04-21", 10),
        ("stage_2_acknowledgement", None, 5),
        ("stage_2_limit", None, 20),
        ("ombudsman_reply", None, None),
    ]
    first = found["deadlines"][0]
    assert list(first) == ["deadline", "due_on", "working_days", "rule", "source", "skipped", "checked"]
    assert first["rule"] == "5 working days from receipt"
    assert first["skipped"][0] == {"date": "2026-04-03", "why": "Good Friday"}
    assert found["deadlines"][3]["skipped"] == []


def test_what_has_no_date_says_why() -> None:
    first_version = Facts(date(2022, 12, 17), review_requested_on=date(2023, 2, 6))
    found = explain_procedure(PROFILES["shropshire"].procedure("corporate"), first_version, ENGLAND)
    lines = found.lines()
    assert "Stage 2 (due by): not stated" in lines
    assert "Reply to Ombudsman: not known yet" in lines
    assert any(line.startswith("  not stated: the council sets its own") for line in lines)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_deadline_of_every_procedure_is_explained_within_80_columns(profile: str) -> None:
    for procedure in PROFILES[profile].procedures:
        facts = Facts(*[date(2028, 11, 29) + timedelta(days=n) for n in range(6)])
        found = explain_procedure(procedure, facts, ENGLAND)
        kinds = [limit.deadline for limit in found.version.limits]
        assert {one.deadline for one in found.deadlines} - set(kinds) <= {DeadlineKind.STATUTORY_LIMIT}
        assert len(found.deadlines) == len(kinds) + procedure.regulations_2009
        assert max(len(line) for line in found.lines()) <= 80
        assert max(len(line) for line in found.lines(64)) <= 64


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (Facts(EASTER, EASTER, EASTER, EASTER, EASTER, EASTER), None),
        (Facts(EASTER), None),
        (Facts(EASTER, date(2026, 4, 1)), "The acknowledgement (Wed 1 April 2026) is before the receipt"),
        (Facts(EASTER, consent_on=date(2026, 4, 1)), "The consent (Wed 1 April 2026) is before the receipt"),
        (
            Facts(EASTER, date(2026, 4, 9), review_requested_on=date(2026, 4, 8)),
            "The request for Stage 2 (Wed 8 April 2026) is before the acknowledgement (Thu 9 April 2026).",
        ),
        (
            Facts(EASTER, review_requested_on=date(2026, 5, 8), review_acknowledged_on=date(2026, 5, 7)),
            "Its acknowledgement (Thu 7 May 2026) is before the request for Stage 2 (Fri 8 May 2026).",
        ),
        (Facts(EASTER, enquiry_on=date(2026, 4, 1)), "The Ombudsman’s enquiry (Wed 1 April 2026) is before"),
    ],
)
def test_days_out_of_order(facts: Facts, words: str | None) -> None:
    found = out_of_order(facts)
    assert found == words or (found is not None and words is not None and found.startswith(words))


@given(days, st.integers(0, 120), st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS]))
def test_an_explanation_adds_up(start: date, number: int, unit: Unit) -> None:
    found = count(start, number, unit)
    assert found.due_on is not None
    assert [day.day for day in found.days] == [
        start + timedelta(days=n) for n in range(1, (found.due_on - start).days + 1)
    ]
    counted = [day.number for day in found.days if day.number is not None]
    assert counted == list(range(1, len(counted) + 1))
    assert len(counted) == number or (number == 0 and not ENGLAND.is_working_day(start))
    assert all(bool(day.why) == (day.number is None) for day in found.days)
    assert all(ENGLAND.why_off(off.day) == off.why for off in found.skipped)
