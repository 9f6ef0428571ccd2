"""What the verbs of contact and of the investigator's half take: validated as it is made."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from feedback_tui.enums import Contact
from feedback_tui.models.inputs.stages import Input, Line, MaybeName, Words

PersonNumber = Annotated[int | None, Field(ge=1)]
"""Someone in the case, by the order in which the case has them; None: not said."""


class ContactInput(Input):
    """One contact with the people in a case, or a try at one."""

    on: date
    kind: Contact
    channel: MaybeName = None
    person: PersonNumber = None
    words: Words = ""
    told: bool = False
    """They were told how it stands: the update that was due is done. A holding letter always tells."""
    next_update_on: date | None = None
    """When they hear next."""


class NextUpdate(Input):
    """The day on which the complainant hears next, set or moved without a contact."""

    to: date
    reason: Words = ""


class LetterInput(Input):
    """A letter that went out, word by word."""

    on: date
    key: Line
    """The profile's letter."""
    person: PersonNumber = None
    channel: MaybeName = None
    text: Words
    next_update_on: date | None = None
    safe: bool = False
    """How they can be reached safely was looked at, and this letter is safe."""


class ChaseInput(Input):
    """The investigator was chased."""

    on: date
    escalated_to: Line = ""
    why_late: Words = ""
    next_on: date | None = None
    """When to chase again; None: not again."""


class DraftReceived(Input):
    """The investigator's draft came."""

    on: date


class DraftCheck(Input):
    """The draft was read against the complaint; it stands, or goes back for another one."""

    on: date
    by: Line = ""
    """Empty: the officer who records it."""
    words: Words = ""
    again_on: date | None = None
    """It went back: when the next draft is due."""


class SignOff(Input):
    """The responsible person, or whom they named, signed the response off."""

    on: date
    by: Line
