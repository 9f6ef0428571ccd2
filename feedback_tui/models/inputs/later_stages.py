"""What the steps take that only some stages of some procedures have: a record, a panel, people with a part, a stage
skipped."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from feedback_tui.enums import StagePart
from feedback_tui.models.inputs.stages import Input, Line, Words


class StageSkip(Input):
    """The case goes on to the next stage without an answer of this one."""

    on: date
    officer: Line = ""
    """Who handles the next stage; "" for who has the case, where the procedure lets them."""
    investigator: Line = ""
    agreed_by: Line = ""
    """Who agreed: asked where the procedure lets a stage be skipped by agreement alone."""
    reason: Words = ""


class PartNamed(Input):
    """Who has a part in the stage."""

    part: StagePart
    name: Line
    on: date
    number: Annotated[int | None, Field(ge=1)] = None
    """Which member of a panel; None for the first place that is free."""
    independent: bool = False
    """Whether it is confirmed that they are no member or officer of the council, nor such a person's spouse."""


class StageDay(Input):
    """A day of the stage: its record was agreed, its panel held, the panel's report received."""

    on: date
