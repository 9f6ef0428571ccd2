"""What was said, sent or tried; the chasing of the investigator; documents that stand elsewhere."""

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Field, Relationship

from feedback_tui import enums
from feedback_tui.models.base import TableModel, belongs_to, personal, word

if TYPE_CHECKING:
    from feedback_tui.models.case import Case


class Contact(TableModel, table=True):
    """One contact with the people in a case, or a try at one: the last is always in view."""

    __tablename__ = "contact"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    contacted_on: date
    kind: enums.Contact = Field(sa_column=word(enums.Contact))
    channel: str | None = Field(default=None, max_length=120)
    party_id: int | None = Field(default=None, sa_column=belongs_to("party", nullable=True))
    """Who it was with, where that is one of the people in the case."""
    letter: str | None = Field(default=None, max_length=120)
    """The key of the profile's letter, where one was made."""
    text: str = Field(default="", sa_column=personal())
    """What was said, or the letter as it went out."""

    case: "Case" = Relationship(back_populates="contacts")


class Chase(TableModel, table=True):
    """One chasing of an investigator for the draft or an answer."""

    __tablename__ = "chase"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    stage_number: int = 1
    chased_on: date
    investigator: str | None = Field(default=None, max_length=120)
    escalated_to: str | None = Field(default=None, max_length=120)
    why_late: str = Field(default="", sa_column=personal())
    next_on: date | None = None
    """When to chase again."""

    case: "Case" = Relationship(back_populates="chases")


class Attachment(TableModel, table=True):
    """A document by reference: a path or a document number. No file is taken in."""

    __tablename__ = "attachment"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    what: str = Field(default="", sa_column=personal())
    place: str = Field(default="", sa_column=personal())
    """The path, or the number in the document system."""
    noted_on: date

    case: "Case" = Relationship(back_populates="attachments")
