"""Whether what was being saved when the program ended was saved: asked of the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from feedback_tui.enums import StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.event import Event
from feedback_tui.storage.register import Register

SLACK = timedelta(seconds=5)
"""By how much a clock may have been put back since."""


@dataclass(frozen=True)
class SavedStep:
    """A step on the record; without a case it was of the register as a whole."""

    step: StepKey
    reference: str
    description: str


def steps_since(register: Register, officer: str, since: datetime) -> list[SavedStep]:
    """The steps that `officer` took since this moment (UTC), the first of them first. Raises RegisterError."""
    with register.reading() as session:
        rows = session.exec(
            select(Event.step, Case.reference, Case.description)
            .join(Case, col(Case.id) == col(Event.case_id), isouter=True)
            .where(col(Event.officer) == officer, col(Event.recorded_at) >= since - SLACK)
            .order_by(col(Event.id))
        ).all()
    return [SavedStep(StepKey(step), reference or "", description or "") for step, reference, description in rows]
