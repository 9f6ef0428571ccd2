"""People, and the part each has in a case."""

from datetime import date
from typing import TYPE_CHECKING, Optional

from sqlmodel import Field, Relationship, SQLModel

from feedback_tui.models.base import belongs_to, personal, word
from feedback_tui.words import Authority, Part, Role

if TYPE_CHECKING:
    from feedback_tui.models.case import Case


class Person(SQLModel, table=True):
    """Someone who stands in a case, and how to reach them."""

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(default="", sa_column=personal())
    contact: str = Field(default="", sa_column=personal())
    """Telephone, email or address, as the officer noted it."""


class Party(SQLModel, table=True):
    """A person's part in a case. `person` is empty where no name is known: an anonymous complaint."""

    __tablename__ = "party"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    person_id: int | None = Field(default=None, sa_column=belongs_to("person", nullable=True))
    position: int = 1
    part: Part = Field(sa_column=word(Part))
    role: Role | None = Field(default=None, sa_column=word(Role, nullable=True))
    authority: Authority | None = Field(default=None, sa_column=word(Authority, nullable=True))
    authority_on: date | None = None

    case: "Case" = Relationship(back_populates="parties")
    person: Optional["Person"] = Relationship()
