"""A council of another nation: its register counts by its own bank holidays; a changed calendar moves open dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from sqlmodel import col, select

from feedback_tui.casework.change_profile import use_profile
from feedback_tui.casework.days_off import change_days_off, official_change
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.desk.case.explained_dates import explained
from feedback_tui.desk.queue.fast_first_page import queue_at_once
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.enums import DeadlineKind, DeadlineState
from feedback_tui.exchange.register_json import read_json, write_json
from feedback_tui.models.inputs.stages import DaysOffChange
from feedback_tui.models.register import CalendarDay
from feedback_tui.rules.nations import Nation
from feedback_tui.rules.profile import profile_text
from feedback_tui.rules.working_days import DayOff, WorkingCalendar, calendar_of
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, create_register, nation_at_once, open_register
from tests.casework.cases import Casework, everything
from tests.conftest import actor_on
from tests.places import drop, new_place

D, K, N, S = date, DeadlineKind, Nation, DeadlineState
RECEIVED = D(2026, 4, 2)
"""The Thursday before Easter."""
WRITTEN = profile_text("shropshire")
MakeOf = Callable[[Nation], Register]


def written_for(nation: Nation, closures: str = "") -> str:
    return f'calendar = "{nation}"\n{WRITTEN}{closures}'


@pytest.fixture
def register_of(either: None, tmp_path: Path) -> Iterator[MakeOf]:
    made: list[Register] = []

    def make(nation: Nation) -> Register:
        made.append(create_register(new_place(tmp_path / f"{len(made)}"), written_for(nation)))
        return made[-1]

    yield make
    for register in made:
        register.close()
        drop(register.where)


@pytest.mark.parametrize(
    ("nation", "by"),
    [
        (N.ENGLAND, D(2026, 4, 9)),
        (N.WALES, D(2026, 4, 9)),
        (N.NORTHERN_IRELAND, D(2026, 4, 9)),
        (N.SCOTLAND, D(2026, 4, 8)),
    ],
)
def test_a_register_counts_by_its_nation(register_of: MakeOf, nation: Nation, by: date) -> None:
    register = register_of(nation)
    case = Casework(register).log(RECEIVED)
    assert case.dates()[K.ACKNOWLEDGEMENT] == (S.OPEN, by, by)
    assert case.dates()[K.STATUTORY_LIMIT][1] == D(2026, 10, 1), "months are counted alike"
    assert register.calendar.nation is nation
    assert check(register).sound
    other = open_register(register.where)
    assert other.calendar == register.calendar
    with other.reading() as session:
        rows = session.exec(select(CalendarDay).where(col(CalendarDay.day) >= D(2026, 4, 1)).limit(5)).all()
    assert {row.calendar for row in rows} == {nation}
    other.close()


def test_a_closure_day_moves_no_time_of_the_law_there_either(register_of: MakeOf) -> None:
    register = register_of(N.SCOTLAND)
    case = Casework(register).log(RECEIVED)
    aim = case.dates()[K.STAGE_1_TARGET][1]
    local = DaysOffChange(added=(DayOff(D(2026, 4, 6), "Local holiday"),), closure=True)
    done = change_days_off(actor_on(register, RECEIVED), local)
    assert case.dates()[K.ACKNOWLEDGEMENT][1] == D(2026, 4, 8)
    assert [row.kind for row in done.stays] == [K.ACKNOWLEDGEMENT]
    assert case.dates()[K.STAGE_1_TARGET][1] == register.calendar.add(RECEIVED, 25) > aim
    assert register.calendar.nation is N.SCOTLAND
    assert check(register).sound


def test_the_official_list_is_that_of_its_division(register_of: MakeOf) -> None:
    listed = (resources.files("govuk_bank_holidays") / "bank-holidays.json").read_bytes()
    assert official_change(register_of(N.NORTHERN_IRELAND), listed) is None
    register = register_of(N.SCOTLAND)
    change = official_change(register, listed)
    assert change is not None
    assert change.removed == (D(2026, 6, 15),), "proclaimed after this copy of the list"
    late = DaysOffChange(added=(DayOff(D(2026, 6, 16), "Late"),))
    case = Casework(register).log(D(2026, 6, 12))
    assert case.dates()[K.ACKNOWLEDGEMENT][1] == D(2026, 6, 18)
    change_days_off(actor_on(register, D(2026, 6, 12)), late)
    assert case.dates()[K.ACKNOWLEDGEMENT][1] == D(2026, 6, 19)
    assert check(register).sound


def test_another_calendar_moves_the_open_dates_and_shows_them_first(shropshire: Register) -> None:
    open_case, answered = (Casework(shropshire).log(RECEIVED) for _ in range(2))
    answered.acknowledge(RECEIVED)
    stood = answered.dates()[K.ACKNOWLEDGEMENT]
    reader = open_register(shropshire.where)
    assert reader.calendar.nation == "england"
    actor, before = actor_on(shropshire, RECEIVED), everything(shropshire)
    foreseen = use_profile(replace(actor, rehearsing=True), written_for(N.SCOTLAND))
    assert everything(shropshire) == before
    assert use_profile(actor, written_for(N.SCOTLAND)) == foreseen
    assert foreseen.changes == ("Bank holidays of: England → Scotland",)
    assert foreseen.days_off is not None
    moved = [(row.kind, row.due_from, row.due_to) for row in foreseen.days_off.moved]
    assert (K.ACKNOWLEDGEMENT, D(2026, 4, 9), D(2026, 4, 8)) in moved
    assert open_case.dates()[K.ACKNOWLEDGEMENT] == (S.OPEN, D(2026, 4, 8), D(2026, 4, 8))
    assert answered.dates()[K.ACKNOWLEDGEMENT] == stood
    with shropshire.reading():
        assert weekdays(shropshire.calendar) == weekdays(calendar_of(N.SCOTLAND))
    with reader.reading():
        assert reader.calendar.nation == "scotland", "another officer counts so at once"
    page = open_case.page(RECEIVED)
    due = next(each for each in page.deadlines if each.kind is K.ACKNOWLEDGEMENT)
    told = [line.text for line in explained(page, due, shropshire.calendar, 80)]
    assert "  Mon 6 April 2026: a working day again" in told
    assert check(shropshire).sound
    reader.close()


def weekdays(calendar: WorkingCalendar) -> set[date]:
    """The days off that count: those on weekends change nothing."""
    return {day for day in calendar.days_off if day.weekday() < 5}


def test_wales_has_englands_days_and_nothing_moves(shropshire: Register) -> None:
    case = Casework(shropshire).log(RECEIVED)
    stood = case.dates()
    done = use_profile(actor_on(shropshire, RECEIVED), written_for(N.WALES))
    assert done.days_off is not None
    assert (done.days_off.moved, done.days_off.added, done.days_off.removed) == ((), (), ())
    assert case.dates() == stood
    assert shropshire.calendar.nation is N.WALES
    assert check(shropshire).sound


def test_a_late_bank_holiday_and_closure_days_stay_when_the_calendar_changes(shropshire: Register) -> None:
    actor = actor_on(shropshire, RECEIVED)
    change_days_off(actor, DaysOffChange(added=(DayOff(D(2026, 4, 8), "Announced late"),)))
    change_days_off(actor, DaysOffChange(added=(DayOff(D(2026, 11, 30), "Offices closed"),), closure=True))
    use_profile(actor, written_for(N.SCOTLAND))
    with shropshire.reading():
        law = shropshire.calendar.law
    assert law.why_off(D(2026, 4, 8)) == "Announced late"
    assert law.why_off(D(2026, 11, 30)) == "Saint Andrew's Day", "no closure day any more"
    assert check(shropshire).sound


def test_a_calendar_and_new_closure_days_are_not_changed_at_once(shropshire: Register) -> None:
    before = everything(shropshire)
    with pytest.raises(StepNotAllowed, match="Change the calendar first"):
        use_profile(actor_on(shropshire, RECEIVED), written_for(N.SCOTLAND, '\n[closures]\n2026-12-29 = "Closed"\n'))
    assert everything(shropshire) == before


@pytest.mark.of_a_file
def test_what_is_read_at_once_and_what_is_exported_know_the_nation(register_of: MakeOf) -> None:
    register = register_of(N.SCOTLAND)
    Casework(register).log(RECEIVED)
    rows = queue(register, RECEIVED, QueueFilter(every_deadline=True))
    written = Path(register.where).with_suffix(".json")
    write_json(register, written)
    there = str(written.with_name("again.db"))
    read_json(written, there)
    again = open_register(there)
    assert (again.calendar, check(again).sound) == (register.calendar, True)
    again.close()
    register.close()
    assert queue_at_once(register.where, RECEIVED, "", every=True) == rows
    assert nation_at_once(register.where) is N.SCOTLAND
    assert nation_at_once(f"{register.where}-none.db") is N.ENGLAND
