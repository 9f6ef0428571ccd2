"""A bank holiday announced late moves the open deadlines across it, each on the record; what is closed stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from feedback_tui.casework.days_off import change_days_off, closures_of
from feedback_tui.casework.errors import InvalidInput
from feedback_tui.casework.log import log
from feedback_tui.casework.move_deadlines import Alike, told
from feedback_tui.casework.undo import undo
from feedback_tui.enums import DeadlineKind, DeadlineState, Kind, StepKey
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.inputs.stages import DaysOffChange, NewCase
from feedback_tui.rules.late_holidays import OpenDeadline, late_holiday
from feedback_tui.rules.working_days import DayOff, WorkingCalendar
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, open_register
from tests.casework.cases import Casework, everything
from tests.conftest import actor_on
from tests.places import copy_of, drop, empty_place

D, K, S = date, DeadlineKind, DeadlineState
FUNERAL = DayOff(D(2022, 9, 19), "State Funeral of Queen Elizabeth II")
ANNOUNCED = D(2022, 9, 12)
FIELDS = OpenDeadline.__dataclass_fields__


@pytest.fixture
def before_the_funeral(shropshire: Register) -> Register:
    """A register that does not know of 19 September 2022 yet."""
    change_days_off(actor_on(shropshire, D(2022, 9, 1)), DaysOffChange(removed=(FUNERAL.day,)))
    return shropshire


def announce(register: Register, rehearsing: bool = False, **more: object) -> object:
    actor = replace(actor_on(register, ANNOUNCED), rehearsing=rehearsing)
    return change_days_off(actor, DaysOffChange(**{"added": (FUNERAL,), **more}))


def test_what_moves_is_shown_and_then_applied(before_the_funeral: Register) -> None:
    case = Casework(before_the_funeral).log(D(2022, 8, 22))
    case.acknowledge(D(2022, 8, 23))
    assert case.dates()[K.STAGE_1_TARGET][1:] == (D(2022, 9, 27), D(2022, 9, 27))
    held = everything(before_the_funeral)
    foreseen = announce(before_the_funeral, rehearsing=True)
    assert everything(before_the_funeral) == held
    done = announce(before_the_funeral)
    assert done == foreseen
    told = [(row.reference, row.kind, row.due_from, row.due_to) for row in done.moved]  # type: ignore[attr-defined]
    assert told == [
        (case.reference, K.STAGE_1_TARGET, D(2022, 9, 27), D(2022, 9, 28)),
        (case.reference, K.STAGE_1_LIMIT, D(2022, 11, 22), D(2022, 11, 23)),
    ]
    dates = case.dates()
    assert dates[K.STAGE_1_TARGET] == (S.OPEN, D(2022, 9, 28), D(2022, 9, 28))
    assert dates[K.ACKNOWLEDGEMENT] == (S.MET, D(2022, 8, 25), D(2022, 8, 25))
    assert dates[K.STATUTORY_LIMIT][2] == D(2023, 2, 21)
    event = case.last_event()
    assert (event.step, event.officer) == (StepKey.MOVE_DEADLINES, "Sam Reed")
    assert FUNERAL.why in str(event.details["days_off"])
    assert check(before_the_funeral).sound


def test_what_was_closed_meanwhile_opens_again_with_the_days_off_of_now(before_the_funeral: Register) -> None:
    """By reopening or by undo it is owed on the day that it would be, had it stayed open."""
    stayed, reopened, undone = (Casework(before_the_funeral).log(D(2022, 8, 22)) for _ in range(3))
    for case in (stayed, reopened, undone):
        case.acknowledge(D(2022, 8, 23))
        case.extend(D(2022, 8, 24), to=D(2022, 10, 20))
    reopened.withdraw(D(2022, 8, 25))
    undone.withdraw(D(2022, 8, 25))
    announce(before_the_funeral)
    reopened.reopen(ANNOUNCED)
    undo(undone.actor(ANNOUNCED), undone.reference)
    assert stayed.dates()[K.STAGE_1_TARGET] == (S.OPEN, D(2022, 9, 28), D(2022, 10, 20))
    assert reopened.dates() == undone.dates() == stayed.dates()
    assert check(before_the_funeral).sound


def test_what_was_counted_with_is_on_record(before_the_funeral: Register) -> None:
    case = Casework(before_the_funeral).log(D(2022, 8, 22))
    old = before_the_funeral.calendar.fingerprint
    announce(before_the_funeral)
    counted_with = {row.kind: row.calendar for row in case.page().deadlines}
    assert counted_with[K.ACKNOWLEDGEMENT] == old
    assert counted_with[K.STAGE_1_LIMIT] == before_the_funeral.calendar.fingerprint != old


def test_an_answered_case_stays_and_a_promise_is_told_of(before_the_funeral: Register) -> None:
    answered = Casework(before_the_funeral).log(D(2022, 8, 22))
    answered.withdraw(D(2022, 9, 1))
    promised = Casework(before_the_funeral).log(D(2022, 9, 1))
    promised.acknowledge(D(2022, 9, 2), promised_on=FUNERAL.day)
    stood = answered.dates()
    done = announce(before_the_funeral)
    assert answered.dates() == stood
    stayed = [(row.reference, row.kind, row.due_to) for row in done.on_a_day_off]  # type: ignore[attr-defined]
    assert stayed == [(promised.reference, K.RESPONSE_PROMISED, FUNERAL.day)]
    assert promised.dates()[K.RESPONSE_PROMISED][2] == FUNERAL.day


def test_another_officer_counts_with_it_at_once(before_the_funeral: Register) -> None:
    other = open_register(before_the_funeral.where)
    assert other.calendar.is_working_day(FUNERAL.day)
    announce(before_the_funeral)
    done = log(
        actor_on(other, D(2022, 9, 16), "Kim"),
        NewCase(kind=Kind.COMPLAINT, received_on=D(2022, 9, 16), procedure="statutory-adult"),
    )
    assert [row.due_on for row in done.deadlines if row.kind is K.ACKNOWLEDGEMENT] == [D(2022, 9, 22)]
    assert not other.calendar.is_working_day(FUNERAL.day)
    other.close()


def test_taken_back_it_is_as_it_was(before_the_funeral: Register) -> None:
    case = Casework(before_the_funeral).log(D(2022, 8, 22))
    stood = case.dates()
    announce(before_the_funeral)
    change_days_off(actor_on(before_the_funeral, D(2022, 9, 13)), DaysOffChange(removed=(FUNERAL.day,)))
    assert case.dates() == stood
    assert check(before_the_funeral).sound


def test_closure_days_are_the_councils_own(shropshire: Register) -> None:
    shut = DayOff(D(2024, 12, 27), "Offices closed")
    change_days_off(actor_on(shropshire, D(2024, 11, 1)), DaysOffChange(added=(shut,), closure=True))
    assert closures_of(shropshire) == {shut.day: shut.why}
    assert shropshire.calendar.why_off(shut.day) == "Offices closed"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (DaysOffChange(), "nothing changes"),
        (DaysOffChange(added=(DayOff(D(2022, 9, 17), "x"),)), "no working day anyway"),
        (DaysOffChange(added=(DayOff(D(2022, 12, 26), "x"),)), "off already: Boxing Day"),
        (DaysOffChange(added=(DayOff(D(2122, 9, 16), "x"),)), "is the year right?"),
        (DaysOffChange(added=(DayOff(D(2022, 9, 16), " "),)), "Say why"),
        (DaysOffChange(removed=(D(2022, 9, 16),)), "is not a day off on record"),
    ],
)
def test_days_off_that_cannot_be_are_refused_and_change_nothing(
    shropshire: Register, change: DaysOffChange, why: str
) -> None:
    held = everything(shropshire)
    with pytest.raises(InvalidInput, match=why.replace("?", r"\?")):
        change_days_off(actor_on(shropshire, ANNOUNCED), change)
    assert everything(shropshire) == held


def test_the_version_of_a_moved_case_rises(before_the_funeral: Register) -> None:
    case = Casework(before_the_funeral).log(D(2022, 8, 22))
    seen = case.page().version
    announce(before_the_funeral)
    assert case.page().version == seen + 1
    assert isinstance(case.last_event().recorded_at, datetime)


@pytest.fixture(scope="module")
def many_open(either: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Open cases of every path, with dates across the summer of 2022."""
    register = open_register(copy_of(empty_place("shropshire"), tmp_path_factory.mktemp("open")))
    for days in range(0, 40, 5):
        case = Casework(register).log(D(2022, 7, 20) + timedelta(days=days), "corporate" if days % 3 else None)
        if days % 3:
            case.acknowledge(D(2022, 9, 1), promised_on=D(2022, 9, 8) + timedelta(days=days))
        if days % 3:
            case.extend(D(2022, 9, 2), D(2022, 9, 20) + timedelta(days=2 * days), agreed=True)
    yield register
    register.close()
    drop(register.where)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(
    added=st.sets(st.dates(D(2022, 8, 1), D(2022, 11, 30)).filter(lambda day: day.weekday() < 5), max_size=3),
    removed=st.sets(st.sampled_from([D(2022, 8, 29), FUNERAL.day, D(2022, 12, 26)])),
)
def test_counting_alike_ones_once_is_counting_each(many_open: Register, added: set[date], removed: set[date]) -> None:
    before = many_open.calendar
    new = added - set(before.days_off)
    if not new and not removed:
        return
    now = WorkingCalendar({d: why for d, why in before.days_off.items() if d not in removed} | dict.fromkeys(new, "x"))
    with many_open.reading() as session:
        rows = session.exec(select(Deadline).where(Deadline.state == S.OPEN)).all()
        plain = {
            row.id: (row.case.reference, OpenDeadline(**{name: getattr(row, name) for name in FIELDS})) for row in rows
        }
    expected = late_holiday([deadline for _, deadline in plain.values()], before, now)
    actor = replace(actor_on(many_open, ANNOUNCED), rehearsing=True)
    change = DaysOffChange(added=tuple(DayOff(day, "x") for day in new), removed=tuple(removed))
    done = change_days_off(actor, change)
    assert list(done.moved) == [(plain[move.id][0], move.kind, move.due_from, move.due_to) for move in expected.moves]
    assert [row.reference for row in done.on_a_day_off] == [plain[row.id][0] for row in expected.on_a_day_off]


def test_what_moves_from_one_day_is_told_in_the_order_in_which_it_was_set() -> None:
    """By the ids of the deadlines, whatever the references of their cases."""

    def alike(ids: tuple[int, ...], references: tuple[str, ...], due_on: date) -> Alike:
        deadline: Any = SimpleNamespace(kind=K.STAGE_1_LIMIT, due_on=due_on)
        return Alike(deadline, True, "", ids, ids, references, ("logged",) * len(ids))

    day, later, to = D(2022, 9, 20), D(2022, 9, 21), D(2022, 9, 22)
    found = told([(alike((4,), ("A-4",), later), to), (alike((1, 3), ("Z-1", "B-3"), day), to),
                  (alike((2,), ("A-2",), day), to)])  # fmt: skip
    assert [row.reference for row in found] == ["Z-1", "A-2", "B-3", "A-4"]
