"""The inputs of verbs for follow-up: the Ombudsman's letters, redress, learning and actions, compliments."""

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
"""The number of a row on the case, from 1; None for a new one, or the last."""
Code = Annotated[Line, Field(max_length=LONGEST_REFERENCE)]


class OmbudsmanQuery(Input):
    """The Ombudsman's first contact, and their query whether to investigate; None or "" leaves a field as it is."""

    record: Position = None
    first_contact_on: date | None = None
    query_on: date | None = None
    query_due_on: date | None = None
    """The date stated in their query."""
    query_answered_on: date | None = None
    their_reference: Code = ""
    category: MaybeName = None
    summary: Words = ""


class OmbudsmanDraft(Input):
    """Their draft decision, and the council's comments; None or "" leaves a field as it is."""

    record: Position = None
    draft_decision_on: date | None = None
    draft_due_on: date | None = None
    """The day by which the Ombudsman's letter asks for comments."""
    draft_answered_on: date | None = None
    words: Words = ""
    """The council's comments, for the timeline."""


class OmbudsmanChoice(Input):
    """The choice of an Ombudsman for a case."""

    ombudsman_key: MaybeName = None
    """Its key or name in the profile; None: the usual one of the procedure."""
    reason: Words


class Compliance(Input):
    """Everything agreed with the Ombudsman is done, and they were told."""

    record: Position = None
    on: date
    words: Words = ""
    """How they were told, and what they said."""


class RedressInput(Input):
    """New redress, or a change of the one at `position`; None or "" leaves a field of that as it is."""

    on: date
    """The day it was agreed or changed."""
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
    """The day it was done; for a payment, paid."""
    proof: Words = ""
    ombudsman: Position = None
    """The number of the approach to the Ombudsman in which it was agreed."""


class Learned(Input):
    """What was learned from a case; or that nothing was, or that the service has been asked."""

    on: date
    said: LearningSaid = LearningSaid.RECORDED
    area: MaybeName = None
    text: Words = ""
    point: Position = None
    """The complaint point that it comes from."""
    action: Words = ""
    """The action to take, if known already."""
    owner: Line = ""
    due_on: date | None = None


class PlannedAction(Input):
    """A new action, or a change of the one at `position`; None or "" leaves a field of that as it is."""

    on: date
    position: Position = None
    text: Words = ""
    owner: Line = ""
    due_on: date | None = None
    learning: Position = None
    """The learning that it comes from."""


class Thanks(Input):
    """A compliment was passed on to the person praised."""

    on: date
    words: Words = ""
    """To whom, and how."""


class Quote(Input):
    """The quote of a compliment for the report, without names; "" if it is not to be quoted."""

    text: Words
    no_name: bool = False
    """Whether the officer says that a word looking like a name from the case is none: Grace, Hope, Will."""
