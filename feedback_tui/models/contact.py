"""Contacts and attempts at them; chases of the investigator; references to documents kept elsewhere."""

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Field, Relationship

from feedback_tui import enums
from feedback_tui.models.base import TableModel, belongs_to, personal, word

if TYPE_CHECKING:
    from feedback_tui.models.case import Case


class Contact(TableModel, table=True):
    """One contact with the people in a case, or an attempt at one."""

    __tablename__ = "contact"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    contacted_on: date
    kind: enums.Contact = Field(sa_column=word(enums.Contact))
    channel: str | None = Field(default=None, max_length=120)
    party_id: int | None = Field(default=None, sa_column=belongs_to("party", nullable=True))
    """The person in the case it was with, if known."""
    letter: str | None = Field(default=None, max_length=120)
    """The key of the profile's letter, if it was one."""
    text: str = Field(default="", sa_column=personal())
    """What was said, or the letter as sent."""

    case: "Case" = Relationship(back_populates="contacts")


class Chase(TableModel, table=True):
    """One chase of an investigator for the draft or an answer."""

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
    """The day to chase again."""

    case: "Case" = Relationship(back_populates="chases")


class Attachment(TableModel, table=True):
    """A document by reference: a path or a document number. The file itself is not stored."""

    __tablename__ = "attachment"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    what: str = Field(default="", sa_column=personal())
    place: str = Field(default="", sa_column=personal())
    """The path, or the number in the document system."""
    noted_on: date

    case: "Case" = Relationship(back_populates="attachments")
