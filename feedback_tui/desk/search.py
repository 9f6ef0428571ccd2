"""Finding a case: earlier ones of the same people, and by what an officer remembers of a reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from feedback_tui.desk.queue import contains
from feedback_tui.models.case import Case
from feedback_tui.models.people import Party, Person
from feedback_tui.storage.register import Register
from feedback_tui.words import Kind, Status

MOST = 20


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
    parts = name.split()
    if len("".join(parts)) < 3:
        return []
    query = (
        select(Case, Person.name)
        .join(Party, col(Party.case_id) == col(Case.id))
        .join(Person, col(Person.id) == col(Party.person_id))
        .where(Case.status != Status.VOID)
        .order_by(col(Case.received_on).desc(), col(Case.id).desc())
    )
    for part in parts:
        query = query.where(contains(Person.name, part))
    with register.reading() as session:
        found: dict[str, EarlierCase] = {}
        for case, person in session.exec(query.limit(most * 3)).all():
            found.setdefault(case.reference, _earlier(case, person))
        return list(found.values())[:most]


def find_references(register: Register, text: str, most: int = MOST) -> list[EarlierCase]:
    """The cases whose reference is `text`, or holds it; the exact one first, then the latest."""
    key = text.strip().casefold()
    if not key:
        return []
    with register.reading() as session:
        exact = session.exec(select(Case).where(Case.reference_key == key)).all()
        near = session.exec(
            select(Case)
            .where(contains(Case.reference_key, key), Case.reference_key != key)
            .order_by(col(Case.received_on).desc(), col(Case.id).desc())
            .limit(most - len(exact))
        ).all()
        return [_earlier(case, "") for case in [*exact, *near]]


def _earlier(case: Case, name: str) -> EarlierCase:
    return EarlierCase(case.reference, case.kind, case.received_on, case.status, case.summary, name)
