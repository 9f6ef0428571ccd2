"""What is known of people from their other cases: needs and limits on contact. Shown before anyone writes to them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from feedback_tui.desk.earlier_cases import in_parts_of, marked_as_one, these_people
from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.desk.tables import CASE, PARTY, PERSON
from feedback_tui.enums import Persistence, Status
from feedback_tui.rules.dates import long_date
from feedback_tui.storage.register import Register

_P = PERSON.c
_TEXTS = (_P.safe_contact, _P.interpreter, _P.adjustments)
_SAYS = or_(_P.persistence.is_not(None), _P.died_on.is_not(None), *(column != "" for column in _TEXTS))


@dataclass(frozen=True)
class Known:
    """What one case has recorded about a person: limits on contact and needs, one line each."""

    reference: str
    name: str
    lines: tuple[str, ...]


def known_of(register: Register, name: str, contact: str = "", most: int = 5) -> list[Known]:
    """Returns what other cases hold about people with this name or contact, latest case first, at most `most`; to be
    asked about, not assumed.

    Only cases that the reader may open. [] if both texts are too short to search for.
    """
    asked = these_people(name, contact)
    if asked is None:
        return []
    with register.reading() as session:
        theirs = or_(asked, _P.id.in_(marked_as_one(session, asked, register.reader)))
        return _read(session, register.reader, theirs, most)


def known_of_records(session: Session, reader: str, people: Collection[int], most: int = 20) -> list[Known]:
    """Returns what the cases of these person records have recorded about them, latest case first."""
    return _read(session, reader, _P.id.in_(people), most) if people else []


def needs(
    persistence: Persistence | None,
    since: date | None,
    review_on: date | None,
    died_on: date | None,
    safe_contact: str,
    interpreter: str,
    adjustments: str,
) -> tuple[str, ...]:
    """Returns limits on contact and needs, one line each, the most important first."""
    lines = []
    if died_on:
        lines.append(f"Died on {long_date(died_on)}: no letters")
    if persistence:
        from_day = f" since {long_date(since)}" if since else ""
        review = f", looked at again on {long_date(review_on)}" if review_on else ""
        lines.append(f"Limits on contact: {persistence}{from_day}{review}")
    if safe_contact:
        lines.append(f"Safe contact: {safe_contact}")
    if interpreter:
        lines.append(f"Interpreter: {interpreter}")
    if adjustments:
        lines.append(f"Adjustments: {adjustments}")
    return tuple(lines)


def _read(session: Session, reader: str, theirs: Any, most: int) -> list[Known]:
    columns = (
        *(_P.persistence, _P.persistence_on, _P.persistence_review_on, _P.died_on),
        *(_P.safe_contact, _P.interpreter, _P.adjustments),
    )
    query = (
        select(CASE.c.received_on, CASE.c.reference, _P.name, *columns)
        .distinct()
        .join_from(CASE, PARTY, PARTY.c.case_id == CASE.c.id)
        .join(PERSON, _P.id == PARTY.c.person_id)
        .where(CASE.c.status != Status.VOID, open_to_reader(), in_parts_of(theirs), _SAYS)
        .order_by(CASE.c.received_on.desc(), CASE.c.reference)
        .limit(most)
    )
    rows = session.execute(query, reader_value(reader)).all()
    return [Known(reference, name, needs(*said)) for _, reference, name, *said in rows]
