"""The Ombudsman's handling of a complaint, beside the case."""

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Field, Relationship

from feedback_tui.enums import OmbudsmanDecision, OmbudsmanStatus
from feedback_tui.models.base import TableModel, belongs_to, personal, word

if TYPE_CHECKING:
    from feedback_tui.models.case import Case


class OmbudsmanRecord(TableModel, table=True):
    """One approach of the Ombudsman: received, replied to, decided."""

    __tablename__ = "ombudsman_record"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    their_reference: str | None = Field(default=None, max_length=60)
    status: OmbudsmanStatus = Field(sa_column=word(OmbudsmanStatus))
    first_contact_on: date | None = None
    query_on: date | None = None
    """Their assessment query: whether to take it up."""
    query_due_on: date | None = None
    query_answered_on: date | None = None
    received_on: date | None = Field(default=None, index=True)
    """The enquiry: they investigate."""
    documents: str = Field(default="", sa_column=personal())
    """What they asked for."""
    draft_decision_on: date | None = None
    draft_answered_on: date | None = None
    category: str | None = Field(default=None, max_length=120)
    """What it is about, in their words or the council's."""
    summary: str = Field(default="", sa_column=personal())
    """The complaint as their decision has it: for the year's table."""
    agreed: str = Field(default="", sa_column=personal())
    """The agreed action, in words, for the year's table."""
    complied_on: date | None = None
    due_on: date | None = None
    """The reply's due date: 28 calendar days from the enquiry unless their letter states another, which then stands."""
    responded_on: date | None = None
    decided_on: date | None = Field(default=None, index=True)
    decision: OmbudsmanDecision | None = Field(default=None, sa_column=word(OmbudsmanDecision, nullable=True))

    case: "Case" = Relationship(back_populates="ombudsman")
