"""The Ombudsman's handling of a complaint, beside the case."""

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Field, Relationship, SQLModel

from feedback_tui.models.base import belongs_to, word
from feedback_tui.words import OmbudsmanDecision, OmbudsmanStatus

if TYPE_CHECKING:
    from feedback_tui.models.case import Case


class OmbudsmanRecord(SQLModel, table=True):
    """One approach of the Ombudsman: received, replied to, decided."""

    __tablename__ = "ombudsman_record"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    their_reference: str | None = Field(default=None, max_length=60)
    status: OmbudsmanStatus = Field(sa_column=word(OmbudsmanStatus))
    received_on: date | None = Field(default=None, index=True)
    due_on: date | None = None
    """The reply's due date: 28 calendar days from the enquiry unless their letter states another, which then stands."""
    responded_on: date | None = None
    decided_on: date | None = Field(default=None, index=True)
    decision: OmbudsmanDecision | None = Field(default=None, sa_column=word(OmbudsmanDecision, nullable=True))

    case: "Case" = Relationship(back_populates="ombudsman")
