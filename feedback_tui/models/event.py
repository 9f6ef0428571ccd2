"""The record of what was done: append-only, linked by hashes, without personal text."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from feedback_tui.enums import Status, StepKey
from feedback_tui.models.base import TableModel, belongs_to, word


class Event(TableModel, table=True):
    """One recorded step: who, when, what, status before and after, and each changed row before and after.

    Personal text is in `changes` and `reason` by digest only (see Words). `hash` covers every other field, including
    the previous event's hash.
    """

    __tablename__ = "event"
    __table_args__ = (
        # To find undated redress that is owed, queries look for cases imported as closed, and redress recorded since;
        # the year looks for cases that were reopened. Only the migration says that these indexes are partial, as for
        # restricted cases.
        Index("ix_event_imported", "case_id"),
        Index("ix_event_redress", "case_id"),
        Index("ix_event_reopened", "case_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case", nullable=True))
    """The case; None for a step of the whole register."""
    step: StepKey = Field(sa_column=word(StepKey))
    happened_on: date
    """The day the step took effect, as recorded by the officer."""
    recorded_at: datetime
    """The moment of recording, UTC."""
    officer: str = Field(max_length=120)
    from_status: Status | None = Field(default=None, sa_column=word(Status, nullable=True))
    to_status: Status | None = Field(default=None, sa_column=word(Status, nullable=True))
    reason: str | None = Field(default=None, max_length=64)
    """The digest of the officer's reason or note."""
    details: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Facts of the step for the timeline: dates, closed words, names of teams and officers; no personal data."""
    changes: list[list[object]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """For each row ``[table, row id, before, after]``; before is null for a new row, after for a deleted one."""
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class Words(TableModel, table=True):
    """Personal text that an event refers to by digest. The digest is salted: erasure deletes salt and text, so the text
    cannot be guessed from it."""

    __tablename__ = "words"

    digest: str = Field(primary_key=True, max_length=64)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case", nullable=True))
    salt: str | None = Field(default=None, max_length=32)
    text: str | None = None
