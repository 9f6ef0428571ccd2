"""Finds cases: earlier ones of the same people, and cases by part of a reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select
from sqlmodel import Session

from feedback_tui.casework.party_queries import same_people
from feedback_tui.desk.filters.text_match import LONGEST_PART, parts_of, pattern
from feedback_tui.desk.filters.text_match_sql import contains
from feedback_tui.desk.restricted import open_to_reader, reader_value
from feedback_tui.desk.tables import CASE, PARTY, PERSON
from feedback_tui.enums import Kind, Status
from feedback_tui.rules.restricted_access import shown_summary
from feedback_tui.storage.register import Register
from feedback_tui.storage.search.name_index import name_pattern, people_with
from feedback_tui.text import safe_text

MOST = 20
FEWEST_LETTERS = 3
FEWEST_OF_A_CONTACT = 6


@dataclass(frozen=True)
class EarlierCase:
    """A case in a few words."""

    reference: str
    kind: Kind
    received_on: date
    status: Status
    summary: str
    name: str


def earlier_cases(register: Register, name: str, most: int = MOST, contact: str = "") -> list[EarlierCase]:
    """Returns the cases in which someone has this name (every part of it, in any order) or this contact, latest first.

    Includes cases under other names of a person whom an officer marked as the same. Excludes void cases and those that
    the reader may not open. [] if the name has under three letters and the contact under six characters.
    """
    asked = these_people(name, contact)
    if asked is None:
        return []
    with register.reading() as session:
        theirs = or_(asked, PERSON.c.id.in_(marked_as_one(session, asked, register.reader)))
        found = (
            # One row for each case, even if several people in it match: customer and complainant may be the same
            # person.
            _in_few_words(func.min(PERSON.c.name))
            .join_from(CASE, PARTY, PARTY.c.case_id == CASE.c.id)
            .join(PERSON, PERSON.c.id == PARTY.c.person_id)
            .where(CASE.c.status != Status.VOID, open_to_reader(), in_parts_of(theirs))
            .group_by(CASE.c.id)
            .order_by(*_latest())
            .limit(most)
        )
        return [_earlier(row, register.reader) for row in session.execute(found, reader_value(register.reader))]


def these_people(name: str, contact: str = "") -> ColumnElement[bool] | None:
    """Returns the condition that a person has this name or contact; None if both are too short to search for."""
    asked: list[ColumnElement[bool]] = []
    parts = parts_of(name)
    if len("".join(parts)) >= FEWEST_LETTERS:
        asked.append(PERSON.c.id.in_(people_with(*map(name_pattern, parts))))
    plain = " ".join(contact.split())
    if len(plain) >= FEWEST_OF_A_CONTACT:
        asked.append(contains(PERSON.c.contact, pattern(plain[:LONGEST_PART])))
        # A telephone number is compared without spaces and hyphens.
        if (number := plain.replace(" ", "").replace("-", "")).lstrip("+").isdigit():
            written = func.replace(func.replace(PERSON.c.contact, " ", ""), "-", "")
            asked.append(contains(written, pattern(number[:LONGEST_PART])))
    return or_(*asked) if asked else None


def in_parts_of(asked: ColumnElement[bool]) -> ColumnElement[bool]:
    """Returns the condition that a party is one of the people found. People are found first, then parties by an
    index."""
    return PARTY.c.person_id.in_(select(PERSON.c.id).where(asked).correlate(None))


def marked_as_one(session: Session, asked: ColumnElement[bool], reader: str) -> list[int]:
    """Returns the ids of records that officers marked as one person with any of those found."""
    is_linked = PERSON.c.same_as_id.is_not(None)
    # These are few and found by an index; only their names are searched.
    linked = select(PERSON.c.id).where(is_linked).union(select(PERSON.c.same_as_id).where(is_linked))
    # Only by names the reader may see: a name in a restricted case must not lead to an open one.
    seen = exists().where(PARTY.c.person_id == PERSON.c.id, PARTY.c.case_id == CASE.c.id, open_to_reader())
    marked = select(PERSON.c.id).where(PERSON.c.id.in_(linked), asked, seen)
    return sorted(same_people(session, session.execute(marked, reader_value(reader)).scalars()))


def find_references(register: Register, text: str, most: int = MOST) -> list[EarlierCase]:
    """Returns the cases whose reference is or contains `text`: the exact one first, then the latest; at most `most`."""
    key = safe_text(text).strip().casefold()
    if not key:
        return []
    own = CASE.c.reference_key
    exact = _in_few_words().where(own == key)
    near = _in_few_words().where(contains(own, pattern(key)), own != key).order_by(*_latest())
    with register.reading() as session:
        found = list(session.execute(exact.limit(most)))
        if len(found) < most:
            found += session.execute(near.limit(most - len(found)))
    return [_earlier(row, register.reader) for row in found]


def _in_few_words(name: ColumnElement[str] | None = None) -> Select[Any]:
    columns = (CASE.c.reference, CASE.c.kind, CASE.c.received_on, CASE.c.status, CASE.c.summary)
    return select(*columns, literal("") if name is None else name, CASE.c.restricted_to, CASE.c.officer)


def _earlier(row: Any, reader: str) -> EarlierCase:
    *_, summary, name, restricted_to, officer = row
    return EarlierCase(*(*row[:-4], shown_summary(summary, restricted_to, officer, reader), name))


def _latest() -> tuple[Any, ...]:
    return CASE.c.received_on.desc(), CASE.c.id.desc()
