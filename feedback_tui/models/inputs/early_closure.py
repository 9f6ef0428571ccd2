"""What the verbs take that say what a case is, who may open it, and how it ends before it is investigated."""

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
    """A case's words and facts as they are right: None where one stays as it is."""

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
    """The days that stand there wrongly, and are not known: they are emptied."""


class PointChange(Input):
    """A point that is added, changed or taken out."""

    on: date
    position: Annotated[int | None, Field(ge=1)] = None
    """The point that is changed; None: it is a new one."""
    remove: bool = False
    point: PointInput = PointInput()
    """As it stands afterwards."""
    reason: Words = ""


class JointHandling(Input):
    """Another responsible body has a part in it; without one, it is handled alone again."""

    on: date
    bodies: tuple[Name, ...] = ()
    lead: Line = ""
    """Who leads, and sends the one response; empty: the council."""
    signatory: Line = ""
    consent_on: date | None = None
    """When the complainant agreed that it is shared with them."""
    reason: Words = ""


class Restriction(Input):
    """The officers who alone may open it; none: everyone again."""

    on: date
    officers: tuple[Name, ...] = ()
    reason: Words = ""


class Document(Input):
    """A document by reference."""

    on: date
    what: Line = ""
    place: Line = ""
    """A path, or its number in the document system."""


class KindChange(Input):
    """It is of another kind after all."""

    on: date
    kind: Kind
    reason: Words = ""
    procedure: Annotated[str | None, BeforeValidator(empty_is_none)] = None
    """For a complaint; None: not settled yet."""
    adult_social_care: bool | None = None
    happened_on: date | None = None
    late_reason: Words = ""


class Settlement(Input):
    """It was put right on the spot (reg 8)."""

    on: date
    oral: bool = False
    satisfied: bool = False
    words: Words = ""
    """What was done."""


class Declining(Input):
    """It is not accepted."""

    on: date
    why: NotAccepted
    words: Words = ""
    told_on: date | None = None
    """When they were told in writing."""
    ombudsman_told: bool = False
    """Whether they were told of their right to go to the Ombudsman."""


class PassingOn(Input):
    """It belongs to someone else."""

    on: date
    transferred: bool = False
    """It was sent on; else it was signposted: they were told where to turn."""
    to: MaybeName = None
    told_on: date | None = None
    words: Words = ""


class Joining(Input):
    """It is the same matter as another case, which goes on."""

    on: date
    other: Annotated[Line, Field(max_length=LONGEST_REFERENCE)]
    """The reference of the case that goes on."""
    reason: Words = ""
