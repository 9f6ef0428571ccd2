"""A bank holiday that came late: what moves, what stays, and the official list read from its file."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import govuk_bank_holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.enums import DeadlineKind, Unit
from feedback_tui.rules.deadlines import counted
from feedback_tui.rules.late_holidays import (
    BadHolidayFile,
    HolidayChanges,
    Move,
    OpenDeadline,
    changes,
    late_holiday,
    read_official_holidays,
)
from feedback_tui.rules.working_days import DayOff, WorkingCalendar, england

ENGLAND = england()
FUNERAL = date(2022, 9, 19)
BEFORE = WorkingCalendar({day: why for day, why in ENGLAND.days_off.items() if day != FUNERAL})
PUBLISHED = (Path(govuk_bank_holidays.__file__).parent / "bank-holidays.json").read_bytes()
K = DeadlineKind


def counted_deadline(
    id: int,
    start: date,
    count: int,
    kind: DeadlineKind = K.ACKNOWLEDGEMENT,
    unit: Unit = Unit.WORKING_DAYS,
    extended_to: date | None = None,
) -> OpenDeadline:
    """An open deadline as it was counted before the State Funeral was announced."""
    original = counted(count, unit, start, BEFORE)
    return OpenDeadline(id, kind, start, count, unit, extended_to or original, original)


def move(id: int, kind: DeadlineKind, old: date, new: date) -> Move:
    """The move of a deadline that was not extended."""
    return Move(id, kind, old, new, old, new)


def test_the_state_funeral_moves_what_lies_across_it() -> None:
    wednesday = date(2022, 9, 14)
    found = late_holiday(
        [
            counted_deadline(1, wednesday, 3),  # was due on the day itself
            counted_deadline(2, date(2022, 9, 16), 3),  # across it
            counted_deadline(3, date(2022, 9, 13), 3),  # due the Friday before
            counted_deadline(4, FUNERAL, 3),  # counted from it: it is day 0
            counted_deadline(5, wednesday, 65, K.STAGE_1_LIMIT),
            counted_deadline(6, wednesday, 28, K.OMBUDSMAN_REPLY, Unit.CALENDAR_DAYS),
            counted_deadline(7, wednesday, 6, K.STATUTORY_LIMIT, Unit.MONTHS),
        ],
        BEFORE,
        ENGLAND,
    )
    assert found.moves == (
        move(1, K.ACKNOWLEDGEMENT, FUNERAL, date(2022, 9, 20)),
        move(2, K.ACKNOWLEDGEMENT, date(2022, 9, 21), date(2022, 9, 22)),
        move(5, K.STAGE_1_LIMIT, date(2022, 12, 14), date(2022, 12, 15)),
    )
    assert found.on_a_day_off == ()


def test_a_date_that_was_promised_stays_and_its_limit_moves() -> None:
    start = date(2022, 8, 22)
    beyond = counted_deadline(1, start, 20, K.STAGE_1_TARGET, extended_to=date(2022, 10, 3))
    on_it = counted_deadline(2, date(2022, 9, 1), 10, K.STAGE_1_TARGET, extended_to=FUNERAL)
    overtaken = counted_deadline(3, date(2022, 9, 14), 2, K.STAGE_1_TARGET, extended_to=FUNERAL)
    found = late_holiday([beyond, on_it, overtaken], BEFORE, ENGLAND)
    assert beyond.original_due_on == FUNERAL + timedelta(days=1)
    assert found.moves == (
        Move(1, K.STAGE_1_TARGET, date(2022, 10, 3), date(2022, 10, 3), date(2022, 9, 20), date(2022, 9, 21)),
    )
    # Both promises stand on the new holiday: they stay, and the officer is told.
    assert found.on_a_day_off == (on_it, overtaken)


def test_a_limit_that_passes_the_promise_takes_it_along() -> None:
    both = WorkingCalendar({**BEFORE.days_off, FUNERAL: "x", date(2022, 9, 20): "y"})
    promised = counted_deadline(1, date(2022, 9, 14), 3, K.STAGE_1_TARGET, extended_to=date(2022, 9, 20))
    assert late_holiday([promised], BEFORE, both).moves == (
        Move(1, K.STAGE_1_TARGET, date(2022, 9, 20), date(2022, 9, 21), FUNERAL, date(2022, 9, 21)),
    )


def test_what_a_person_fixed_never_moves_and_is_told_where_it_falls_on_the_holiday() -> None:
    fixed = OpenDeadline(1, K.NEXT_UPDATE, date(2022, 9, 1), None, Unit.FIXED, FUNERAL, FUNERAL, fixed_by_hand=True)
    elsewhere = OpenDeadline(
        2, K.ACTION, date(2022, 9, 1), None, Unit.FIXED, date(2022, 9, 20), date(2022, 9, 20), True
    )
    reply = OpenDeadline(3, K.OMBUDSMAN_REPLY, date(2022, 8, 22), 28, Unit.CALENDAR_DAYS, FUNERAL, FUNERAL)
    by_hand = OpenDeadline(4, K.STAGE_1_LIMIT, date(2022, 9, 14), 3, Unit.WORKING_DAYS, FUNERAL, FUNERAL, True)
    found = late_holiday([by_hand, elsewhere, reply, fixed], BEFORE, ENGLAND)
    assert found.moves == ()
    assert found.on_a_day_off == (fixed, reply, by_hand)


def test_a_holiday_taken_back_moves_them_back() -> None:
    tuesday = date(2022, 9, 20)
    after = OpenDeadline(1, K.ACKNOWLEDGEMENT, date(2022, 9, 14), 3, Unit.WORKING_DAYS, tuesday, tuesday)
    assert late_holiday([after], ENGLAND, BEFORE).moves == (move(1, K.ACKNOWLEDGEMENT, tuesday, FUNERAL),)


def test_a_deadline_without_the_holiday_in_its_way_stays_as_it_is_on_record() -> None:
    """Not even one that was counted otherwise, years ago, is touched."""
    july = date(2022, 7, 18)
    odd = OpenDeadline(1, K.STAGE_1_LIMIT, date(2022, 7, 1), 10, Unit.WORKING_DAYS, july, july)
    assert late_holiday([odd], BEFORE, ENGLAND).moves == ()


starts = st.dates(date(2022, 8, 1), date(2022, 9, 30))
open_deadlines = st.lists(
    st.builds(
        counted_deadline,
        st.integers(1, 999),
        starts,
        st.integers(1, 65),
        st.sampled_from([K.ACKNOWLEDGEMENT, K.STAGE_1_LIMIT]),
        st.just(Unit.WORKING_DAYS),
        st.none() | st.dates(date(2023, 1, 1), date(2023, 12, 31)),
    ),
    max_size=12,
    unique_by=lambda deadline: deadline.id,
)
late_days = st.dictionaries(st.dates(date(2022, 8, 1), date(2022, 12, 31)), st.just("late"), max_size=4)


@given(open_deadlines, late_days)
def test_what_a_late_holiday_does(deadlines: list[OpenDeadline], late: dict[date, str]) -> None:
    now = BEFORE.with_closures(late)
    found = late_holiday(deadlines, BEFORE, now)
    by_id = {deadline.id: deadline for deadline in deadlines}
    moved = {move.id: move for move in found.moves}
    for id, deadline in by_id.items():
        extended = deadline.due_on != deadline.original_due_on
        expected = now.add(deadline.counted_from, deadline.count or 0)
        after = moved.get(id)
        assert (after.original_to if after else deadline.original_due_on) == expected
        assert (after.due_to if after else deadline.due_on) == (deadline.due_on if extended else expected)
        assert after is None or (after.due_from <= after.due_to and after.original_from < after.original_to)
    # In whatever order they come, the same; and once it is done there is nothing left to do.
    assert late_holiday(reversed(deadlines), BEFORE, now) == found
    applied = [
        OpenDeadline(id, one.kind, one.counted_from, one.count, one.unit, moved[id].due_to, moved[id].original_to)
        if id in moved
        else one
        for id, one in by_id.items()
    ]
    assert late_holiday(applied, BEFORE, now).moves == ()


def test_the_official_list_as_published() -> None:
    found = read_official_holidays(PUBLISHED)
    assert (found.first, found.official_until) == (date(2012, 1, 1), date(2028, 12, 31))
    assert DayOff(FUNERAL, "Bank Holiday for the State Funeral of Queen Elizabeth II") in found.days
    assert DayOff(date(2020, 12, 28), "Boxing Day (substitute day)") in found.days
    assert changes(ENGLAND.days_off, found) == HolidayChanges((), ())
    division = json.dumps(json.loads(PUBLISHED)["england-and-wales"]).encode()
    assert read_official_holidays(b"\xef\xbb\xbf" + division) == found


def test_what_the_official_list_changes() -> None:
    official = read_official_holidays(
        json.dumps(
            {
                "division": "england-and-wales",
                "events": [
                    {"title": "New bank holiday", "date": "2022-09-19", "notes": "", "bunting": False},
                    {"title": "On a Saturday", "date": "2022-09-24"},
                ],
            }
        ).encode()
    )
    on_record = {date(2021, 12, 27): "earlier", date(2022, 12, 26): "Boxing Day", date(2022, 12, 25): "a Sunday"}
    assert changes(on_record, official) == HolidayChanges(
        added=(DayOff(FUNERAL, "New bank holiday"),), removed=(DayOff(date(2022, 12, 26), "Boxing Day"),)
    )


def events(*given: object) -> bytes:
    """A list of the right shape with these events."""
    return json.dumps({"england-and-wales": {"division": "england-and-wales", "events": given}}).encode()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (b"", "The file is not JSON: line 1, column 1."),
        (b"\n{", "The file is not JSON: line 2, column 2."),
        (b"\xff\xfe", "The file is not text in UTF-8."),
        (b"[" * 100_000, "The file is nested too deeply to be the list of bank holidays."),
        (b"1" * 5000, "The file is not the list of bank holidays."),
        (b"[]", "This is not the official list of bank holidays: it has no divisions."),
        (b'{"scotland": {}}', "not the official list of bank holidays: the division england-and-wales is missing."),
        (b'{"england-and-wales": 3}', "the division england-and-wales is missing."),
        (b'{"england-and-wales": {}}', "england-and-wales has no list of events."),
        (b'{"division": "scotland", "events": []}', "These are the bank holidays of scotland, not"),
        (events(), "The list has no bank holidays in it."),
        (events(3), "Bank holiday 1 needs a title and a date."),
        (events({"title": "x"}), "Bank holiday 1 needs a title and a date."),
        (events({"title": " ", "date": "2026-01-01"}), "Bank holiday 1 needs a title and a date."),
        (events({"title": "x", "date": "soon"}), "Bank holiday 1, x: “soon” is not a date: write YYYY-MM-DD or"),
        (events({"title": "\x1b[2J", "date": "2026-02-30"}), "Bank holiday 1, ␛[2J: “2026-02-30” is not a date: Feb"),
        (events(*[{"title": "x", "date": "2026-01-01"}] * 2), "Bank holiday 2 has the date 2026-01-01 a second time."),
    ],
)  # fmt: skip
def test_what_is_no_official_list(written: bytes, why: str) -> None:
    with pytest.raises(BadHolidayFile) as refused:
        read_official_holidays(written)
    assert why in str(refused.value)


@given(
    st.binary(max_size=60)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["england-and-wales", "division", "events", "title", "date"]), inner, max_size=3
            )
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_file_is_a_list_or_a_plain_refusal(written: bytes) -> None:
    try:
        found = read_official_holidays(written)
    except BadHolidayFile:
        return
    assert found.days or found.first
