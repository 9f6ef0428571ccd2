"""Finding a case: earlier ones of the same people, and by what an officer remembers of a reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select

from feedback_tui.desk.matching import contains, parts_of, pattern
from feedback_tui.desk.queue_sql import CASE, PARTY, PERSON
from feedback_tui.storage.register import Register
from feedback_tui.words import Kind, Status

MOST = 20
FEWEST_LETTERS = 3


@dataclass(frozen=True)
class EarlierCase:
    """A case in a few words."""

    reference: str
    kind: Kind
    received_on: date
    status: Status
    summary: str
    name: str


def earlier_cases(register: Register, name: str, most: int = MOST) -> list[EarlierCase]:
    """The cases in which someone has this name (every part of it, in any order), latest first. Void ones are left out.

    Under three letters gives nothing: it would be half the register.
    """
    parts = parts_of(name)
    if len("".join(parts)) < FEWEST_LETTERS:
        return []
    # One row a case, though several people in it have the name: a person stands there as customer and as complainant.
    found = (
        _in_few_words(func.min(PERSON.c.name))
        .join_from(CASE, PARTY, PARTY.c.case_id == CASE.c.id)
        .join(PERSON, PERSON.c.id == PARTY.c.person_id)
        .where(CASE.c.status != Status.VOID, *(contains(PERSON.c.name, pattern(part)) for part in parts))
        .group_by(CASE.c.id)
    )
    with register.reading() as session:
        return [_earlier(row) for row in session.execute(found.order_by(*_latest()).limit(most))]


def find_references(register: Register, text: str, most: int = MOST) -> list[EarlierCase]:
    """The cases whose reference is `text`, or holds it; the exact one first, then the latest."""
    key = text.strip().casefold()
    if not key:
        return []
    own = CASE.c.reference_key
    exact = _in_few_words().where(own == key)
    near = _in_few_words().where(contains(own, pattern(key)), own != key).order_by(*_latest())
    with register.reading() as session:
        found = list(session.execute(exact.limit(most)))
        found += session.execute(near.limit(most - len(found)))
    return [_earlier(row) for row in found]


def _in_few_words(name: ColumnElement[str] | None = None) -> Select[Any]:
    columns = (CASE.c.reference, CASE.c.kind, CASE.c.received_on, CASE.c.status, CASE.c.summary)
    return select(*columns, literal("") if name is None else name)


def _earlier(row: Any) -> EarlierCase:
    return EarlierCase(*row)


def _latest() -> tuple[Any, ...]:
    return CASE.c.received_on.desc(), CASE.c.id.desc()
