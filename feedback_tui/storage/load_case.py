"""Loads a case with its stages, points, people, deadlines, events and other parts in one statement.

Fast path. Gain: 2 statements instead of 21; on a server each is a round trip. Cost: `storage.backend.multi_query`, and
each new table of a case must be named here. Tested against one statement for each table by
tests/storage/test_case_whole.py. Delete it when the ORM can load a case with all its parts in one statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import BindParameter, ScalarSelect, Select, bindparam, select
from sqlalchemy.orm import RelationshipDirection, class_mapper
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key
from sqlmodel import Session, SQLModel, col

from feedback_tui.models.case import Case
from feedback_tui.models.event import Event, Words
from feedback_tui.models.people import Party, Person
from feedback_tui.storage.audit.change_capture import table_of
from feedback_tui.storage.backend.multi_query import Round, as_loaded
from feedback_tui.storage.backend.sqlite_engine import of_server

_Rows = list[list[Any]]
EVERY_STEP = ("stages", "parties", "deadlines")
"""The parts that every step needs."""


@dataclass(frozen=True)
class Beside:
    """What is loaded with a whole case beyond its own parts."""

    events: list[Event]
    """In the order in which they were recorded."""
    words: dict[str, str | None]
    """The text of reasons and notes by digest; None if erased."""
    duplicates: tuple[str, ...]
    """References of cases that were closed as duplicates of this one."""
    goes_on_as: str | None
    """The reference of the case that this one is a duplicate of."""
    marked: bool
    """Whether any of its people is marked as the same person as another record."""


def case_for_a_step(session: Session, key: str) -> Case | None:
    """Returns the case with this reference (casefolded) and the parts that every step needs, in one statement; None if
    there is none.

    Other parts are loaded on access. If the session has the case already, that instance is returned.
    """
    found, *parts = _round_for_a_step().ask(session, key=key)
    if not found:
        return None
    number = found[0][table_of(Case).columns.keys().index("id")]
    there: Case | None = session.identity_map.get(identity_key(Case, number))
    return there or _with_parts(session, found[0], parts, EVERY_STEP)


def has_reference(session: Session, key: str) -> bool:
    """Whether a case with this reference (casefolded) exists, including one that a server hides."""
    connection = session.connection()
    if of_server(connection):
        return bool(connection.exec_driver_sql("SELECT public.feedback_has_reference(%s)", (key,)).scalar_one())
    return session.execute(select(col(Case.id)).where(col(Case.reference_key) == key)).first() is not None


def case_whole(session: Session, key: str) -> tuple[Case, Beside] | None:
    """Returns the case with this reference (casefolded) with all its parts, loaded in one statement; None if there is
    none.

    The result is as if each part had been loaded on access. The session must not have loaded any part of the case yet.
    """
    found, *parts, people, events, words, duplicates, goes_on_as, marked = _round().ask(session, key=key)
    if not found:
        return None
    case = _with_parts(session, found[0], parts)
    persons = {person.id: person for person in (as_loaded(session, Person, row) for row in people)}
    for party in case.parties:
        # Set on each party, because the session holds only weak references and would drop a person without one.
        set_committed_value(party, "person", persons.get(party.person_id))
    return case, Beside(
        events=sorted((as_loaded(session, Event, row) for row in events), key=attrgetter("id")),
        words=dict(words),
        duplicates=tuple(sorted(reference for (reference,) in duplicates)),
        goes_on_as=next((reference for (reference,) in goes_on_as), None),
        marked=bool(marked) or any(person.same_as_id is not None for person in persons.values()),
    )


def _with_parts(session: Session, row: Sequence[Any], parts: Iterable[_Rows], named: tuple[str, ...] = ()) -> Case:
    case: Case = as_loaded(session, Case, row)
    for (name, model, order), rows in zip(_parts(named), parts, strict=True):
        set_committed_value(case, name, sorted((as_loaded(session, model, each) for each in rows), key=order))
    return case


@cache
def _parts(named: tuple[str, ...] = ()) -> list[tuple[str, type[SQLModel], Any]]:
    """Returns the parts of a case, or only those `named`: attribute name, model and sort key of each."""
    found = []
    for relation in class_mapper(Case).relationships:
        if relation.direction is RelationshipDirection.ONETOMANY and (not named or relation.key in named):
            order = [str(column.key) for column in relation.order_by or ()]
            found.append((relation.key, relation.mapper.class_, attrgetter(*order, "id")))
    return found


_KEY: BindParameter[str] = bindparam("key")


def _of_the_case(column: Any = Case.id) -> ScalarSelect[Any]:
    return select(column).where(col(Case.reference_key) == _KEY).correlate(None).scalar_subquery()


@lru_cache(1)
def _round() -> Round:
    number, joined_to = _of_the_case(), _of_the_case(Case.duplicate_of_id)
    people = select(col(Party.person_id)).where(col(Party.case_id) == number)
    reasons = select(col(Event.reason)).where(col(Event.case_id) == number)
    return Round(
        *_with(_parts()),
        _whole(Person).where(col(Person.id).in_(people)),
        _whole(Event).where(col(Event.case_id) == number),
        _of(Words.digest, Words.text).where(col(Words.digest).in_(reasons)),
        _of(Case.reference).where(col(Case.duplicate_of_id) == number),
        _of(Case.reference).where(col(Case.id) == joined_to),
        _of(Person.id).where(col(Person.same_as_id).in_(people)),
    )


@lru_cache(1)
def _round_for_a_step() -> Round:
    return Round(*_with(_parts(EVERY_STEP)))


def _with(parts: Iterable[tuple[str, type[SQLModel], Any]]) -> Iterator[Select[Any]]:
    """Yields the queries for the case and for these parts of it."""
    yield _whole(Case).where(col(Case.reference_key) == _KEY)
    for _, model, _ in parts:
        yield _whole(model).where(table_of(model).c.case_id == _of_the_case())


def _whole(model: type[SQLModel]) -> Select[Any]:
    return select(*table_of(model).columns)


def _of(*columns: Any) -> Select[Any]:
    return select(*columns)
