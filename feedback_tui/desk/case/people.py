"""The people on the page of a case: their part, their needs, and what is known of them from other cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from feedback_tui.casework.party_queries import same_people, why_not_written_to
from feedback_tui.desk.case.known_people import Known, known_of_records, needs
from feedback_tui.enums import Authority, Part, Persistence, Role
from feedback_tui.models.case import Case
from feedback_tui.models.people import Party, Person
from feedback_tui.rules.restricted_access import ANONYMOUS, may_open


@dataclass(frozen=True)
class PersonView:
    """A person in one part. `position` is the number by which commands and steps name them."""

    position: int
    part: Part
    role: Role | None
    name: str
    contact: str
    authority: Authority | None
    authority_on: date | None
    authority_words: str = ""
    relationship: str = ""
    may_be_told: str = ""
    refusal_told_on: date | None = None
    """When they were told in writing that they are not accepted as a representative."""
    preferred_contact: str | None = None
    safe_contact: str = ""
    interpreter: str = ""
    adjustments: str = ""
    died_on: date | None = None
    ended_on: date | None = None
    persistence: Persistence | None = None
    persistence_on: date | None = None
    persistence_reason: str = ""
    persistence_review_on: date | None = None
    no_letters: str | None = None
    """Why no letter goes to them, as a clause; None if they may be written to."""
    same_as: tuple[str, ...] = ()
    """The references of cases with another record of the same person, as marked by an officer."""
    known: tuple[Known, ...] = ()
    """What those cases hold about them."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Limits on contact and needs, one line each."""
        return needs(
            self.persistence, self.persistence_on, self.persistence_review_on, self.died_on,
            self.safe_contact, self.interpreter, self.adjustments,
        )  # fmt: skip

    @property
    def called(self) -> str:
        """The person's name, else “the” and their role or part."""
        return self.name or f"the {self.role or self.part}"


def whose(people: Sequence[PersonView]) -> str:
    """Returns whose case it is, by the same rule as ``row_sql.who``; “anonymous”, or "" if no one is named."""
    named = [one for one in people if one.name or one.role is Role.ANONYMOUS]
    still = [one for one in named if one.ended_on is None]
    turns = [*(one for part in (Part.COMPLAINANT, Part.CUSTOMER) for one in still if one.part is part), *named]
    return "" if not turns else ANONYMOUS if turns[0].role is Role.ANONYMOUS else turns[0].name


_OF_PERSON = (
    *("preferred_contact", "safe_contact", "interpreter", "adjustments", "died_on"),
    *("persistence", "persistence_on", "persistence_reason", "persistence_review_on"),
)


def people_of(session: Session, case: Case, reader: str, *, marked: bool = True) -> tuple[PersonView, ...]:
    """Returns the people of a case, in the order in which they were added. With `marked` false, no other records of
    them are looked for."""
    return tuple(_person(session, case, number, reader, marked=marked) for number in range(len(case.parties)))


def _person(session: Session, case: Case, place: int, reader: str, *, marked: bool) -> PersonView:
    party = case.parties[place]
    person = party.person
    others = _others(session, case, person) if marked and person is not None else {}
    open_ones = {number: restricted for number, restricted in others.items() if may_open(restricted[1], reader)}
    return PersonView(
        position=place + 1,
        part=party.part,
        role=party.role,
        name=person.name if person else "",
        contact=person.contact if person else "",
        authority=party.authority,
        authority_on=party.authority_on,
        authority_words=party.authority_words,
        relationship=party.relationship,
        may_be_told=party.may_be_told,
        refusal_told_on=party.refusal_told_on,
        ended_on=party.ended_on,
        no_letters=why_not_written_to(party),
        same_as=tuple(dict.fromkeys(reference for reference, _ in open_ones.values())),
        known=tuple(known_of_records(session, reader, list(open_ones))),
        **({name: getattr(person, name) for name in _OF_PERSON} if person else {}),
    )


def _others(session: Session, case: Case, person: Person) -> dict[int, tuple[str, str | None]]:
    """Returns the person's other records by id, each with its case's reference and the officers that case is restricted
    to."""
    assert person.id is not None
    numbers = same_people(session, [person.id]) - {person.id}
    if not numbers:
        return {}
    rows = session.exec(
        select(col(Party.person_id), col(Case.reference), col(Case.restricted_to))
        .join(Case, col(Case.id) == col(Party.case_id))
        .where(col(Party.person_id).in_(numbers), col(Case.id) != case.id)
        .order_by(col(Case.received_on))
    ).all()
    return {number: (reference, restricted) for number, reference, restricted in rows if number is not None}
