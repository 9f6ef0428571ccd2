"""One transaction: rows and events together or not at all; what was changed is told, and told in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import Session, col, select

from feedback_tui.casework.actor import Actor, find_case
from feedback_tui.casework.errors import ConflictError
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind, Status, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.event import Event
from feedback_tui.models.inputs.stages import NewCase, Note
from feedback_tui.models.people import Person
from feedback_tui.models.register import TypedFigure
from feedback_tui.storage.audit.change_capture import Change, table_of
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.audit.event_rows import EventRows, Told, changes_text, last_event
from feedback_tui.storage.audit.hash_chain import event_hash
from feedback_tui.storage.backend.sqlite_engine import canonical_json
from feedback_tui.storage.register import Register
from tests.casework.cases import everything
from tests.torture.stock import RECEIVED

NEW = NewCase(kind=Kind.COMPLAINT, received_on=RECEIVED, customer_name="Ann Lee", description="No carer came.")


def counts(register: Register) -> tuple[int, int]:
    with register.reading() as session:
        return len(session.exec(select(Case.id)).all()), len(session.exec(select(Event.id)).all())


def test_what_is_recorded_is_read_back_in_utc_whatever_clock_stamped_it(register: Register) -> None:
    summer = timezone(timedelta(hours=1))
    actor = Actor(register, "Sam", date(2026, 4, 20), now=lambda: datetime(2026, 4, 20, 0, 30, 0, 5, summer))
    reference = log(actor, NEW).reference
    with register.reading() as session:
        recorded, changed = session.exec(
            select(Event.recorded_at, Case.changed_at).join(Case, col(Case.id) == col(Event.case_id))
        ).one()
    assert recorded == changed == datetime(2026, 4, 19, 23, 30, 0, 5, UTC)
    note(actor, reference, Note(on=RECEIVED, words="Rang back."))
    assert check(register).sound


def test_a_clock_without_a_time_zone_is_refused(register: Register) -> None:
    with pytest.raises(ValueError, match="time zone"), register.transaction("Sam", datetime(2026, 4, 20, 9)):  # noqa: DTZ001
        pass


def test_two_steps_in_one_tick_of_the_clock_are_two_versions(register: Register) -> None:
    actor = Actor(register, "Sam", date(2026, 4, 20), now=lambda: datetime(2026, 4, 20, 9, tzinfo=UTC))
    reference = log(actor, NEW).reference
    assert [note(actor, reference, Note(on=RECEIVED, words=words)).version for words in ("One.", "Two.")] == [2, 3]


def _fail_after_flushing(actor: Actor) -> None:
    with actor.transaction() as work:
        case = find_case(work, "ASC-26-0001")
        case.summary = "Changed."
        work.session.flush()
        work.record(StepKey.NOTE, case, RECEIVED, from_status=case.status)
        raise ZeroDivisionError


def test_an_error_in_the_middle_leaves_nothing(register: Register, sam: Actor) -> None:
    log(sam, NEW)
    before = everything(register)
    with pytest.raises(ZeroDivisionError):
        _fail_after_flushing(sam)
    assert everything(register) == before


def test_a_change_without_an_event_is_a_fault(register: Register, sam: Actor) -> None:
    log(sam, NEW)
    with pytest.raises(RuntimeError, match="without an event"), sam.transaction() as work:
        find_case(work, "ASC-26-0001").summary = "Changed."
    with pytest.raises(RuntimeError, match="without an event"), sam.transaction() as work:
        work.session.add(TypedFigure(year="2022/23", name="assessments", value="100"))
    assert counts(register) == (1, 2)
    assert check(register).sound


def test_a_change_to_a_person_is_told_under_their_case(register: Register, sam: Actor) -> None:
    log(sam, NEW)
    with sam.transaction() as work:
        person = work.session.exec(select(Person)).one()
        person.contact = "01743 000000"
        case = find_case(work, "ASC-26-0001")
        work.record(StepKey.NOTE, case, RECEIVED, from_status=case.status, reason="They moved.")
    with register.reading() as session:
        changes = session.exec(select(Event.changes).order_by(col(Event.id).desc())).first()
    assert changes is not None
    ((table, _row, before, after),) = changes
    assert (table, before) == ("person", {"contact": ""})
    assert isinstance(after, dict)
    assert "01743" not in str(after), "by digest only"
    assert check(register).sound


def test_a_figure_typed_with_its_event_is_sound(register: Register, sam: Actor) -> None:
    with sam.transaction() as work:
        work.session.add(TypedFigure(year="2022/23", name="assessments", value="100"))
        work.record_register(StepKey.IMPORT, RECEIVED, details={"year": "2022/23"})
    assert check(register).sound


def _change_behind_the_session(actor: Actor) -> None:
    with actor.transaction() as work:
        case = find_case(work, "ASC-26-0001")
        work.session.connection().execute(update(table_of(Case)).values(version=7))
        work.record(StepKey.NOTE, case, RECEIVED, from_status=case.status)


def test_a_case_that_changed_between_reading_and_writing(register: Register, sam: Actor) -> None:
    """What the lock keeps from happening, and what is said should it happen all the same."""
    log(sam, NEW)
    with pytest.raises(ConflictError):
        _change_behind_the_session(sam)
    assert note(sam, "ASC-26-0001", Note(on=RECEIVED, words="Still the first.")).version == 2


def test_who_looked_at_an_older_version_is_told_who_changed_it(register: Register, sam: Actor) -> None:
    seen = log(sam, NEW).version
    note(Actor(register, "Pat", sam.today), "ASC-26-0001", Note(on=RECEIVED, words="Mine first."))
    with pytest.raises(ConflictError, match="Pat changed ASC-26-0001 meanwhile"):
        note(sam, "ASC-26-0001", Note(on=RECEIVED, words="Mine too."), seen=seen)
    assert counts(register) == (1, 3)


_texts = st.text(max_size=12).map(lambda text: text.encode("utf-8", "ignore").decode())
_json = st.dictionaries(_texts, st.none() | st.integers(0, 99) | _texts | st.lists(_texts, max_size=2), max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(
    of_case=st.booleans(),
    changes=st.lists(st.tuples(st.just("deadline"), st.integers(1, 9), st.none() | _json, _json), max_size=3),
    details=_json,
    status=st.none() | st.sampled_from(Status),
    reason=st.none() | st.just("0f" * 32),
)
def test_an_event_is_hashed_as_it_is_stored(
    register: Register,
    of_case: bool,
    changes: list[tuple[str, int, dict[str, object] | None, dict[str, object]]],
    details: dict[str, object],
    status: Status | None,
    reason: str | None,
) -> None:
    """Written piece by piece, the text has the hash of the plain way, whatever stands in it, shared sides or not."""
    actor, now = Actor(register, "Sam “O’Reed”", date(2026, 4, 20)), datetime(2026, 4, 20, 9, 0, 0, 7, UTC)
    if counts(register)[0] == 0:
        log(actor, NEW)
    plain: list[Change] = [list(change) for change in changes]
    shared: list[Change] = [canonical_json(change) for change in plain]
    told = Told(StepKey.NOTE, RECEIVED, canonical_json(details))
    # Never committed: nothing of it stays.
    with Session(register.engine, autoflush=False) as session:
        number, previous = last_event(session)
        events = EventRows(session, actor.officer, now)
        for each in (plain, shared):
            events.add(told, 1 if of_case else None, changes_text(each), status, status, reason)
        events.write()
        stored = session.exec(select(Event).where(col(Event.id) > number).order_by(col(Event.id))).all()
        for event in stored:
            fields = {
                name: getattr(event, name) for name in Event.model_fields if name not in ("hash", "previous_hash")
            }
            assert fields["changes"] == plain
            assert event.hash == event_hash(fields, previous)
            previous = event.hash
        assert len(stored) == 2
