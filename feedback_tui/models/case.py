"""A case, the stages it goes through, and the points it consists of."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Column, Index, Integer, UniqueConstraint
from sqlmodel import Field, Relationship

from feedback_tui.enums import ClosingReason, Discussion, Kind, LearningSaid, NotAccepted, Outcome, Status
from feedback_tui.models.base import TableModel, belongs_to, personal, personal_number, points_to, word

if TYPE_CHECKING:
    from feedback_tui.models.contact import Attachment, Chase, Contact
    from feedback_tui.models.deadline import Deadline, Extension
    from feedback_tui.models.ombudsman import OmbudsmanRecord
    from feedback_tui.models.people import Party
    from feedback_tui.models.redress import Action, Learning, Remedy

_version = Column("version", Integer, nullable=False)


class Case(TableModel, table=True):
    """One piece of feedback with its reference. Any change to it, or below it, raises `version`."""

    __tablename__ = "feedback_case"
    __table_args__ = (
        Index("ix_case_received", "kind", "received_on"),
        Index("ix_case_latest", "received_on", "id"),
        Index("ix_case_status", "status", "received_on"),
        # Every search asks which cases are restricted, and they are few. Its migration says that it holds these alone:
        # said here, it would load the whole dialect of a server, an eighth of the time to the first screen.
        Index("ix_case_restricted", "restricted_to"),
    )
    __mapper_args__ = {"version_id_col": _version}

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(max_length=60)
    reference_key: str = Field(max_length=60, unique=True, index=True)
    """The reference without regard to case: what is looked up, and what must be unique."""
    version: int = Field(default=0, sa_column=_version)
    changed_at: datetime
    kind: Kind = Field(sa_column=word(Kind))
    status: Status = Field(sa_column=word(Status))
    stage_number: int = 1
    """The stage it is in, or was in last."""
    procedure: str | None = Field(default=None, max_length=120, index=True)
    procedure_version: str | None = Field(default=None, max_length=120)
    received_on: date
    happened_on: date | None = None
    """The day of the event complained about, or of learning of it: the time limit for complaining runs from it."""
    late_reason: str = Field(default="", sa_column=personal())
    """Why a complaint past the twelve months was taken all the same."""
    channel: str | None = Field(default=None, max_length=120)
    summary: str = Field(default="", sa_column=personal())
    description: str = Field(default="", sa_column=personal())
    wanted: str = Field(default="", sa_column=personal())
    """What they want to happen."""
    officer: str = Field(default="", max_length=120)
    """Who owns the case in the feedback team."""
    acknowledged_on: date | None = None
    acknowledged_by: str | None = Field(default=None, max_length=120)
    """The channel of the acknowledgement."""
    discussion: Discussion | None = Field(default=None, sa_column=word(Discussion, nullable=True))
    learning_said: LearningSaid | None = Field(default=None, sa_column=word(LearningSaid, nullable=True))
    closed_on: date | None = Field(default=None, index=True)
    reopened_on: date | None = None
    """The day it was reopened, until it is answered again: what is done then is not dated before it."""
    closing_reason: ClosingReason | None = Field(default=None, sa_column=word(ClosingReason, nullable=True))
    compliment_source: str | None = Field(default=None, max_length=120)
    recipient_role: str | None = Field(default=None, max_length=120)
    """The role of the member of staff whom a compliment praises."""
    thanked_on: date | None = None
    """When a compliment was passed on to whom it praises."""
    quote: str = Field(default="", sa_column=personal())
    """A compliment's words without anyone's name, for the report."""
    system_reference: str | None = Field(default=None, sa_column=personal_number(60))
    """The reference in the case management system."""
    duplicate_of_id: int | None = Field(default=None, sa_column=points_to("feedback_case"))
    """The case that this one was joined to."""
    not_accepted: NotAccepted | None = Field(default=None, sa_column=word(NotAccepted, nullable=True))
    """Why it was not accepted, where it was closed as that."""
    refusal_told_on: date | None = None
    """When they were told in writing that it is not accepted, or passed on."""
    passed_on_to: str | None = Field(default=None, max_length=120)
    """The body or service that it was signposted or transferred to."""
    safeguarding_on: date | None = None
    """When a safeguarding concern was raised from it."""
    restricted_to: str | None = Field(default=None, max_length=400)
    """The officers who alone may open it, separated by “;”; empty: everyone."""
    joint_with: str | None = Field(default=None, max_length=400)
    """The other bodies of a joint complaint, separated by “;”."""
    joint_lead: str | None = Field(default=None, max_length=120)
    """Who leads, and sends the one response."""
    joint_signatory: str | None = Field(default=None, max_length=120)
    sharing_consent_on: date | None = None
    """When the complainant agreed that it is shared with the other body."""
    erased_on: date | None = None
    """The day that people's words were taken out of it, by the council's rule or on request: its figures stay."""

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
    """One round of handling inside a case: stage 1, or stage 2 (review)."""

    __tablename__ = "stage"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    number: int = 1
    procedure: str | None = Field(default=None, max_length=120)
    procedure_version: str | None = Field(default=None, max_length=120)
    started_on: date
    """Stage 1: the day of receipt. Stage 2: the day the review was asked for."""
    acknowledged_on: date | None = None
    investigation_started_on: date | None = None
    investigator: str | None = Field(default=None, max_length=120, index=True)
    officer: str | None = Field(default=None, max_length=120)
    draft_received_on: date | None = None
    """When the investigator's draft came."""
    draft_checked_on: date | None = None
    draft_checked_by: str | None = Field(default=None, max_length=120)
    signed_off_on: date | None = None
    signed_off_by: str | None = Field(default=None, max_length=120)
    """The responsible person, or whom they named."""
    responded_on: date | None = Field(default=None, index=True)
    response_channel: str | None = Field(default=None, max_length=120)
    signed_by: str | None = Field(default=None, max_length=120)
    outcome: Outcome | None = Field(default=None, sa_column=word(Outcome, nullable=True))
    outcome_reason: str = Field(default="", sa_column=personal())
    """Why the officer's outcome differs from what the findings give."""
    answered_again_on: date | None = None
    """The day of the further answer to a case that was reopened after its answer; `responded_on` stays the first, so
    that the figures of a year that is over stay what they were."""
    next_stage_asked_on: date | None = None
    """When the stage after this one was asked for, where that was refused."""
    next_stage_refused_on: date | None = None
    """When the complainant was told that the stage after this one is refused."""
    next_stage_refusal: str = Field(default="", sa_column=personal())
    """The reasons, as the complainant was told them."""
    working_days_taken: int | None = None
    """Working days from `started_on` to the response, frozen when it was sent: a closure day added later does not
    rewrite last year."""

    case: "Case" = Relationship(back_populates="stages")


class ComplaintPoint(TableModel, table=True):
    """One point of a case: its team, provider, category and theme, and for a complaint its finding.

    A compliment, comment or enquiry has points too, for the team and theme it is about.
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
    """What stage 1 found. A later stage's finding is a `StageFinding`."""

    case: "Case" = Relationship(back_populates="points")


class StageFinding(TableModel, table=True):
    """What a stage after the first found on one point of the complaint."""

    __tablename__ = "stage_finding"
    __table_args__ = (UniqueConstraint("case_id", "stage_number", "point_position"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case", index=False))
    stage_number: int
    """2 or more."""
    point_position: int
    """The position of the complaint point: it stays, once stage 1 was answered."""
    finding: Outcome = Field(sa_column=word(Outcome))

    case: "Case" = Relationship(back_populates="stage_findings")
