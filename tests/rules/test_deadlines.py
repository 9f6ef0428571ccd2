"""Every deadline of every shipped procedure, worked out by hand, and what must hold of any of them.

Received Thursday 2 April 2026: Good Friday is the 3rd, Easter Monday the 6th; 4 and 25 May are bank holidays.
Received Saturday 17 December 2022: 26 and 27 December and 2 January are bank holidays.
Received Monday 16 May 2022: 2 and 3 June are the Jubilee.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.enums import CountsFrom, DeadlineKind, Unit
from feedback_tui.rules.deadlines import (
    NO_PROCEDURE_YET,
    SIX_MONTHS,
    DueDate,
    Facts,
    counted,
    due_date,
    due_dates,
    limits_of,
)
from feedback_tui.rules.limits import Limit
from feedback_tui.rules.profile import load_profile, shipped_profiles
from feedback_tui.rules.working_days import WorkingCalendar, england

ENGLAND = england()
PROFILES = {key: load_profile(key) for key in shipped_profiles()}
EASTER, CHRISTMAS, JUBILEE = date(2026, 4, 2), date(2022, 12, 17), date(2022, 5, 16)
ENQUIRY = date(2026, 7, 6)
REPLY = {"ombudsman_reply": date(2026, 8, 3)}


def due(profile: str, procedure: str, facts: Facts, calendar: WorkingCalendar = ENGLAND) -> dict[str, date | None]:
    """The dates that a procedure causes, by kind of deadline."""
    found = PROFILES[profile].procedure(procedure)
    limits = limits_of(found.version_on(facts.received_on), regulations_2009=found.regulations_2009)
    return {str(one.deadline): one.due_on for one in due_dates(limits, facts, calendar)}


STATUTORY = {
    EASTER: {
        "acknowledgement": date(2026, 4, 9),
        "stage_1_target": date(2026, 5, 12),
        "stage_1_limit": date(2026, 7, 8),
        "statutory_limit": date(2026, 10, 1),
    },
    CHRISTMAS: {
        "acknowledgement": date(2022, 12, 21),
        "stage_1_target": date(2023, 1, 25),
        "stage_1_limit": date(2023, 3, 22),
        "statutory_limit": date(2023, 6, 16),
    },
    JUBILEE: {
        "acknowledgement": date(2022, 5, 19),
        "stage_1_target": date(2022, 6, 22),
        "stage_1_limit": date(2022, 8, 17),
        "statutory_limit": date(2022, 11, 15),
    },
}


@pytest.mark.parametrize("procedure", ["statutory-adult", "statutory-provider"])
@pytest.mark.parametrize("received_on", STATUTORY)
def test_shropshires_statutory_deadlines_are_those_counted_by_hand(procedure: str, received_on: date) -> None:
    found = due("shropshire", procedure, Facts(received_on, enquiry_on=ENQUIRY))
    assert found == STATUTORY[received_on] | REPLY


def test_shropshire_corporate_before_april_2026() -> None:
    facts = Facts(
        CHRISTMAS, acknowledged_on=date(2022, 12, 20), review_requested_on=date(2023, 2, 6), enquiry_on=ENQUIRY
    )
    assert due("shropshire", "corporate", facts) == {
        "acknowledgement": date(2022, 12, 21),
        "stage_1_limit": date(2023, 2, 1),
        "stage_2_acknowledgement": None,
        "stage_2_limit": None,
        **REPLY,
    }


CODE_FACTS = Facts(
    EASTER,
    acknowledged_on=date(2026, 4, 7),
    review_requested_on=date(2026, 5, 1),
    review_acknowledged_on=date(2026, 5, 6),
    enquiry_on=ENQUIRY,
)
CODE = {
    "acknowledgement": date(2026, 4, 13),
    "stage_1_limit": date(2026, 4, 21),
    "stage_2_acknowledgement": date(2026, 5, 11),
    "stage_2_limit": date(2026, 6, 4),
    **REPLY,
}


@pytest.mark.parametrize(("profile", "procedure"), [("shropshire", "corporate"), ("lgsco-code", "lgsco-code")])
def test_deadlines_under_the_ombudsmans_code_are_those_counted_by_hand(profile: str, procedure: str) -> None:
    assert due(profile, procedure, CODE_FACTS) == CODE


@pytest.mark.parametrize(("profile", "procedure"), [("shropshire", "corporate"), ("lgsco-code", "lgsco-code")])
def test_a_date_that_cannot_be_known_yet_is_none(profile: str, procedure: str) -> None:
    assert due(profile, procedure, Facts(EASTER)) == dict.fromkeys(CODE) | {"acknowledgement": date(2026, 4, 13)}
    requested = due(profile, procedure, Facts(EASTER, review_requested_on=date(2026, 5, 1)))
    assert requested["stage_2_acknowledgement"] == date(2026, 5, 11)
    assert requested["stage_2_limit"] is None


def test_the_corporate_procedure_has_its_second_version_from_the_day_of_receipt() -> None:
    corporate = PROFILES["shropshire"].procedure("corporate")
    assert corporate.version_on(date(2026, 3, 31)).version == "1"
    assert corporate.version_on(date(2026, 4, 1)).version == "2"
    assert corporate.version_on(date(2008, 1, 1)).version == "1"
    # Received the day before, acknowledged after: the version of the receipt.
    assert due("shropshire", "corporate", Facts(date(2026, 3, 31), acknowledged_on=date(2026, 4, 2))) == {
        "acknowledgement": date(2026, 4, 7),
        "stage_1_limit": date(2026, 5, 15),
        "stage_2_acknowledgement": None,
        "stage_2_limit": None,
        "ombudsman_reply": None,
    }


def test_the_statutory_procedure_beside_the_code() -> None:
    assert due("lgsco-code", "statutory-adult", Facts(EASTER)) == {
        "acknowledgement": date(2026, 4, 9),
        "stage_1_target": None,
        "statutory_limit": date(2026, 10, 1),
        "ombudsman_reply": None,
    }


WIGAN: dict[tuple[str, date], dict[str, date | None]] = {
    ("informal", EASTER): {"stage_1_limit": date(2026, 4, 13)},
    ("informal", CHRISTMAS): {"stage_1_limit": date(2022, 12, 23)},
    ("informal", JUBILEE): {"stage_1_limit": date(2022, 5, 23)},
    ("formal-simple", EASTER): {"stage_1_target": date(2026, 4, 27), "stage_1_limit": date(2026, 5, 5)},
    ("formal-simple", CHRISTMAS): {"stage_1_target": date(2023, 1, 11), "stage_1_limit": date(2023, 1, 18)},
    ("formal-simple", JUBILEE): {"stage_1_target": date(2022, 6, 8), "stage_1_limit": date(2022, 6, 15)},
    ("formal-multiple", EASTER): {"stage_1_limit": date(2026, 5, 19)},
    ("formal-multiple", CHRISTMAS): {"stage_1_limit": date(2023, 2, 1)},
    ("formal-multiple", JUBILEE): {"stage_1_limit": date(2022, 6, 29)},
    ("formal-complex", EASTER): {"stage_1_target": date(2026, 5, 19), "stage_1_limit": None},
    ("formal-complex", CHRISTMAS): {"stage_1_target": date(2023, 2, 1), "stage_1_limit": None},
    ("formal-complex", JUBILEE): {"stage_1_target": date(2022, 6, 29), "stage_1_limit": None},
}


@pytest.mark.parametrize(("procedure", "received_on"), WIGAN)
def test_wigans_deadlines_are_those_counted_by_hand(procedure: str, received_on: date) -> None:
    law = {kind: STATUTORY[received_on][kind] for kind in ("acknowledgement", "statutory_limit")}
    assert due("wigan", procedure, Facts(received_on)) == {
        **law,
        **WIGAN[procedure, received_on],
        "ombudsman_reply": None,
    }


def test_every_shipped_procedure_stands_in_these_tests() -> None:
    known = {("shropshire", key) for key in ("statutory-adult", "statutory-provider", "corporate")}
    known |= {("lgsco-code", key) for key in ("lgsco-code", "statutory-adult")}
    known |= {("wigan", key) for key, _ in WIGAN}
    for profile in ("shropshire", "wigan", "lgsco-code"):
        assert {(profile, one.key) for one in PROFILES[profile].procedures} == {k for k in known if k[0] == profile}


def test_while_the_procedure_is_not_settled_the_law_holds_all_the_same() -> None:
    found = due_dates(limits_of(None, regulations_2009=False), Facts(EASTER), ENGLAND)
    assert [(one.deadline, one.due_on) for one in found] == [
        (DeadlineKind.ACKNOWLEDGEMENT, date(2026, 4, 9)),
        (DeadlineKind.STATUTORY_LIMIT, date(2026, 10, 1)),
    ]
    assert NO_PROCEDURE_YET.rule == "3 working days from receipt"


@pytest.mark.parametrize(
    ("received_on", "last_day"),
    [
        ("2026-04-06", "2026-10-05"),
        ("2023-08-31", "2024-02-29"),  # no 31 February: its last day, in a leap year
        ("2024-08-31", "2025-02-28"),
        ("2024-08-30", "2025-02-28"),
        ("2024-08-29", "2025-02-28"),
        ("2023-08-29", "2024-02-28"),  # there is a 29 February: the day before it
        ("2024-08-28", "2025-02-27"),
        ("2024-02-29", "2024-08-28"),
        ("2025-03-31", "2025-09-30"),
        ("2025-03-30", "2025-09-29"),
        ("2025-10-01", "2026-03-31"),
        ("2025-07-01", "2025-12-31"),
        ("2025-12-31", "2026-06-30"),
    ],
)
def test_six_months_begin_on_the_day_of_receipt(received_on: str, last_day: str) -> None:
    found = due_date(SIX_MONTHS, Facts(date.fromisoformat(received_on)), ENGLAND)
    assert found.due_on == date.fromisoformat(last_day)
    assert found.skipped == ()
    assert found.working_days is None


def test_nothing_but_the_receipt_moves_the_six_months() -> None:
    assert due("shropshire", "statutory-adult", Facts(EASTER))["statutory_limit"] == date(2026, 10, 1)
    later = Facts(EASTER, date(2026, 4, 20), date(2026, 5, 20), date(2026, 6, 1), date(2026, 6, 2), ENQUIRY)
    closed = ENGLAND.with_closures({date(2026, 10, 1): "offices closed"})
    assert due("shropshire", "statutory-adult", later, closed)["statutory_limit"] == date(2026, 10, 1)


def test_a_limit_of_no_days_from_a_day_off_is_the_next_working_day() -> None:
    assert counted(0, Unit.WORKING_DAYS, date(2026, 4, 2), ENGLAND) == date(2026, 4, 2)
    assert counted(0, Unit.WORKING_DAYS, date(2026, 4, 4), ENGLAND) == date(2026, 4, 7)


def test_a_deadline_says_how_it_was_counted() -> None:
    limit = Limit.model_validate({"deadline": "acknowledgement", "from": "receipt", "count": 1, "source": "reg 13"})
    found = due_date(limit, Facts(EASTER), ENGLAND)
    assert (found.counted_from, found.working_days, limit.rule) == (EASTER, 1, "1 working day from receipt")
    assert [off.why for off in found.skipped] == ["Good Friday", "Saturday", "Sunday", "Easter Monday"]


def test_an_aim_may_start_at_consent() -> None:
    limit = Limit.model_validate({"deadline": "stage_1_target", "from": "consent", "count": 25, "source": "own"})
    assert due_date(limit, Facts(JUBILEE), ENGLAND).due_on is None
    assert due_date(limit, Facts(JUBILEE, consent_on=EASTER), ENGLAND).due_on == date(2026, 5, 12)


starts = st.sampled_from([start for start in CountsFrom if start is not CountsFrom.SET])
days = st.dates(date(2001, 1, 1), date(2040, 12, 31))
facts = st.builds(Facts, days, *[st.none() | days] * 5)
closures = st.dictionaries(st.dates(date(2001, 1, 1), date(2042, 12, 31)), st.just("closed"), max_size=30)


@given(st.integers(0, 300), days, closures)
def test_no_date_counted_in_working_days_falls_on_a_day_off(count: int, start: date, closed: dict[date, str]) -> None:
    calendar = ENGLAND.with_closures(closed)
    assert calendar.is_working_day(counted(count, Unit.WORKING_DAYS, start, calendar))


@given(st.sampled_from(Unit), st.integers(0, 120), days)
def test_more_is_never_earlier(unit: Unit, count: int, start: date) -> None:
    assert counted(count, unit, start, ENGLAND) <= counted(count + 1, unit, start, ENGLAND)


@given(st.sampled_from(Unit), st.integers(0, 120), days, days)
def test_received_later_is_never_due_earlier(unit: Unit, count: int, one: date, two: date) -> None:
    early, late = counted(count, unit, min(one, two), ENGLAND), counted(count, unit, max(one, two), ENGLAND)
    assert early <= late


def _every_date(of: Facts, calendar: WorkingCalendar) -> list[DueDate]:
    found = []
    for profile in PROFILES.values():
        for procedure in profile.procedures:
            limits = limits_of(procedure.version_on(of.received_on), regulations_2009=procedure.regulations_2009)
            found += due_dates(limits, of, calendar)
    return found


@given(facts, closures)
def test_recomputing_changes_nothing_and_a_holiday_makes_nothing_earlier(of: Facts, closed: dict[date, str]) -> None:
    before = _every_date(of, ENGLAND)
    assert before == _every_date(of, ENGLAND)
    after = _every_date(of, ENGLAND.with_closures(closed))
    for one, other in zip(before, after, strict=True):
        assert (one.due_on is None) == (other.due_on is None)
        assert one.due_on is None or other.due_on is None or one.due_on <= other.due_on
