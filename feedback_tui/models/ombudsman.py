"""The Ombudsman's handling of a complaint."""

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Field, Relationship

from feedback_tui.enums import OmbudsmanDecision, OmbudsmanStatus
from feedback_tui.models.base import TableModel, belongs_to, personal, word

if TYPE_CHECKING:
    from feedback_tui.models.case import Case


class OmbudsmanRecord(TableModel, table=True):
    """One approach to the Ombudsman: received, replied to, decided."""

    __tablename__ = "ombudsman_record"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    their_reference: str | None = Field(default=None, max_length=60)
    status: OmbudsmanStatus = Field(sa_column=word(OmbudsmanStatus))
    first_contact_on: date | None = None
    query_on: date | None = None
    """The day of their assessment query, whether to investigate."""
    query_due_on: date | None = None
    query_answered_on: date | None = None
    received_on: date | None = Field(default=None, index=True)
    """The day of their enquiry, when they investigate."""
    documents: str = Field(default="", sa_column=personal())
    """The documents they asked for."""
    draft_decision_on: date | None = None
    draft_due_on: date | None = None
    """The day on which comments on the draft decision are due."""
    draft_answered_on: date | None = None
    category: str | None = Field(default=None, max_length=120)
    """What it is about, in their words or the council's."""
    summary: str = Field(default="", sa_column=personal())
    """The complaint as described in their decision, for the year's table."""
    agreed: str = Field(default="", sa_column=personal())
    """The agreed action, for the year's table."""
    complied_on: date | None = None
    due_on: date | None = None
    """The day the reply is due: the day stated in their letter, otherwise 28 calendar days from the enquiry."""
    responded_on: date | None = None
    decided_on: date | None = Field(default=None, index=True)
    their_decision: str | None = Field(default=None, max_length=120)
    """The decision in the Ombudsman's own words, if they differ from the register's word in `decision`."""
    decision: OmbudsmanDecision | None = Field(default=None, sa_column=word(OmbudsmanDecision, nullable=True))

    case: "Case" = Relationship(back_populates="ombudsman")
