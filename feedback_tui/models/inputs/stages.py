"""The inputs of verbs for stages of a case, validated when created, with text made safe. The verbs check the dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from feedback_tui.enums import (
    Authority,
    ClosingReason,
    Discussion,
    Kind,
    LearningSaid,
    OmbudsmanDecision,
    OtherProcess,
    Outcome,
    Role,
)
from feedback_tui.rules.working_days import DayOff
from feedback_tui.text import one_line, safe_text

LONGEST_WORDS = 100_000
"""The most characters of a description, reason or note."""
LONGEST_NAME = 120
LONGEST_REFERENCE = 60


def no_separator(name: str) -> str:
    """Returns `name`. Raises ValueError if it contains a separator of the register (“;” or “ > ”), also at its ends."""
    if ";" in name or " > " in f" {name} ":
        raise ValueError("“;” and “ > ” cannot stand in a name")
    return name


def empty_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def as_pounds(value: object) -> object:
    """Returns a typed amount as a Decimal in pounds: ``250``, ``250.50`` or ``£1,250.00``; None if empty. Raises
    ValueError."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return Decimal(value.replace("£", "").replace(",", "").strip())
    except InvalidOperation:
        raise ValueError(f"“{value}” is not an amount in pounds: write 250 or 250.00.") from None


MOST_POUNDS = 20_000_000
"""More than a council pays for one complaint; in pence it fits a 32-bit integer."""
Pounds = Annotated[Annotated[Decimal, Field(ge=0, le=MOST_POUNDS, decimal_places=2)] | None, BeforeValidator(as_pounds)]
"""An amount in pounds, with at most two decimal places."""
Words = Annotated[str, AfterValidator(lambda text: safe_text(text).strip()), Field(max_length=LONGEST_WORDS)]
"""Free text, any number of lines."""
Line = Annotated[str, AfterValidator(one_line), Field(max_length=LONGEST_NAME)]
"""One line, such as the name of a person or an officer."""
Name = Annotated[str, AfterValidator(one_line), AfterValidator(no_separator), Field(max_length=LONGEST_NAME)]
"""A word of an open vocabulary: team, provider, theme."""
MaybeName = Annotated[Name | None, BeforeValidator(empty_is_none)]


class Input(BaseModel):
    """The base of all inputs."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PointInput(Input):
    """One point of a case."""

    text: Words = ""
    team: MaybeName = None
    provider: MaybeName = None
    category: MaybeName = None
    subcategory: MaybeName = None
    theme: MaybeName = None


class NewCase(Input):
    """A new piece of feedback."""

    kind: Kind
    received_on: date
    channel: MaybeName = None
    procedure: str | None = None
    """None if not settled yet; the acknowledgement is due in three working days all the same."""
    description: Words = ""
    summary: Line = ""
    """A line for the queue; "" for the beginning of the description."""
    wanted: Words = ""
    customer_name: Line = ""
    correspondent_name: Line = ""
    correspondent_role: Role | None = None
    contact: Words = ""
    relationship: Line = ""
    """The relationship of the correspondent to the customer."""
    authority: Authority | None = None
    consent_due_on: date | None = None
    """The day requested consent is due; None for the profile's proposal."""
    happened_on: date | None = None
    late_reason: Words = ""
    points: tuple[PointInput, ...] = ()
    officer: Line = ""
    compliment_source: MaybeName = None
    recipient_role: MaybeName = None
    reference: Annotated[Line, Field(max_length=LONGEST_REFERENCE)] = ""
    """The reference; "" for the next one of the register."""
    adult_social_care: bool | None = None
    """Whether any part is about adult social care (then the 2009 Regulations apply); None if not asked."""
    settled_on: date | None = None
    """For a concern raised orally and settled to their satisfaction by the end of the next working day (reg 8)."""


class Acknowledgement(Input):
    """The acknowledgement of a case."""

    on: date
    channel: MaybeName = None
    discussion: Discussion | None = None
    promised_on: date | None = None
    """The end of the period told to the complainant (reg 13)."""


class FirstAcknowledgement(Acknowledgement):
    """The acknowledgement of the complaint itself, not of a later stage."""

    record_sent_on: date | None = None
    """When the written record of an oral complaint was sent to them (2009 Regulations, reg 13(2))."""


class InvestigationStart(Input):
    """Who investigates, from when, under which procedure."""

    on: date
    investigator: Line
    procedure: str | None = None
    """Required if it was not settled."""
    points: tuple[PointInput, ...] = ()
    """If given, these replace the points on record; a complaint has at least one."""
    adult_social_care: bool | None = None
    """Whether any part is about adult social care (then the 2009 Regulations apply); None if not asked."""
    draft_due_on: date | None = None


class ExtensionInput(Input):
    """A later date for the response."""

    to: date
    reason: Words
    told_on: date | None = None
    agreed: bool = False
    agreed_by: Line = ""
    """Who agreed: asked past the six months (2009 Regulations, reg 14(3)(b)), as are the day and the way."""
    agreed_on: date | None = None
    agreed_how: MaybeName = None
    next_update_on: date | None = None


class LearningInput(Input):
    """One thing learned."""

    area: MaybeName = None
    text: Words = ""


class ActionInput(Input):
    """One action."""

    text: Words
    owner: Line = ""
    due_on: date | None = None


class RemedyInput(Input):
    """One item of redress."""

    kind: MaybeName = None
    amount: Pounds = None
    due_on: date | None = None


class Response(Input):
    """The response, with its findings and follow-up."""

    on: date
    channel: MaybeName = None
    signed_by: Line = ""
    findings: tuple[Outcome | None, ...] = ()
    """One for each complaint point, in order; a single one applies to all."""
    outcome: Outcome | None = None
    """The officer's outcome, if it differs from that of the findings."""
    outcome_reason: Words = ""
    learning_said: LearningSaid | None = None
    learning: tuple[LearningInput, ...] = ()
    actions: tuple[ActionInput, ...] = ()
    remedies: tuple[RemedyInput, ...] = ()
    on_hold_too: bool = False
    """Whether to send it although the case is on hold for another process."""


class ReviewRequest(Input):
    """The complainant requests Stage 2."""

    on: date
    officer: Line
    investigator: Line = ""
    reason: Words = ""


class StageRefusal(Input):
    """The complainant asked for the next stage, and the council refuses it."""

    reason: Words = ""
    """The reasons, as the complainant was told them in writing."""
    asked_on: date | None = None
    """The day on which Stage 2 was asked for; None if Stage 2 was opened, which recorded it."""
    told_on: date | None = None
    ombudsman_told: bool = False
    """Whether they were told of their right to go to the Ombudsman about the refusal."""


class Withdrawal(Input):
    """The complainant withdraws."""

    on: date
    reason: Words


class Closing(Input):
    """The end of a case; a reason is required if no response was sent."""

    on: date
    reason: ClosingReason | None = None
    words: Words = ""


class Reason(Input):
    """The input of steps that need only a reason: reopening, marking as logged in error."""

    on: date
    reason: Words


class Erasure(Reason):
    """The erasure of a case's text on request."""

    nevertheless: Words = ""
    """Why it is erased although nobody has a right to that yet. It must not name anyone."""


class Reopening(Reason):
    """Reopens a case. A case that was answered can be answered again, by `promised_on` if they were told a date."""

    promised_on: date | None = None


class OmbudsmanStep(Input):
    """What is known of the Ombudsman's handling. None or "" leaves a field as it is."""

    received_on: date | None = None
    due_on: date | None = None
    """The due date stated by them; None for 28 calendar days from the enquiry."""
    responded_on: date | None = None
    decided_on: date | None = None
    decision: OmbudsmanDecision | None = None
    their_decision: MaybeName = None
    """The decision in the Ombudsman's own words, one of those in the profile."""
    their_reference: Annotated[Line, Field(max_length=LONGEST_REFERENCE)] = ""
    record: Annotated[int | None, Field(ge=1)] = None
    """The number of the approach; None for the last, or for a new one if that was decided."""
    documents: Words = ""
    """The documents they asked for."""
    category: MaybeName = None
    summary: Words = ""
    """The complaint as described in their decision, for the year's table."""
    agreed: Words = ""
    """The agreed action, for the year's table."""
    log_anew: bool = False
    """Whether it was referred back without the council having considered it; it is then logged as a complaint received
    that day."""


class Hold(Input):
    """Another process goes first. This moves no deadline, not even the six months."""

    on: date
    process: OtherProcess
    reason: Words
    told_on: date | None = None
    """The day the complainant was told."""
    look_again_on: date


class ProcedureChange(Input):
    """The case continues under another procedure; its deadlines run again from the original receipt."""

    on: date
    procedure: str
    reason: Words
    adult_social_care: bool | None = None
    """Whether any part is about adult social care; None if not asked."""
    provider: MaybeName = None
    """The provider it is about, if the procedure requires one."""


class ReceiptCorrection(Input):
    """The correct day of receipt."""

    received_on: date
    reason: Words
    keep_extended: bool | None = None
    """Whether a date extended by hand stays; None if not asked."""


class Allocation(Input):
    """The new officer and investigator of a case; "" leaves one as it is."""

    on: date
    officer: Line = ""
    investigator: Line = ""
    reason: Words = ""


class DaysOffChange(Input):
    """Days off to add, and days off to remove."""

    added: tuple[DayOff, ...] = ()
    removed: tuple[date, ...] = ()
    closure: bool = False
    """Whether the added days are the council's own closure days; otherwise bank holidays."""
    official_until: date | None = None
    """The last day covered by the official list, if it was read."""


class Finished(Input):
    """An action or redress that was done, by its number on the case."""

    position: Annotated[int, Field(ge=1)]
    on: date
    proof: Words = ""
    """The evidence that it was done."""


class Note(Input):
    """A note for the timeline."""

    on: date
    words: Words
