"""Many new cases at once: whatever their rows hold, what is stored, told and searched is what the plain way gives."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, Integer, select
from sqlmodel import SQLModel, col

from feedback_tui.enums import Status, StepKey
from feedback_tui.models.base import WordType, is_personal
from feedback_tui.models.case import Case, ComplaintPoint, Stage
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.event import Event, Words
from feedback_tui.models.people import Party, Person
from feedback_tui.models.redress import Action, Remedy
from feedback_tui.storage.audit.change_capture import BOOKKEEPING, table_of
from feedback_tui.storage.audit.event_rows import last_event
from feedback_tui.storage.audit.hash_chain import event_hash, plain
from feedback_tui.storage.backend.sqlite_engine import canonical_json
from feedback_tui.storage.bulk.new_rows import NewCaseEvent
from feedback_tui.storage.register import Register
from feedback_tui.storage.search import search_index
from feedback_tui.storage.search.search_text import said_by
from tests.torture.stock import RECEIVED

NOW = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
BELOW: tuple[type[SQLModel], ...] = (Stage, ComplaintPoint, Deadline, Remedy, Action)
_texts = st.sampled_from(["", "Zoë", "“q” \\ \n", "North", "6pm", "😀"])


def _values(model: type[SQLModel]) -> st.SearchStrategy[dict[str, Any]]:
    """A row of a model: its required columns, and some of the others."""
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for column in table_of(model).columns:
        if column.primary_key or column.foreign_keys or column.key in (*BOOKKEEPING, "reference", "reference_key"):
            continue
        if isinstance(column.type, WordType):
            drawn: st.SearchStrategy[Any] = st.sampled_from(list(column.type.vocabulary))
        elif isinstance(column.type, Date):
            drawn = st.dates(date(2020, 1, 1), date(2026, 1, 9))
        elif isinstance(column.type, Boolean):
            drawn = st.booleans()
        else:
            drawn = st.integers(0, 99) if isinstance(column.type, Integer) else _texts
        needed = model.model_fields[column.key].is_required()
        (required if needed else optional)[column.key] = st.none() | drawn if column.nullable else drawn
    return st.fixed_dictionaries(required, optional=optional)


_below = st.one_of(*(st.tuples(st.just(model), _values(model)) for model in BELOW))
_cases = st.lists(
    st.tuples(
        _values(Case), st.lists(_below, max_size=4), st.lists(st.none() | _values(Person), max_size=2), _values(Party)
    ),
    min_size=1,
    max_size=3,
)


@pytest.mark.of_a_file
@settings(suppress_health_check=list(HealthCheck), max_examples=25, deadline=None)
@given(cases=_cases)
def test_what_is_written_told_and_searched_is_what_the_plain_way_gives(shropshire: Register, cases: Any) -> None:
    with shropshire.transaction("Sam", NOW, rehearsal=True) as work:
        _, previous = last_event(work.session)
        new = work.new_cases()
        given_rows: list[tuple[type[SQLModel], int, int, dict[str, Any]]] = []

        def add(model: type[SQLModel], case_id: int | None, values: dict[str, Any]) -> int:
            row_id = new.add(model, case_id, **values)
            given_rows.append((model, row_id, case_id or row_id, values))
            return row_id

        for number, (case, below, people, party) in enumerate(cases):
            named = {"reference": f"A/{number}", "reference_key": f"a/{number}", "version": 1, "changed_at": NOW}
            case_id = add(Case, None, {**case, **named})
            for position, (model, values) in enumerate(below):
                # A stage is one of its number in a case, a point one of its position.
                own = {key: position for key in ("number", "position") if key in model.model_fields}
                add(model, case_id, {**values, **own, "case_id": case_id})
            for person in people:
                person_id = None if person is None else add(Person, case_id, person)
                add(Party, case_id, {**party, "case_id": case_id, "person_id": person_id})
            new.record(case_id, NewCaseEvent(StepKey.IMPORT, RECEIVED, Status.LOGGED, {"steps": ["x"]}))
        new.write()

        words = {row.digest: (row.case_id, row.text) for row in work.session.execute(select(table_of(Words)))}
        told: dict[int, list[list[object]]] = {}
        for model, row_id, case_id, values in given_rows:
            table = table_of(model)
            (stored,) = work.session.execute(select(table).where(table.c.id == row_id)).mappings()
            wanted = {
                key: values[key] if key in values else field.get_default(call_default_factory=True)
                for key, field in model.model_fields.items()
                if key != "id"
            }
            assert {key: stored[key] for key in wanted} == wanted
            after: dict[str, object] = {}
            for key, value in wanted.items():
                if value not in (None, "") and key not in BOOKKEEPING:
                    after[key] = (case_id, value) if is_personal(table.c[key]) else plain(value)
            told.setdefault(case_id, []).append([table.name, row_id, None, after])

        events = work.session.execute(select(Event).where(col(Event.case_id).in_(told)).order_by(col(Event.id))).all()
        assert len(events) == len(cases)
        for (event,) in events:
            read = json.loads(canonical_json(event.changes), object_hook=lambda side: _named(side, words))
            assert read == told[event.case_id]
            fields = {name: getattr(event, name) for name in Event.model_fields if "hash" not in name}
            assert event.hash == event_hash(fields, previous)
            previous = event.hash
        connection = work.session.connection()
        there = connection.exec_driver_sql(f"SELECT rowid, reference, people, words FROM {search_index.INDEX}")
        said = said_by(connection, sorted(told))
        assert {row[0]: tuple(row[1:]) for row in there} == said
        assert said == {case_id: said_by(connection, [case_id])[case_id] for case_id in told}, "asked of one, or of all"


def _named(side: dict[str, Any], words: dict[str, tuple[int, str]]) -> Any:
    """The words themselves, and whose, in the place of their digest."""
    return words[side["words"]] if side.keys() == {"words"} else side
