"""A case with all that belongs to it: its stages, points, people, deadlines and the rest, and its record."""

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
"""What every step looks at of a case."""


@dataclass(frozen=True)
class Beside:
    """What stands beside a case whose parts were loaded."""

    events: list[Event]
    """In the order in which they were recorded."""
    words: dict[str, str | None]
    """The reasons and notes that they name, by digest; None where they were erased."""
    duplicates: tuple[str, ...]
    """The references of the cases that were joined to it."""
    goes_on_as: str | None
    """The reference of the case that it was joined to."""
    marked: bool
    """Whether any of its people has another record."""


def case_for_a_step(session: Session, key: str) -> Case | None:
    """The case with this reference (in its form without capitals), with what every step looks at, in one statement.

    What else belongs to it is loaded when it is asked for. One that the session has already is given as it is there.
    """
    found, *parts = _round_for_a_step().ask(session, key=key)
    if not found:
        return None
    number = found[0][table_of(Case).columns.keys().index("id")]
    there: Case | None = session.identity_map.get(identity_key(Case, number))
    return there or _with_parts(session, found[0], parts, EVERY_STEP)


def has_reference(session: Session, key: str) -> bool:
    """Whether a case has this reference (in its form without capitals), also one that a server hides."""
    connection = session.connection()
    if of_server(connection):
        return bool(connection.exec_driver_sql("SELECT public.feedback_has_reference(%s)", (key,)).scalar_one())
    return session.execute(select(col(Case.id)).where(col(Case.reference_key) == key)).first() is not None


def case_whole(session: Session, key: str) -> tuple[Case, Beside] | None:
    """The case with this reference (in its form without capitals), and what stands beside it; None where there is none.

    All its parts come in the one statement, each as if it had been loaded when it was asked for. The session has
    nothing of the case yet.
    """
    found, *parts, people, events, words, duplicates, goes_on_as, marked = _round().ask(session, key=key)
    if not found:
        return None
    case = _with_parts(session, found[0], parts)
    persons = {person.id: person for person in (as_loaded(session, Person, row) for row in people)}
    for party in case.parties:
        # Said to each: the session would forget a person whom nothing holds.
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
    """What belongs to a case, or what is `named` of it: the name it has there, its model, and its order."""
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
    """The case, and these parts of it."""
    yield _whole(Case).where(col(Case.reference_key) == _KEY)
    for _, model, _ in parts:
        yield _whole(model).where(table_of(model).c.case_id == _of_the_case())


def _whole(model: type[SQLModel]) -> Select[Any]:
    return select(*table_of(model).columns)


def _of(*columns: Any) -> Select[Any]:
    return select(*columns)
