"""The people of a case as the verbs go by them: which one is meant, and who may be written to."""

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
    """What a person is called in a sentence: their name, else their role or part."""
    if party.person is not None and party.person.name:
        return party.person.name
    return f"the {party.role or party.part}"


def party_at(case: Case, position: int, field: str = "position") -> Party:
    """The person with this number on the case. Raises InvalidInput, naming those there are."""
    if 1 <= position <= len(case.parties):
        return case.parties[position - 1]
    raise InvalidInput([Problem(field, f"{case.reference} has no person {position}: there is {numbered(case)}.")])


def number_of(case: Case, party: Party) -> int:
    """The number of a person on the case, from 1: in the order in which they came into it."""
    return case.parties.index(party) + 1


def numbered(case: Case) -> str:
    """Everyone in a case with their number: ``1 Ann Lee, 2 Bea Lee``."""
    return ", ".join(f"{number} {name_of(party)}" for number, party in enumerate(case.parties, start=1)) or "no one"


def needed_person(case: Case, party: Party) -> Person:
    """The person of a party. Raises InvalidInput where no name is known."""
    if party.person is None or not party.person.name:
        raise InvalidInput(
            [Problem("position", f"No name is known of {name_of(party)}: correct the person first, and name them.")]
        )
    return party.person


def why_not_written_to(party: Party) -> str | None:
    """Why no letter goes to this person, as a clause; None where they may be written to.

    Every letter asks this first.
    """
    return no_letters(
        party.person.died_on if party.person else None, party.ended_on, anonymous=party.role is Role.ANONYMOUS
    )


def no_letters(died_on: date | None, ended_on: date | None, *, anonymous: bool = False) -> str | None:
    """As `why_not_written_to`, from what is known of a person."""
    if died_on is not None:
        return f"they died on {long_date(died_on)}"
    if ended_on is not None:
        return f"they left the case on {long_date(ended_on)}"
    return "they are anonymous" if anonymous else None


def same_people(session: Session, people: Iterable[int]) -> set[int]:
    """The numbers of all records that officers marked as one with any of these, themselves included."""
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
