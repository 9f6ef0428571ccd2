"""The record of who viewed a case. It is separate from the hashed record of events."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from feedback_tui.models.base import TableModel, belongs_to


class Viewing(TableModel, table=True):
    """An officer opened a case. Written if the council's profile has ``record_views = true``."""

    __tablename__ = "viewing"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    officer: str = Field(max_length=120)
    viewed_at: datetime
    """UTC."""
