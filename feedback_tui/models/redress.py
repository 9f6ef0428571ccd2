"""What follows a finding: remedies (on screen: redress), learning, and actions."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Index
from sqlmodel import Field, Relationship

from feedback_tui.models.base import TableModel, belongs_to, personal, points_to

if TYPE_CHECKING:
    from feedback_tui.models.case import Case


class Remedy(TableModel, table=True):
    """One item of redress: an apology, a payment, a reassessment."""

    __tablename__ = "remedy"
    __table_args__ = (Index("ix_remedy_owed", "done_on", "due_on", "case_id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    kind: str | None = Field(default=None, max_length=120)
    amount_pence: int | None = None
    text: str = Field(default="", sa_column=personal())
    """The details: the text of the apology, the charge that is waived."""
    ombudsman_id: int | None = Field(default=None, sa_column=points_to("ombudsman_record"))
    """The approach to the Ombudsman in which it was agreed, or None."""
    offered_on: date | None = None
    accepted_on: date | None = None
    approver: str | None = Field(default=None, max_length=120)
    budget_code: str | None = Field(default=None, max_length=60)
    proof: str = Field(default="", sa_column=personal())
    due_on: date | None = None
    done_on: date | None = None

    case: "Case" = Relationship(back_populates="remedies")


class Learning(TableModel, table=True):
    """One thing learned, with its area."""

    __tablename__ = "learning"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    area: str | None = Field(default=None, max_length=120)
    text: str = Field(default="", sa_column=personal())
    point_position: int | None = None
    """The complaint point that it comes from."""

    case: "Case" = Relationship(back_populates="learning")


class Action(TableModel, table=True):
    """An action: what, by whom, by when, and when it was done."""

    __tablename__ = "action"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    text: str = Field(default="", sa_column=personal())
    owner: str | None = Field(default=None, max_length=120)
    learning_position: int | None = None
    """The learning that it comes from."""
    proof: str = Field(default="", sa_column=personal())
    """The evidence that it was done: a document, a date of training."""
    due_on: date | None = None
    done_on: date | None = None

    case: "Case" = Relationship(back_populates="actions")
