"""What the verbs of what follows take: the Ombudsman's other letters, redress, learning and actions, praise."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from feedback_tui.enums import LearningSaid
from feedback_tui.models.inputs.stages import (
    LONGEST_REFERENCE,
    Input,
    Line,
    MaybeName,
    Pounds,
    Words,
)

Position = Annotated[int | None, Field(ge=1)]
"""The number on the case of what is meant; None: a new one, or the last."""
Code = Annotated[Line, Field(max_length=LONGEST_REFERENCE)]


class OmbudsmanQuery(Input):
    """The first that is heard of the Ombudsman, and their query whether to take it up; what is left out stays."""

    record: Position = None
    first_contact_on: date | None = None
    query_on: date | None = None
    query_due_on: date | None = None
    """The date their query states."""
    query_answered_on: date | None = None
    their_reference: Code = ""
    category: MaybeName = None
    summary: Words = ""


class OmbudsmanDraft(Input):
    """Their draft decision, and our comments on it; what is left out stays."""

    record: Position = None
    draft_decision_on: date | None = None
    draft_answered_on: date | None = None
    words: Words = ""
    """Our comments, for the timeline."""


class Compliance(Input):
    """Everything that was agreed with the Ombudsman is done, and they were told so."""

    record: Position = None
    on: date
    words: Words = ""
    """How they were told, what they said."""


class RedressInput(Input):
    """What puts it right: a new one, or what has become of the one at `position`; what is left out of that stays."""

    on: date
    """The day it was agreed, or the change was made."""
    position: Position = None
    kind: MaybeName = None
    amount: Pounds = None
    text: Words = ""
    due_on: date | None = None
    offered_on: date | None = None
    accepted_on: date | None = None
    approver: Line = ""
    budget_code: Code = ""
    done_on: date | None = None
    """When it was done; of a payment: paid."""
    proof: Words = ""
    ombudsman: Position = None
    """The approach to the Ombudsman that it was agreed in."""


class Learned(Input):
    """What was learned from a case, or that there is nothing to learn, or that the service is still asked."""

    on: date
    said: LearningSaid = LearningSaid.RECORDED
    area: MaybeName = None
    text: Words = ""
    point: Position = None
    """The complaint point whose finding it follows from."""
    action: Words = ""
    """What will be done about it, where that is known already."""
    owner: Line = ""
    due_on: date | None = None


class PlannedAction(Input):
    """An action: a new one, or another owner, date or wording of the one at `position`; what is left out stays."""

    on: date
    position: Position = None
    text: Words = ""
    owner: Line = ""
    due_on: date | None = None
    learning: Position = None
    """The learning that it follows from."""


class Thanks(Input):
    """A compliment was passed on to whom it praises."""

    on: date
    words: Words = ""
    """To whom, and how."""


class Quote(Input):
    """A compliment's words for the report, without anyone's name; empty: it is not to be quoted."""

    text: Words
    no_name: bool = False
    """Whether what looks like a name of the case is none: Grace, Hope, Will."""
