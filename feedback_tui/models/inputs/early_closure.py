"""The inputs of verbs that correct a case, restrict it, or end it before an investigation."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from feedback_tui.enums import DayOfCase, Kind, NotAccepted
from feedback_tui.models.inputs.stages import (
    LONGEST_REFERENCE,
    Input,
    Line,
    MaybeName,
    Name,
    PointInput,
    Words,
    empty_is_none,
)


class CaseCorrection(Input):
    """Corrected text and facts of a case; None leaves a field as it is."""

    reason: Words = ""
    description: Words | None = None
    summary: Line | None = None
    wanted: Words | None = None
    channel: Name | None = None
    happened_on: date | None = None
    late_reason: Words | None = None
    team: Name | None = None
    """The team of its first point."""
    theme: Name | None = None
    compliment_source: Name | None = None
    recipient_role: Name | None = None
    system_reference: Annotated[Line, Field(max_length=LONGEST_REFERENCE)] | None = None
    safeguarding_on: date | None = None
    not_known: tuple[DayOfCase, ...] = ()
    """Recorded days that are wrong and whose right value is unknown: they are emptied."""


class PointChange(Input):
    """A point to add, change or remove."""

    on: date
    position: Annotated[int | None, Field(ge=1)] = None
    """The point to change or remove; None for a new one."""
    remove: bool = False
    point: PointInput = PointInput()
    """The point's values afterwards."""
    reason: Words = ""


class JointHandling(Input):
    """The other responsible body that handles the complaint jointly; without one, the council handles it alone
    again."""

    on: date
    bodies: tuple[Name, ...] = ()
    lead: Line = ""
    """The body that leads and sends the one response; "" for the council."""
    signatory: Line = ""
    consent_on: date | None = None
    """The day the complainant agreed to sharing it with them."""
    reason: Words = ""


class Restriction(Input):
    """The only officers who may open the case; none for everyone."""

    on: date
    officers: tuple[Name, ...] = ()
    reason: Words = ""


class Document(Input):
    """A reference to a document."""

    on: date
    what: Line = ""
    place: Line = ""
    """A path, or the number in the document system."""


class KindChange(Input):
    """The case is of another kind."""

    on: date
    kind: Kind
    reason: Words = ""
    procedure: Annotated[str | None, BeforeValidator(empty_is_none)] = None
    """For a complaint; None if not settled yet."""
    adult_social_care: bool | None = None
    happened_on: date | None = None
    late_reason: Words = ""


class Settlement(Input):
    """The concern was settled on the spot (reg 8)."""

    on: date
    oral: bool = False
    satisfied: bool = False
    words: Words = ""
    """What was done."""


class Declining(Input):
    """The complaint is not accepted."""

    on: date
    why: NotAccepted
    words: Words = ""
    told_on: date | None = None
    """The day they were told in writing."""
    ombudsman_told: bool = False
    """Whether they were told of their right to go to the Ombudsman."""


class PassingOn(Input):
    """The case belongs to another body."""

    on: date
    transferred: bool = False
    """True if the case was sent on; False if they were only told whom to contact."""
    to: MaybeName = None
    told_on: date | None = None
    words: Words = ""


class Joining(Input):
    """It is the same matter as another case, which continues."""

    on: date
    other: Annotated[Line, Field(max_length=LONGEST_REFERENCE)]
    """The reference of the case that continues."""
    reason: Words = ""
