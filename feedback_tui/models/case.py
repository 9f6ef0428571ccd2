"""A case, its stages and its complaint points."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Column, Index, Integer, UniqueConstraint
from sqlmodel import Field, Relationship

from feedback_tui.enums import ClosingReason, Discussion, Kind, LearningSaid, NotAccepted, Outcome, StagePart, Status
from feedback_tui.models.base import TableModel, belongs_to, personal, personal_number, points_to, word

if TYPE_CHECKING:
    from feedback_tui.models.contact import Attachment, Chase, Contact
    from feedback_tui.models.deadline import Deadline, Extension
    from feedback_tui.models.ombudsman import OmbudsmanRecord
    from feedback_tui.models.people import Party
    from feedback_tui.models.redress import Action, Learning, Remedy

_version = Column("version", Integer, nullable=False)


class Case(TableModel, table=True):
    """One piece of feedback with its reference. Any change to it, or to a row below it, raises `version`."""

    __tablename__ = "feedback_case"
    __table_args__ = (
        Index("ix_case_received", "kind", "received_on"),
        Index("ix_case_latest", "received_on", "id"),
        Index("ix_case_status", "status", "received_on"),
        # The restricted cases are few, and every search needs them. Only the migration says that this index is partial:
        # saying so here would load the PostgreSQL dialect, an eighth of the time to the first screen.
        Index("ix_case_restricted", "restricted_to"),
    )
    __mapper_args__ = {"version_id_col": _version}

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(max_length=60)
    reference_key: str = Field(max_length=60, unique=True, index=True)
    """The reference with case folded, for look-up and uniqueness."""
    version: int = Field(default=0, sa_column=_version)
    changed_at: datetime
    kind: Kind = Field(sa_column=word(Kind))
    status: Status = Field(sa_column=word(Status))
    stage_number: int = 1
    """The current stage; for an ended case, its last."""
    procedure: str | None = Field(default=None, max_length=120, index=True)
    procedure_version: str | None = Field(default=None, max_length=120)
    received_on: date
    happened_on: date | None = None
    """The day of the event complained about, or of learning of it: the time limit for complaining runs from it."""
    late_reason: str = Field(default="", sa_column=personal())
    """Why a complaint made after more than twelve months was accepted."""
    channel: str | None = Field(default=None, max_length=120)
    summary: str = Field(default="", sa_column=personal())
    description: str = Field(default="", sa_column=personal())
    wanted: str = Field(default="", sa_column=personal())
    """What they want to happen."""
    officer: str = Field(default="", max_length=120)
    """The member of the feedback team who owns the case."""
    acknowledged_on: date | None = None
    acknowledged_by: str | None = Field(default=None, max_length=120)
    """The channel of the acknowledgement."""
    discussion: Discussion | None = Field(default=None, sa_column=word(Discussion, nullable=True))
    learning_said: LearningSaid | None = Field(default=None, sa_column=word(LearningSaid, nullable=True))
    closed_on: date | None = Field(default=None, index=True)
    reopened_on: date | None = None
    """The day it was reopened, until it is answered again. Steps until then cannot be dated earlier."""
    closing_reason: ClosingReason | None = Field(default=None, sa_column=word(ClosingReason, nullable=True))
    compliment_source: str | None = Field(default=None, max_length=120)
    recipient_role: str | None = Field(default=None, max_length=120)
    """The role of the member of staff whom a compliment praises."""
    thanked_on: date | None = None
    """The day a compliment was passed on to the person praised."""
    quote: str = Field(default="", sa_column=personal())
    """A compliment's text without names, for the report."""
    system_reference: str | None = Field(default=None, sa_column=personal_number(60))
    """The reference in the case management system."""
    duplicate_of_id: int | None = Field(default=None, sa_column=points_to("feedback_case"))
    """The case that this one was joined to as a duplicate."""
    not_accepted: NotAccepted | None = Field(default=None, sa_column=word(NotAccepted, nullable=True))
    """Why it was not accepted, if it was closed for that."""
    refusal_told_on: date | None = None
    """The day they were told in writing that it is not accepted, or was passed on."""
    passed_on_to: str | None = Field(default=None, max_length=120)
    """The body or service that they were referred to, or that the case was sent to."""
    safeguarding_on: date | None = None
    """When a safeguarding concern was raised from it."""
    restricted_to: str | None = Field(default=None, max_length=400)
    """The only officers who may open it, separated by “;”; empty for everyone."""
    joint_with: str | None = Field(default=None, max_length=400)
    """The other bodies of a joint complaint, separated by “;”."""
    joint_lead: str | None = Field(default=None, max_length=120)
    """The body that leads and sends the one response."""
    joint_signatory: str | None = Field(default=None, max_length=120)
    sharing_consent_on: date | None = None
    """The day the complainant agreed to sharing it with the other body."""
    ombudsman_key: str | None = Field(default=None, max_length=120)
    """The key of the Ombudsman chosen for the case; None: the usual one of its procedure."""
    record_sent_on: date | None = None
    """When the written record of an oral complaint was sent to the complainant (2009 Regulations, reg 13(2))."""
    provider_asked_on: date | None = None
    """When the complainant was asked whether details may be sent to the registered provider (2009 Regulations, reg 11;
    the other columns named so, too)."""
    provider_answered_on: date | None = None
    provider_agreed: bool | None = None
    """What the complainant answered."""
    provider_sent_to: str | None = Field(default=None, max_length=120)
    provider_sent_on: date | None = None
    """When the details were sent to the provider."""
    provider_kept: str = Field(default="", sa_column=personal())
    """Which part of the complaint the council handles itself, as the complainant was told."""
    provider_told_on: date | None = None
    """When the complainant was told that."""
    provider_response_on: date | None = None
    """When the provider's answer was received."""
    kept_since: date | None = None
    """The day from which it is marked “do not destroy”; None: it is not."""
    kept_for: str = Field(default="", sa_column=personal())
    """Why it must not be destroyed."""
    keeping_review_on: date | None = None
    """When it is decided whether it must still be kept."""
    erased_on: date | None = None
    """The day people's text was erased, by the council's rule or on request; its figures stay."""

    stages: list["Stage"] = Relationship(
        back_populates="case", sa_relationship_kwargs={"order_by": "Stage.number", "cascade": "all, delete-orphan"}
    )
    points: list["ComplaintPoint"] = Relationship(
        back_populates="case",
        sa_relationship_kwargs={"order_by": "ComplaintPoint.position", "cascade": "all, delete-orphan"},
    )
    stage_findings: list["StageFinding"] = Relationship(
        back_populates="case", sa_relationship_kwargs={"order_by": "StageFinding.id", "cascade": "all, delete-orphan"}
    )
    stage_parts: list["PartOfStage"] = Relationship(
        back_populates="case", sa_relationship_kwargs={"order_by": "PartOfStage.id", "cascade": "all, delete-orphan"}
    )
    parties: list["Party"] = Relationship(
        back_populates="case", sa_relationship_kwargs={"order_by": "Party.position", "cascade": "all, delete-orphan"}
    )
    deadlines: list["Deadline"] = Relationship(
        back_populates="case",
        sa_relationship_kwargs={"order_by": "Deadline.id", "cascade": "all, delete-orphan", "lazy": "immediate"},
    )
    extensions: list["Extension"] = Relationship(
        back_populates="case", sa_relationship_kwargs={"order_by": "Extension.id", "cascade": "all, delete-orphan"}
    )
    remedies: list["Remedy"] = Relationship(
        back_populates="case", sa_relationship_kwargs={"order_by": "Remedy.position", "cascade": "all, delete-orphan"}
    )
    learning: list["Learning"] = Relationship(
        back_populates="case", sa_relationship_kwargs={"order_by": "Learning.position", "cascade": "all, delete-orphan"}
    )
    actions: list["Action"] = Relationship(
        back_populates="case", sa_relationship_kwargs={"order_by": "Action.position", "cascade": "all, delete-orphan"}
    )
    contacts: list["Contact"] = Relationship(
        back_populates="case", sa_relationship_kwargs={"order_by": "Contact.position", "cascade": "all, delete-orphan"}
    )
    chases: list["Chase"] = Relationship(
        back_populates="case", sa_relationship_kwargs={"order_by": "Chase.position", "cascade": "all, delete-orphan"}
    )
    attachments: list["Attachment"] = Relationship(
        back_populates="case",
        sa_relationship_kwargs={"order_by": "Attachment.position", "cascade": "all, delete-orphan"},
    )
    ombudsman: list["OmbudsmanRecord"] = Relationship(
        back_populates="case",
        sa_relationship_kwargs={"order_by": "OmbudsmanRecord.position", "cascade": "all, delete-orphan"},
    )


class Stage(TableModel, table=True):
    """One round of handling in a case: stage 1, stage 2 (review), and those that a procedure has after it."""

    __tablename__ = "stage"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    number: int = 1
    procedure: str | None = Field(default=None, max_length=120)
    procedure_version: str | None = Field(default=None, max_length=120)
    started_on: date
    """Stage 1: the day of receipt. A later one: the day it was asked for, or on which the council took it up."""
    ask_by: date | None = None
    """The last day on which it could be asked for in the procedure's time; None if it states none."""
    record_agreed_on: date | None = None
    """The day the complainant and the council agreed the written record of the complaint."""
    panel_held_on: date | None = None
    report_received_on: date | None = None
    """The day the council received the panel's report."""
    skipped_on: date | None = None
    """The day from which the case went on without an answer of this stage."""
    skip_agreed_by: str = Field(default="", sa_column=personal())
    """Who agreed to that."""
    skip_reason: str = Field(default="", sa_column=personal())
    acknowledged_on: date | None = None
    investigation_started_on: date | None = None
    investigator: str | None = Field(default=None, max_length=120, index=True)
    officer: str | None = Field(default=None, max_length=120)
    draft_received_on: date | None = None
    """The day the investigator's draft was received."""
    draft_checked_on: date | None = None
    draft_checked_by: str | None = Field(default=None, max_length=120)
    signed_off_on: date | None = None
    signed_off_by: str | None = Field(default=None, max_length=120)
    """The responsible person, or their deputy."""
    responded_on: date | None = Field(default=None, index=True)
    response_channel: str | None = Field(default=None, max_length=120)
    signed_by: str | None = Field(default=None, max_length=120)
    outcome: Outcome | None = Field(default=None, sa_column=word(Outcome, nullable=True))
    outcome_reason: str = Field(default="", sa_column=personal())
    """Why the officer's outcome differs from that of the findings."""
    answered_again_on: date | None = None
    """The day of the further answer to a case reopened after its answer. `responded_on` keeps the first, so that
    figures of past years do not change."""
    next_stage_asked_on: date | None = None
    """The day on which the complainant asked for the next stage, if the council refused it."""
    next_stage_refused_on: date | None = None
    """The day on which the complainant was told that the next stage is refused."""
    next_stage_refusal: str = Field(default="", sa_column=personal())
    """The reasons for that refusal, as the complainant was told them."""
    working_days_taken: int | None = None
    """Working days from `started_on` to the response, fixed when it was sent, so that a closure day added later does
    not change past figures."""

    case: "Case" = Relationship(back_populates="stages")


class ComplaintPoint(TableModel, table=True):
    """One point of a case: its team, provider, category and theme; for a complaint also its finding.

    A compliment, comment or enquiry has points too, for its team and theme.
    """

    __tablename__ = "complaint_point"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    text: str = Field(default="", sa_column=personal())
    team: str | None = Field(default=None, max_length=120)
    provider: str | None = Field(default=None, max_length=120)
    category: str | None = Field(default=None, max_length=120)
    subcategory: str | None = Field(default=None, max_length=120)
    theme: str | None = Field(default=None, max_length=120)
    finding: Outcome | None = Field(default=None, sa_column=word(Outcome, nullable=True))
    """The finding of stage 1. Findings of later stages are in `StageFinding`."""

    case: "Case" = Relationship(back_populates="points")


class StageFinding(TableModel, table=True):
    """The finding of a later stage than the first on one complaint point."""

    __tablename__ = "stage_finding"
    __table_args__ = (UniqueConstraint("case_id", "stage_number", "point_position"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case", index=False))
    stage_number: int
    """2 or more."""
    point_position: int
    """The position of the complaint point, which does not change after stage 1 was answered."""
    finding: Outcome = Field(sa_column=word(Outcome))

    case: "Case" = Relationship(back_populates="stage_findings")


class PartOfStage(TableModel, table=True):
    """Who has a part in a stage, beside its officer and its investigator."""

    __tablename__ = "stage_part"
    __table_args__ = (UniqueConstraint("case_id", "stage_number", "part", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case", index=False))
    stage_number: int
    part: StagePart = Field(sa_column=word(StagePart))
    position: int = 1
    """1; for the members of a panel, the number of each."""
    name: str = Field(max_length=120)
    named_on: date
    independent: bool | None = None
    """Whether it was confirmed that they are independent of the council, where the part asks for that."""

    case: "Case" = Relationship(back_populates="stage_parts")
