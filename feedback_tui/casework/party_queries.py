"""Finds people of a case for the verbs, and tells who may be written to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, or_, select

from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.enums import Role
from feedback_tui.models.case import Case
from feedback_tui.models.people import Party, Person
from feedback_tui.rules.dates import long_date


def name_of(party: Party) -> str:
    """Returns how a person is named in a sentence: by name, else by role or part."""
    if party.person is not None and party.person.name:
        return party.person.name
    return f"the {party.role or party.part}"


def party_at(case: Case, position: int, field: str = "position") -> Party:
    """Returns the party with this number, from 1. Raises InvalidInput, listing those there are."""
    if 1 <= position <= len(case.parties):
        return case.parties[position - 1]
    raise InvalidInput([Problem(field, f"{case.reference} has no person {position}: there is {numbered(case)}.")])


def number_of(case: Case, party: Party) -> int:
    """Returns the number of a party on the case, from 1."""
    return case.parties.index(party) + 1


def numbered(case: Case) -> str:
    """Returns everyone in a case with their number, as ``1 Ann Lee, 2 Bea Lee``."""
    return ", ".join(f"{number} {name_of(party)}" for number, party in enumerate(case.parties, start=1)) or "no one"


def needed_person(case: Case, party: Party) -> Person:
    """Returns the person of a party. Raises InvalidInput if no name is known."""
    if party.person is None or not party.person.name:
        raise InvalidInput(
            [Problem("position", f"No name is known of {name_of(party)}: correct the person first, and name them.")]
        )
    return party.person


def why_not_written_to(party: Party) -> str | None:
    """Returns why this person may not be written to, as a clause; None if they may.

    Every letter checks this first.
    """
    return no_letters(
        party.person.died_on if party.person else None, party.ended_on, anonymous=party.role is Role.ANONYMOUS
    )


def no_letters(died_on: date | None, ended_on: date | None, *, anonymous: bool = False) -> str | None:
    """Returns the same as `why_not_written_to`, from the facts instead of the party."""
    if died_on is not None:
        return f"they died on {long_date(died_on)}"
    if ended_on is not None:
        return f"they left the case on {long_date(ended_on)}"
    return "they are anonymous" if anonymous else None


def same_people(session: Session, people: Iterable[int]) -> set[int]:
    """Returns the ids of all records marked as the same person as any of these, including these."""
    found, fresh = set[int](), set(people)
    while fresh:
        found |= fresh
        rows = session.exec(
            select(Person.id, Person.same_as_id).where(
                or_(col(Person.id).in_(fresh), col(Person.same_as_id).in_(fresh))
            )
        ).all()
        fresh = {number for row in rows for number in row if number is not None} - found
    return found
