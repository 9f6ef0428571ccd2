"""The record that something was done: append-only, chained, free of anyone's personal words."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from feedback_tui.enums import Status, StepKey
from feedback_tui.models.base import TableModel, belongs_to, word


class Event(TableModel, table=True):
    """One step: who, when, what, from, to; and what it changed, row by row, before and after.

    Words of people stand in `changes` and `reason` by digest only (see Words). `hash` covers every other field and the
    hash before it.
    """

    __tablename__ = "event"
    __table_args__ = (
        # Whether undated redress is owed asks which cases came in as ended ones, and on which it was recorded since.
        # As with restricted cases, the migration says that each holds these alone.
        Index("ix_event_imported", "case_id"),
        Index("ix_event_redress", "case_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case", nullable=True))
    """The case; empty for what was done to the register as a whole."""
    step: StepKey = Field(sa_column=word(StepKey))
    happened_on: date
    """The day the step took effect, as the officer recorded it."""
    recorded_at: datetime
    """When it was recorded, UTC."""
    officer: str = Field(max_length=120)
    from_status: Status | None = Field(default=None, sa_column=word(Status, nullable=True))
    to_status: Status | None = Field(default=None, sa_column=word(Status, nullable=True))
    reason: str | None = Field(default=None, max_length=64)
    """The digest of the officer's reason or note."""
    details: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Facts of the step for the timeline: dates, closed words, names of teams and officers. Nobody's personal data."""
    changes: list[list[object]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """``[table, row id, before, after]`` a row: before is null for a new row, after for one taken away."""
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class Words(TableModel, table=True):
    """Words that an event names by digest. Salted: erasure takes salt and text, and nothing can be guessed back."""

    __tablename__ = "words"

    digest: str = Field(primary_key=True, max_length=64)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case", nullable=True))
    salt: str | None = Field(default=None, max_length=32)
    text: str | None = None
