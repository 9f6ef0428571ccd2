"""The inputs of verbs about contacts and the investigator's draft."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from feedback_tui.enums import Contact
from feedback_tui.models.inputs.stages import Input, Line, MaybeName, Words

PersonNumber = Annotated[int | None, Field(ge=1)]
"""The number of a person in the case, from 1; None if not given."""


class ContactInput(Input):
    """One contact with the people in a case, or an attempt at one."""

    on: date
    kind: Contact
    channel: MaybeName = None
    person: PersonNumber = None
    words: Words = ""
    told: bool = False
    """Whether they were told the state of the case, which meets the update that was due. A holding letter always
    counts."""
    next_update_on: date | None = None
    """The day of the next update."""


class NextUpdate(Input):
    """The day of the complainant's next update, set or moved without a contact."""

    to: date
    reason: Words = ""


class LetterInput(Input):
    """A letter that was sent, with its full text."""

    on: date
    key: Line
    """The key of the profile's letter."""
    person: PersonNumber = None
    channel: MaybeName = None
    text: Words
    next_update_on: date | None = None
    safe: bool = False
    """Whether the officer has checked the safe way to reach them, and this letter is safe."""


class ChaseInput(Input):
    """A chase of the investigator."""

    on: date
    escalated_to: Line = ""
    why_late: Words = ""
    next_on: date | None = None
    """The day to chase again; None for not again."""


class DraftReceived(Input):
    """The investigator's draft was received."""

    on: date


class DraftCheck(Input):
    """The draft was checked against the complaint: accepted, or sent back."""

    on: date
    by: Line = ""
    """The checker; "" for the officer who records it."""
    words: Words = ""
    again_on: date | None = None
    """If it was sent back: the day the next draft is due."""


class SignOff(Input):
    """The response was signed off by the responsible person or their deputy."""

    on: date
    by: Line
