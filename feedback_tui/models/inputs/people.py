"""The inputs of verbs about people: parts, authority, a death, the same person in two cases, limits on contact."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from feedback_tui.enums import Authority, Part, Persistence, Role
from feedback_tui.models.inputs.stages import LONGEST_REFERENCE, Input, Line, MaybeName, Words

Position = Annotated[int, Field(ge=1)]
"""A person's number on the case, from 1, as its page shows it."""


class PersonDetails(Input):
    """Who a person is, how to reach them, and what they need."""

    name: Line = ""
    role: Role | None = None
    contact: Words = ""
    preferred_contact: MaybeName = None
    """The channel they prefer."""
    safe_contact: Words = ""
    """The safe way to reach them."""
    interpreter: Line = ""
    adjustments: Words = ""
    """Reasonable adjustments."""
    relationship: Line = ""
    """The relationship to the customer: daughter, executor."""
    may_be_told: Words = ""
    """What may be disclosed to them."""


class NewPerson(PersonDetails):
    """A person to add to a case."""

    on: date
    part: Part = Part.COMPLAINANT


class PersonCorrection(PersonDetails):
    """A person's corrected details. All of them must be given, also those that stay."""

    on: date
    position: Position
    ended_on: date | None = None
    """The day they left the case."""
    reason: Words = ""


class AuthorityInput(Input):
    """Why a person may complain and be told; consent requested, chased, received or refused."""

    on: date
    position: Position
    authority: Authority
    due_on: date | None = None
    """The day requested consent is due; None for the profile's proposal."""
    words: Words = ""
    """The evidence; for a refusal, the written reasons."""
    relationship: Line = ""
    may_be_told: Words = ""
    suitable: bool | None = None
    """Whether the representative acts in the customer's interest. Asked if the customer has died, lacks capacity or is
    a child (2009 Regulations, reg 5)."""
    told_on: date | None = None
    """When one who is not suitable was told so in writing."""


class Death(Input):
    """A person in the case has died."""

    on: date
    """The day of death, or the day it became known."""
    position: Position
    carried_on_by: Position | None = None
    """The number of the person who carries the case on; None if not known yet."""
    words: Words = ""


class SamePerson(Input):
    """A person in this case and one in another case are the same."""

    on: date
    position: Position
    reference: Annotated[Line, Field(max_length=LONGEST_REFERENCE)]
    """The reference of the other case."""
    other_position: Position | None = None
    """The person's number there; None for the one of the same name, or the only one."""


class Apart(Input):
    """Two people marked as the same are not."""

    on: date
    position: Position
    reason: Words = ""


class Limits(Input):
    """A step of the procedure for unreasonably persistent complainants, or its end."""

    on: date
    position: Position
    step: Persistence | None = None
    """None ends the limits."""
    reason: Words = ""
    review_on: date | None = None
