"""Closure days of a council move no time that the law sets; where an earlier version let them, it is put right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from feedback_tui.casework.change_profile import use_profile
from feedback_tui.casework.days_off import change_days_off, closures_of, official_change
from feedback_tui.casework.errors import InvalidInput, StepNotAllowed
from feedback_tui.casework.log import log
from feedback_tui.casework.recount_by_law import count_by_law, moved_wrongly
from feedback_tui.desk.case.explained_dates import explained
from feedback_tui.desk.queue.fast_first_page import queue_at_once
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_row import QueueRow
from feedback_tui.enums import DeadlineKind, DeadlineState, Kind, Outcome, StepKey
from feedback_tui.models.inputs.stages import DaysOffChange, NewCase
from feedback_tui.models.register import CalendarDay
from feedback_tui.rules.procedures import Version
from feedback_tui.rules.working_days import DayOff, WorkingCalendar
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, open_register
from tests.casework.cases import Casework, everything
from tests.conftest import MakeRegister, actor_on

D, K, S = date, DeadlineKind, DeadlineState
RECEIVED, EARLIER = D(2026, 12, 24), D(2026, 12, 1)
CHRISTMAS = tuple(DayOff(D(2026, 12, day), "Offices closed") for day in (29, 30, 31))
BY_31, BY_6 = D(2026, 12, 31), D(2027, 1, 6)


def close_offices(register: Register, today: date = EARLIER, *, rehearsing: bool = False) -> object:
    actor = replace(actor_on(register, today), rehearsing=rehearsing)
    return change_days_off(actor, DaysOffChange(added=CHRISTMAS, closure=True))


@contextmanager
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program as it was: every deadline is counted with the closure days."""
    with monkeypatch.context() as patched:
        patched.setattr(WorkingCalendar, "law", property(lambda calendar: calendar))
        patched.setattr(Version, "why_no_closures", lambda version, kind: "")
        yield


def test_a_closure_does_not_move_the_acknowledgement(shropshire: Register) -> None:
    """Received 24 December 2026, acknowledge by 31 December: logged before the closure days came, or after."""
    before = Casework(shropshire).log(RECEIVED)
    done = close_offices(shropshire, RECEIVED)
    after = Casework(shropshire).log(RECEIVED)
    for case in (before, after):
        dates = case.dates()
        assert dates[K.ACKNOWLEDGEMENT] == (S.OPEN, BY_31, BY_31)
        assert dates[K.STATUTORY_LIMIT] == (S.OPEN, D(2027, 6, 23), D(2027, 6, 23))
        assert dates[K.STAGE_1_TARGET] == (S.OPEN, D(2027, 2, 5), D(2027, 2, 5))
    assert [row.kind for row in done.moved] == [K.STAGE_1_TARGET, K.STAGE_1_LIMIT]  # type: ignore[attr-defined]
    assert done.stays == ((before.reference, K.ACKNOWLEDGEMENT, BY_31, BY_31),)  # type: ignore[attr-defined]
    assert check(shropshire).sound


def test_an_unsettled_procedure_has_reg_13s_three_days(shropshire: Register) -> None:
    close_offices(shropshire)
    assert Casework(shropshire).log(RECEIVED, procedure=None).dates()[K.ACKNOWLEDGEMENT][1] == BY_31


def test_a_late_bank_holiday_still_moves_the_times_of_the_law(shropshire: Register) -> None:
    close_offices(shropshire)
    case = Casework(shropshire).log(RECEIVED)
    change = DaysOffChange(added=(DayOff(D(2026, 12, 30), "National Day"),))  # A closure day until now.
    change_days_off(actor_on(shropshire, RECEIVED), change)
    assert case.dates()[K.ACKNOWLEDGEMENT][1] == D(2027, 1, 4)
    assert case.dates()[K.STAGE_1_TARGET][1] == D(2027, 2, 5)
    assert closures_of(shropshire).keys() == {D(2026, 12, 29), D(2026, 12, 31)}
    assert check(shropshire).sound
    with pytest.raises(InvalidInput, match="off already"):
        change_days_off(actor_on(shropshire, RECEIVED), change)


def test_the_official_list_makes_a_closure_day_a_bank_holiday(shropshire: Register) -> None:
    day = D(2026, 6, 12)
    shut = DaysOffChange(added=(DayOff(day, "Offices closed"),), closure=True)
    change_days_off(actor_on(shropshire, EARLIER), shut)
    events = [
        {"title": why, "date": off.isoformat(), "notes": ""}
        for off, why in sorted(shropshire.calendar.law.days_off.items() | {(day, "Royal wedding")})
        if off.year == 2026
    ]
    listed = json.dumps({"england-and-wales": {"division": "england-and-wales", "events": events}}).encode()
    change = official_change(shropshire, listed)
    assert change is not None
    assert (change.added, change.removed) == ((DayOff(day, "Royal wedding"),), ())
    change_days_off(actor_on(shropshire, EARLIER), change)
    assert closures_of(shropshire) == {}
    assert shropshire.calendar.why_off(day) == shropshire.calendar.law.why_off(day) == "Royal wedding"


def test_another_officer_counts_so_at_once(shropshire: Register) -> None:
    """Which of the days off are closure days is looked at again, though no day came and none went."""
    close_offices(shropshire)
    other = open_register(shropshire.where)
    assert other.calendar.law.is_working_day(D(2026, 12, 30))
    change_days_off(actor_on(shropshire, EARLIER), DaysOffChange(added=(DayOff(D(2026, 12, 30), "National Day"),)))
    done = log(
        actor_on(other, RECEIVED), NewCase(kind=Kind.COMPLAINT, received_on=RECEIVED, procedure="statutory-adult")
    )
    assert next(row.due_on for row in done.deadlines if row.kind is K.ACKNOWLEDGEMENT) == D(2027, 1, 4)
    other.close()


def test_days_left_and_days_taken_are_counted_as_their_limit_is(make_register: MakeRegister) -> None:
    register = make_register("shropshire")
    close_offices(register)
    adult = Casework(register).log(RECEIVED)
    code = Casework(register).log(RECEIVED, procedure="corporate", adult_social_care=False)
    left = {(row.reference, row.deadline): row.working_days_left for row in every(register, RECEIVED)}
    assert left[adult.reference, K.ACKNOWLEDGEMENT] == 3
    assert left[adult.reference, K.STAGE_1_TARGET] == 25
    assert left[code.reference, K.ACKNOWLEDGEMENT] == 5
    for case in (adult, code):
        case.acknowledge(D(2026, 12, 29))
        case.investigate(D(2027, 1, 4))
        case.respond(D(2027, 1, 6), Outcome.UPHELD)
    taken = [case.page().stages[0].working_days_taken for case in (adult, code)]
    assert taken == [3, 6]


def every(register: Register, today: date) -> list[QueueRow]:
    return queue(register, today, QueueFilter(every_deadline=True))


@pytest.mark.of_a_file
def test_the_queue_read_at_once_counts_so_too(shropshire: Register) -> None:
    close_offices(shropshire)
    Casework(shropshire).log(RECEIVED)
    Casework(shropshire).log(RECEIVED, procedure=None)
    Casework(shropshire).log(RECEIVED, kind=Kind.ENQUIRY, procedure=None)
    shropshire.close()
    found = queue_at_once(shropshire.where, RECEIVED, "", every=True)
    assert found is not None
    assert found == every(open_register(shropshire.where), RECEIVED)


def test_what_was_moved_wrongly_is_shown_and_moved_back_as_a_step(
    shropshire: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_before(monkeypatch):
        wrong, answered, told = (Casework(shropshire).log(RECEIVED) for _ in range(3))
        code = Casework(shropshire).log(RECEIVED, procedure="corporate", adult_social_care=False)
        for case in (answered, told, code):
            case.acknowledge(D(2026, 12, 24))
        close_offices(shropshire, RECEIVED)
        code.extend(D(2026, 12, 24), to=D(2027, 1, 20))
        assert wrong.dates()[K.ACKNOWLEDGEMENT] == (S.OPEN, BY_6, BY_6)
    register = open_register(shropshire.where)
    stood, before = answered.dates(), everything(register)
    shown = moved_wrongly(register)
    assert shown == (
        (wrong.reference, K.ACKNOWLEDGEMENT, BY_6, BY_31),
        (code.reference, K.STAGE_1_LIMIT, D(2027, 1, 20), D(2027, 1, 20)),
    )
    today = actor_on(register, RECEIVED)
    assert count_by_law(replace(today, rehearsing=True)) == shown
    assert everything(register) == before
    page = Casework(register, wrong.reference).page()
    lines = [line.text for line in explained(page, page.deadlines[0], register.calendar, 80)]
    assert any("closure days had moved it" in line for line in lines)
    assert count_by_law(today) == shown
    wrong, code, answered = (Casework(register, case.reference) for case in (wrong, code, answered))
    assert wrong.dates()[K.ACKNOWLEDGEMENT] == (S.OPEN, BY_31, BY_31)
    assert code.dates()[K.STAGE_1_LIMIT] == (S.OPEN, D(2027, 1, 12), D(2027, 1, 20))
    assert answered.dates() == stood
    event = wrong.last_event()
    assert (event.step, event.officer) == (StepKey.MOVE_DEADLINES, "Sam Reed")
    page = wrong.page()
    lines = [line.text for line in explained(page, page.deadlines[0], register.calendar, 80)]
    assert "  closure days not counted: the law sets this time" in lines
    assert moved_wrongly(register) == count_by_law(today) == ()
    assert check(register).sound
    register.close()


def test_taken_back_the_closure_days_leave_what_they_moved_and_it_is_shown_all_the_same(
    shropshire: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_before(monkeypatch):
        case = Casework(shropshire).log(RECEIVED)
        close_offices(shropshire, RECEIVED)
    register = open_register(shropshire.where)
    change_days_off(actor_on(register, RECEIVED), DaysOffChange(removed=tuple(off.day for off in CHRISTMAS)))
    assert moved_wrongly(register) == ((case.reference, K.ACKNOWLEDGEMENT, BY_6, BY_31),)
    count_by_law(actor_on(register, RECEIVED))
    assert case.dates()[K.ACKNOWLEDGEMENT][1] == BY_31
    register.close()


def test_a_law_may_be_named_and_not_be_left_while_cases_run_under_it(make_register: MakeRegister) -> None:
    """Naming it moves nothing by itself: what closure days had moved is shown, and counted again as a step."""
    register = make_register("shropshire")
    own = register.profile_toml.replace('law = "lgsco-code"', 'law = "none"')
    use_profile(actor_on(register, EARLIER), own)
    close_offices(register)
    case = Casework(register).log(RECEIVED, procedure="corporate", adult_social_care=False)
    assert case.dates()[K.ACKNOWLEDGEMENT][1] == D(2027, 1, 8)
    done = use_profile(actor_on(register, RECEIVED), own.replace('law = "none"', 'law = "lgsco-code"'))
    assert done.changes == ("corporate, version 2: under the Ombudsman’s Complaint Handling Code",)
    assert moved_wrongly(register) == ((case.reference, K.ACKNOWLEDGEMENT, D(2027, 1, 8), D(2027, 1, 5)),)
    count_by_law(actor_on(register, RECEIVED))
    assert case.dates()[K.ACKNOWLEDGEMENT][1] == D(2027, 1, 5)
    with pytest.raises(StepNotAllowed, match="no longer under the Ombudsman’s Complaint Handling Code"):
        use_profile(actor_on(register, RECEIVED), own)


def test_the_stored_counts_are_those_of_the_calendars(shropshire: Register) -> None:
    close_offices(shropshire)
    with shropshire.reading() as session:
        counts = {row.day: (row.in_law, row.for_council) for row in session.exec(select(CalendarDay))}
    calendar = shropshire.calendar
    days = [RECEIVED + timedelta(days=n) for n in range(60)]
    working = [day for day in days if calendar.law.is_working_day(day)]
    assert [day for day in days if day in counts] == working
    for day in working:
        assert counts[day][0] - counts[RECEIVED][0] == calendar.law.between(RECEIVED, day)
        assert counts[day][1] - counts[RECEIVED][1] == calendar.between(RECEIVED, day)
