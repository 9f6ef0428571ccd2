"""What the verbs about people take: their parts, authority, a death, one person in two cases, limits on contact."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from feedback_tui.enums import Authority, Part, Persistence, Role
from feedback_tui.models.inputs.stages import LONGEST_REFERENCE, Input, Line, MaybeName, Words

Position = Annotated[int, Field(ge=1)]
"""A person's number on the case, from 1, as its page counts them."""


class PersonDetails(Input):
    """Who someone is, how to reach them, and what they need."""

    name: Line = ""
    role: Role | None = None
    contact: Words = ""
    preferred_contact: MaybeName = None
    """The channel they would rather be reached by."""
    safe_contact: Words = ""
    """How they can be reached safely."""
    interpreter: Line = ""
    adjustments: Words = ""
    """Reasonable adjustments."""
    relationship: Line = ""
    """To the customer: daughter, executor."""
    may_be_told: Words = ""
    """What may be disclosed to them."""


class NewPerson(PersonDetails):
    """A person who comes into a case."""

    on: date
    part: Part = Part.COMPLAINANT


class PersonCorrection(PersonDetails):
    """A person's details as they are right: all of them, those that stay too."""

    on: date
    position: Position
    ended_on: date | None = None
    """When they left the case."""
    reason: Words = ""


class AuthorityInput(Input):
    """Why a person may complain and be told; consent asked for, chased, received or refused."""

    on: date
    position: Position
    authority: Authority
    due_on: date | None = None
    """When consent that was asked for is due back; None: as the profile proposes."""
    words: Words = ""
    """What shows it; for a refusal, the written reasons."""
    relationship: Line = ""
    may_be_told: Words = ""
    suitable: bool | None = None
    """Whether they act in the customer's interest: asked where the customer has died or lacks capacity (reg 5)."""


class Death(Input):
    """Someone in the case has died."""

    on: date
    """The day they died, or the day it became known."""
    position: Position
    carried_on_by: Position | None = None
    """The person who carries the case on; None: not known yet."""
    words: Words = ""


class SamePerson(Input):
    """A person in this case and one in an earlier case are one."""

    on: date
    position: Position
    reference: Annotated[Line, Field(max_length=LONGEST_REFERENCE)]
    """The other case."""
    other_position: Position | None = None
    """Their number there; None: the one of that name, or the only one."""


class Apart(Input):
    """They are two people after all."""

    on: date
    position: Position
    reason: Words = ""


class Limits(Input):
    """A step of the procedure for unreasonably persistent complainants, or its end."""

    on: date
    position: Position
    step: Persistence | None = None
    """None: the limits are ended."""
    reason: Words = ""
    review_on: date | None = None
