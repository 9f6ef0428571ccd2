"""All that belongs to a case, read in one statement, is what it is part by part: for any rows, on either database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Date, Integer, inspect
from sqlalchemy.engine import Connection
from sqlalchemy.orm import class_mapper
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.sqltypes import UTCDateTime

from feedback_tui.models.base import WordType
from feedback_tui.models.case import Case, ComplaintPoint, Stage
from feedback_tui.models.contact import Attachment, Chase, Contact
from feedback_tui.models.deadline import Deadline, Extension
from feedback_tui.models.event import Event, Words
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.models.people import Party, Person
from feedback_tui.models.redress import Action, Learning, Remedy
from feedback_tui.storage.audit.change_capture import table_of
from feedback_tui.storage.bulk.inserts import insert_rows
from feedback_tui.storage.load_case import EVERY_STEP, case_for_a_step, case_whole
from feedback_tui.storage.register import Register

Row = dict[str, Any]
ORDER: tuple[type[SQLModel], ...] = (
    *(Case, Person, Stage, ComplaintPoint, Party, OmbudsmanRecord, Remedy, Learning, Action),
    *(Extension, Contact, Chase, Attachment, Deadline, Words, Event),
)
"""Parents before what belongs to them."""
CASES = (1, 2, 3)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
NUMBER = st.integers(-(2**31), 2**31 - 1)
MOMENT = st.datetimes(timezones=st.just(UTC))
REASON = st.sampled_from([None, "digest 1", "digest 2", "digest 9"])
"""Of no words, of words that are there, and of words that are not."""
OF_ITS_OWN: dict[str, Callable[[int], object]] = {
    "id": int,
    "number": int,
    "digest": "digest {}".format,
    "reference_key": "key {}".format,
}
"""What two rows of a table do not share."""
FACTS = st.recursive(st.none() | st.booleans() | NUMBER | TEXT, lambda inner: st.lists(inner, max_size=2), max_leaves=3)


def _values(column: Column[Any]) -> st.SearchStrategy[Any]:
    kind = column.type
    if isinstance(kind, WordType):
        made: st.SearchStrategy[Any] = st.sampled_from(list(kind.vocabulary))
    elif isinstance(kind, Date):
        made = st.dates()
    elif isinstance(kind, UTCDateTime):
        made = MOMENT
    elif isinstance(kind, Boolean):
        made = st.booleans()
    elif isinstance(kind, JSON):
        made = st.dictionaries(TEXT, FACTS, max_size=2) if column.name == "details" else st.lists(st.lists(FACTS))
    else:
        made = NUMBER if isinstance(kind, Integer) else TEXT
    return st.none() | made if column.nullable else made


@st.composite
def registers(draw: st.DrawFn) -> dict[type[SQLModel], list[Row]]:
    """Three cases, the rows of each with any values, and who belongs to whom."""
    found: dict[type[SQLModel], list[Row]] = {}
    for model in ORDER:
        own = found[model] = []
        numbers = {table_of(other).name: [each.get("id") for each in rows] for other, rows in found.items()}
        for number in range(1, (len(CASES) if model is Case else draw(st.integers(0, 3))) + 1):
            row: Row = {}
            for column in table_of(model).columns:
                key = next(iter(column.foreign_keys), None)
                if key is not None:
                    there = numbers[key.column.table.name]
                    row[column.name] = draw(st.sampled_from([*there, None] if column.nullable else there))
                elif column.name in OF_ITS_OWN:
                    row[column.name] = OF_ITS_OWN[column.name](number)
                else:
                    row[column.name] = draw(REASON if column.name == "reason" and model is Event else _values(column))
            own.append(row)
    return found


@given(rows=registers())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_case_read_whole_is_the_case_read_part_by_part(
    shropshire: Register, rows: dict[type[SQLModel], list[Row]]
) -> None:
    with shropshire.engine.connect() as connection, connection.begin() as transaction:
        session = Session(connection)
        if connection.dialect.name == "postgresql":
            # These rows are any rows: their events say nothing of one another, which a server would refuse.
            connection.exec_driver_sql("ALTER TABLE event DISABLE TRIGGER USER")
        last = session.exec(select(Event.id).order_by(col(Event.id).desc())).first() or 0
        for model, theirs in rows.items():
            insert_rows(session, model, [_after(last, row) if model is Event else row for row in theirs])
        for number in CASES:
            assert _read_whole(connection, number) == (in_parts := _read_in_parts(connection, number))
            assert _read_for_a_step(connection, number) == in_parts[:3]
        transaction.rollback()


def _after(last: int, row: Row) -> Row:
    return {**row, "id": last + row["id"]}


def _read_whole(connection: Connection, number: int) -> Any:
    with Session(connection) as session:
        assert case_whole(session, "key of no case") is None
        found = case_whole(session, f"key {number}")
        assert found is not None
        case, beside = found
        assert not session.dirty
        assert not session.new
        reasons = {event.reason: beside.words.get(event.reason or "") for event in beside.events}
        return (
            *_of_case(case),
            *([event.model_dump() for event in beside.events], reasons),
            *(beside.duplicates, beside.goes_on_as, beside.marked),
        )


def _read_for_a_step(connection: Connection, number: int) -> Any:
    with Session(connection) as session:
        assert case_for_a_step(session, "key of no case") is None
        case = case_for_a_step(session, f"key {number}")
        assert case is not None
        assert not {*EVERY_STEP} & inspect(case).unloaded
        assert not session.dirty
        assert not session.new
        assert case_for_a_step(session, f"key {number}") is case
        return _of_case(case)


def _read_in_parts(connection: Connection, number: int) -> Any:
    with Session(connection) as session:
        case = session.exec(select(Case).where(Case.id == number)).one()
        events = session.exec(select(Event).where(Event.case_id == number).order_by(col(Event.id))).all()
        words = dict(session.exec(select(Words.digest, Words.text)).all())
        joined = session.exec(select(Case.reference).where(Case.duplicate_of_id == number)).all()
        onto = session.exec(select(Case.reference).where(Case.id == case.duplicate_of_id)).first()
        people = {party.person_id for party in case.parties} - {None}
        pairs = session.exec(select(Person.id, Person.same_as_id)).all()
        marked = any(other is not None and (one in people or other in people) for one, other in pairs)
        reasons = {event.reason: words.get(event.reason or "") for event in events}
        told = [event.model_dump() for event in events]
        return (*_of_case(case), told, reasons, tuple(sorted(joined)), onto, marked)


def _of_case(case: Case) -> tuple[Any, ...]:
    """All its parts, each with what it is tied to."""
    names = [relation.key for relation in class_mapper(Case).relationships]
    parts = {name: [row.model_dump() for row in getattr(case, name)] for name in names}
    people = [party.person.model_dump() if party.person else None for party in case.parties]
    tied = [
        [part.model_dump() if part else None for part in (each.action, each.remedy, each.party, each.ombudsman)]
        for each in case.deadlines
    ]
    return parts, people, tied
