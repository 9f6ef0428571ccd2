"""Deadlines: every dated obligation of a case; and the extensions that moved them."""

from datetime import date
from typing import TYPE_CHECKING, Optional

from sqlalchemy import Index
from sqlmodel import Field, Relationship

from feedback_tui.enums import CountsFrom, DeadlineKind, DeadlineState, Unit
from feedback_tui.models.base import TableModel, belongs_to, personal, word

if TYPE_CHECKING:
    from feedback_tui.models.case import Case
    from feedback_tui.models.ombudsman import OmbudsmanRecord
    from feedback_tui.models.people import Party
    from feedback_tui.models.redress import Action, Remedy


class Deadline(TableModel, table=True):
    """One dated obligation: how it is counted (so that it can be counted again), its dates and its state."""

    __tablename__ = "deadline"
    __table_args__ = (
        Index("ix_deadline_open", "state", "due_on"),
        Index("ix_deadline_case", "case_id", "state", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case", index=False))
    stage_number: int | None = None
    """The stage that caused it, or None."""
    action_id: int | None = Field(default=None, sa_column=belongs_to("action", nullable=True))
    remedy_id: int | None = Field(default=None, sa_column=belongs_to("remedy", nullable=True))
    party_id: int | None = Field(default=None, sa_column=belongs_to("party", nullable=True))
    """The person whose consent or review it is about."""
    ombudsman_id: int | None = Field(default=None, sa_column=belongs_to("ombudsman_record", nullable=True))
    kind: DeadlineKind = Field(sa_column=word(DeadlineKind))
    state: DeadlineState = Field(sa_column=word(DeadlineState))
    counts_from: CountsFrom = Field(sa_column=word(CountsFrom))
    counted_from: date
    """The day from which it was counted (day 0), as `counts_from` names it."""
    count: int | None = None
    unit: Unit = Field(sa_column=word(Unit))
    rule: str = Field(default="", max_length=200)
    source: str = Field(default="", max_length=400)
    calendar: str = Field(default="", max_length=12)
    """The fingerprint of the days off used for counting."""
    fixed_by_hand: bool = False
    """Whether an officer set the date; it is then not counted again."""
    original_due_on: date
    due_on: date
    """The last day that is in time, after any extension."""
    met_on: date | None = None
    """The day it was done, in time or late."""
    told_on: date | None = None
    """The day the complainant was told that the response takes longer than this aim."""

    case: "Case" = Relationship(back_populates="deadlines")
    action: Optional["Action"] = Relationship()
    remedy: Optional["Remedy"] = Relationship()
    party: Optional["Party"] = Relationship()
    ombudsman: Optional["OmbudsmanRecord"] = Relationship()


class Extension(TableModel, table=True):
    """One later date for a stage's response, with its reason and the day the complainant was told."""

    __tablename__ = "extension"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    stage_number: int = 1
    extended_from: date
    extended_to: date
    reason: str = Field(default="", sa_column=personal())
    told_on: date | None = None
    agreed: bool = False
    """Whether the complainant agreed."""
    agreed_by: str = Field(default="", sa_column=personal())
    """Who agreed to an extension past the six months (2009 Regulations, reg 14(3)(b))."""
    agreed_on: date | None = None
    agreed_how: str | None = Field(default=None, max_length=120)
    """How they agreed: by email, by telephone."""
    officer: str = Field(default="", max_length=120)

    case: "Case" = Relationship(back_populates="extensions")
