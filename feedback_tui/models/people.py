"""People, and the part of each in a case."""

from datetime import date
from typing import TYPE_CHECKING, Optional

from sqlmodel import Field, Relationship

from feedback_tui.enums import Authority, Part, Persistence, Role
from feedback_tui.models.base import TableModel, belongs_to, personal, points_to, word

if TYPE_CHECKING:
    from feedback_tui.models.case import Case


class Person(TableModel, table=True):
    """A person in a case, and how to reach them."""

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(default="", sa_column=personal())
    contact: str = Field(default="", sa_column=personal())
    """Telephone, email or address, as the officer noted it."""
    preferred_contact: str | None = Field(default=None, max_length=120)
    """The channel they prefer."""
    safe_contact: str = Field(default="", sa_column=personal())
    """How they can be reached safely: when, where, what not to say."""
    interpreter: str = Field(default="", sa_column=personal())
    """The language or help they need: British Sign Language, Polish."""
    adjustments: str = Field(default="", sa_column=personal())
    """Reasonable adjustments: large print, calls in the afternoon."""
    died_on: date | None = None
    same_as_id: int | None = Field(default=None, sa_column=points_to("person"))
    """An earlier record of the same person, as marked by an officer; both records stay as they are."""
    persistence: Persistence | None = Field(default=None, sa_column=word(Persistence, nullable=True))
    persistence_on: date | None = None
    persistence_reason: str = Field(default="", sa_column=personal())
    persistence_review_on: date | None = None
    """The day to review the limits on contact."""


class Party(TableModel, table=True):
    """A person's part in a case. `person` is None if no name is known, as in an anonymous complaint."""

    __tablename__ = "party"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    person_id: int | None = Field(default=None, sa_column=belongs_to("person", nullable=True))
    position: int = 1
    part: Part = Field(sa_column=word(Part))
    role: Role | None = Field(default=None, sa_column=word(Role, nullable=True))
    authority: Authority | None = Field(default=None, sa_column=word(Authority, nullable=True))
    authority_on: date | None = None
    authority_words: str = Field(default="", sa_column=personal())
    """The evidence, or why it was refused: reg 5 requires written reasons."""
    relationship: str = Field(default="", sa_column=personal())
    """The relationship to the customer: daughter, executor."""
    may_be_told: str = Field(default="", sa_column=personal())
    """What may be disclosed to this person."""
    refusal_told_on: date | None = None
    """When they were told in writing that the council does not accept them as the customer's representative."""
    ended_on: date | None = None
    """The day they left the case: they died, or someone else carries it on."""

    case: "Case" = Relationship(back_populates="parties")
    person: Optional["Person"] = Relationship()
