"""What each verb takes: validated as it is made, its words made safe. The verb judges the dates."""

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
"""Characters that a description, reason or note may have."""
LONGEST_NAME = 120
LONGEST_REFERENCE = 60


def no_separator(name: str) -> str:
    """`name`, where it holds nothing that separates names in the register; at its ends, too. Raises ValueError."""
    if ";" in name or " > " in f" {name} ":
        raise ValueError("“;” and “ > ” cannot stand in a name")
    return name


def empty_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def as_pounds(value: object) -> object:
    """An amount as it is typed, ``250``, ``250.50`` or ``£1,250.00``; None where it is empty. Raises ValueError."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return Decimal(value.replace("£", "").replace(",", "").strip())
    except InvalidOperation:
        raise ValueError(f"“{value}” is not an amount in pounds: write 250 or 250.00.") from None


MOST_POUNDS = 20_000_000
"""No council pays more for one complaint; in pence it fits every database's whole number."""
Pounds = Annotated[Annotated[Decimal, Field(ge=0, le=MOST_POUNDS, decimal_places=2)] | None, BeforeValidator(as_pounds)]
"""An amount in pounds, with two places at most."""
Words = Annotated[str, AfterValidator(lambda text: safe_text(text).strip()), Field(max_length=LONGEST_WORDS)]
"""Free words, any number of lines."""
Line = Annotated[str, AfterValidator(one_line), Field(max_length=LONGEST_NAME)]
"""One line: a person's or an officer's name."""
Name = Annotated[str, AfterValidator(one_line), AfterValidator(no_separator), Field(max_length=LONGEST_NAME)]
"""A word of an open vocabulary: team, provider, theme."""
MaybeName = Annotated[Name | None, BeforeValidator(empty_is_none)]


class Input(BaseModel):
    """What a verb is given."""

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
    """A piece of feedback as it came in."""

    kind: Kind
    received_on: date
    channel: MaybeName = None
    procedure: str | None = None
    """None: not settled yet; three working days to acknowledge all the same."""
    description: Words = ""
    summary: Line = ""
    """A line for the queue; empty: the beginning of the description."""
    wanted: Words = ""
    customer_name: Line = ""
    correspondent_name: Line = ""
    correspondent_role: Role | None = None
    contact: Words = ""
    relationship: Line = ""
    """Of whoever wrote to the customer."""
    authority: Authority | None = None
    consent_due_on: date | None = None
    """When consent that was asked for is due back; None: as the profile proposes."""
    happened_on: date | None = None
    late_reason: Words = ""
    points: tuple[PointInput, ...] = ()
    officer: Line = ""
    compliment_source: MaybeName = None
    recipient_role: MaybeName = None
    reference: Annotated[Line, Field(max_length=LONGEST_REFERENCE)] = ""
    """Empty: the next one of the register."""
    adult_social_care: bool | None = None
    """Whether any part of it is about adult social care; None: not asked. If so, the 2009 Regulations apply."""
    settled_on: date | None = None
    """A concern raised orally and settled to their satisfaction by the end of the next working day (reg 8)."""


class Acknowledgement(Input):
    """The acknowledgement of a case."""

    on: date
    channel: MaybeName = None
    discussion: Discussion | None = None
    promised_on: date | None = None
    """The end of the period told to the complainant (reg 13)."""


class InvestigationStart(Input):
    """Who investigates, from when, under which procedure."""

    on: date
    investigator: Line
    procedure: str | None = None
    """Needed where it was not settled."""
    points: tuple[PointInput, ...] = ()
    """Given, they replace the points there are; a complaint has at least one."""
    adult_social_care: bool | None = None
    """Whether any part of it is about adult social care; None: not asked. If so, the 2009 Regulations apply."""
    draft_due_on: date | None = None


class ExtensionInput(Input):
    """A later date for the response."""

    to: date
    reason: Words
    told_on: date | None = None
    agreed: bool = False
    next_update_on: date | None = None


class LearningInput(Input):
    """One thing learned."""

    area: MaybeName = None
    text: Words = ""


class ActionInput(Input):
    """One thing that will be done about it."""

    text: Words
    owner: Line = ""
    due_on: date | None = None


class RemedyInput(Input):
    """One thing that puts it right."""

    kind: MaybeName = None
    amount: Pounds = None
    due_on: date | None = None


class Response(Input):
    """The response with its findings."""

    on: date
    channel: MaybeName = None
    signed_by: Line = ""
    findings: tuple[Outcome | None, ...] = ()
    """One a complaint point, in order; a single one goes for all."""
    outcome: Outcome | None = None
    """The officer's own, where it differs from what the findings give."""
    outcome_reason: Words = ""
    learning_said: LearningSaid | None = None
    learning: tuple[LearningInput, ...] = ()
    actions: tuple[ActionInput, ...] = ()
    remedies: tuple[RemedyInput, ...] = ()
    on_hold_too: bool = False
    """It goes out although the case is on hold for another process."""


class ReviewRequest(Input):
    """The complainant asks for Stage 2."""

    on: date
    officer: Line
    investigator: Line = ""
    reason: Words = ""


class StageRefusal(Input):
    """The complainant asked for the next stage, and the council refuses it."""

    reason: Words = ""
    """The reasons, as the complainant was told them in writing."""
    asked_on: date | None = None
    """When it was asked for; None: as it was opened."""
    told_on: date | None = None
    ombudsman_told: bool = False
    """Whether they were told of their right to go to the Ombudsman about the refusal."""


class Withdrawal(Input):
    """The complainant withdraws."""

    on: date
    reason: Words


class Closing(Input):
    """The end of a case; with a reason where no response was sent."""

    on: date
    reason: ClosingReason | None = None
    words: Words = ""


class Reason(Input):
    """A step that asks for a reason: reopening, marking as logged in error."""

    on: date
    reason: Words


class Reopening(Reason):
    """Reopening a case. One that was answered may be answered again: by `promised_on`, where they were told a date."""

    promised_on: date | None = None


class OmbudsmanStep(Input):
    """What is known of the Ombudsman's handling; what is left out stays as it is."""

    received_on: date | None = None
    due_on: date | None = None
    """Their stated due date; else 28 calendar days from the enquiry."""
    responded_on: date | None = None
    decided_on: date | None = None
    decision: OmbudsmanDecision | None = None
    their_reference: Annotated[Line, Field(max_length=LONGEST_REFERENCE)] = ""
    record: Annotated[int | None, Field(ge=1)] = None
    """The number of the approach that is meant; None: the last, or a new one where that was decided."""
    documents: Words = ""
    """What they asked for."""
    category: MaybeName = None
    summary: Words = ""
    """The complaint as their decision has it, for the year's table."""
    agreed: Words = ""
    """The agreed action, for the year's table."""
    log_anew: bool = False
    """Referred back, and the council never considered it: it is logged as a complaint received that day."""


class Hold(Input):
    """Another process goes first; nothing moves by it, least of all the six months."""

    on: date
    process: OtherProcess
    reason: Words
    told_on: date | None = None
    """The day the complainant was told."""
    look_again_on: date


class ProcedureChange(Input):
    """The case goes on under another procedure; deadlines run again from the original receipt."""

    on: date
    procedure: str
    reason: Words
    adult_social_care: bool | None = None
    """Whether any part of it is about adult social care; None: not asked."""
    provider: MaybeName = None
    """The provider it is about, where the procedure wants it named."""


class ReceiptCorrection(Input):
    """The day it was really received."""

    received_on: date
    reason: Words
    keep_extended: bool | None = None
    """Whether a date that was extended by hand stays; None: not asked."""


class Allocation(Input):
    """Who has it from now on; what is left empty stays."""

    on: date
    officer: Line = ""
    investigator: Line = ""
    reason: Words = ""


class DaysOffChange(Input):
    """Days off that are added, and days that are working days after all."""

    added: tuple[DayOff, ...] = ()
    removed: tuple[date, ...] = ()
    closure: bool = False
    """Whether those added are the council's own closure days, not bank holidays."""
    official_until: date | None = None
    """Up to when the official list now speaks, where it was read."""


class Finished(Input):
    """An action or redress that was done, by its number on the case."""

    position: Annotated[int, Field(ge=1)]
    on: date
    proof: Words = ""
    """What shows that it was done."""


class Note(Input):
    """A note, a call, a letter: words that stand on the timeline."""

    on: date
    words: Words
