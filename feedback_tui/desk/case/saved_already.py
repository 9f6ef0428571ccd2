"""Finds out from the record whether a step was saved before the program ended unexpectedly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from feedback_tui.enums import StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.event import Event
from feedback_tui.storage.register import Register

SLACK = timedelta(seconds=5)
"""How far the clock may have been set back since."""


@dataclass(frozen=True)
class SavedStep:
    """A recorded step. A step of the whole register has the reference ""."""

    step: StepKey
    reference: str
    description: str


def steps_since(register: Register, officer: str, since: datetime) -> list[SavedStep]:
    """Returns the steps that `officer` took since this moment (UTC), less `SLACK`, oldest first. Raises
    RegisterError."""
    with register.reading() as session:
        rows = session.exec(
            select(Event.step, Case.reference, Case.description)
            .join(Case, col(Case.id) == col(Event.case_id), isouter=True)
            .where(col(Event.officer) == officer, col(Event.recorded_at) >= since - SLACK)
            .order_by(col(Event.id))
        ).all()
    return [SavedStep(StepKey(step), reference or "", description or "") for step, reference, description in rows]
