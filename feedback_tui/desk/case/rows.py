"""The rows on the page of a case. They are frozen, and their fields are named as the columns they are read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from feedback_tui.desk.case.correction_changes import Changed
from feedback_tui.desk.queue.owed_kinds import owed_label
from feedback_tui.enums import (
    CountsFrom,
    DeadlineKind,
    DeadlineState,
    OmbudsmanDecision,
    OmbudsmanStatus,
    Outcome,
    StagePart,
    Status,
    StepKey,
    Unit,
)


@dataclass(frozen=True)
class PointView:
    """A complaint point, with the finding of each stage."""

    position: int
    text: str
    team: str | None
    provider: str | None
    category: str | None
    subcategory: str | None
    theme: str | None
    finding: Outcome | None
    """The finding of stage 1."""
    findings: dict[int, Outcome] = field(default_factory=dict)
    """The findings by stage number; stages without one are left out."""


def findings_in_words(point: PointView) -> str:
    """Returns the findings on a point; if another stage than the first has one, each with its stage."""
    if list(point.findings) == [1]:
        return str(point.findings[1])
    return "; ".join(f"Stage {stage}: {finding}" for stage, finding in point.findings.items())


@dataclass(frozen=True)
class PartView:
    """Who has a part in a stage."""

    stage_number: int
    part: StagePart
    position: int
    name: str
    named_on: date
    independent: bool | None


@dataclass(frozen=True)
class StageView:
    """A stage of handling."""

    number: int
    procedure: str | None
    procedure_version: str | None
    started_on: date
    acknowledged_on: date | None
    investigation_started_on: date | None
    investigator: str | None
    officer: str | None
    draft_received_on: date | None
    draft_checked_on: date | None
    draft_checked_by: str | None
    signed_off_on: date | None
    signed_off_by: str | None
    responded_on: date | None
    response_channel: str | None
    signed_by: str | None
    outcome: Outcome | None
    outcome_reason: str
    working_days_taken: int | None
    answered_again_on: date | None
    """The day of the further answer after the case was reopened."""
    next_stage_asked_on: date | None
    next_stage_refused_on: date | None
    """When they were told that the next stage is refused."""
    next_stage_refusal: str
    name: str = ""
    """What the procedure calls it."""
    ask_by: date | None = None
    """The last day on which it could be asked for in time."""
    record_agreed_on: date | None = None
    panel_held_on: date | None = None
    report_received_on: date | None = None
    skipped_on: date | None = None
    skip_agreed_by: str = ""
    skip_reason: str = ""
    parts: tuple[PartView, ...] = ()
    """Who has a part in it beside its officer and its investigator."""
    lacking: str = ""
    """The parts that it needs and nobody has yet, in words."""
    record_owed: bool = False
    """Whether its record is not agreed yet, though its times count from that."""

    @property
    def asked_late(self) -> bool:
        """Whether it was asked for after the procedure's time."""
        return self.ask_by is not None and self.started_on > self.ask_by


@dataclass(frozen=True)
class DeadlineView:
    """A deadline with what explains it. `working_days_left` is None once it is not open."""

    kind: DeadlineKind
    state: DeadlineState
    due_on: date
    original_due_on: date
    met_on: date | None
    counts_from: CountsFrom
    counted_from: date
    count: int | None
    unit: Unit
    rule: str
    source: str
    calendar: str
    fixed_by_hand: bool
    stage_number: int | None
    what: str
    """The action or redress owed, or the person whose consent or review it is."""
    working_days_left: int | None
    """Counted in the law's working days if the law sets the deadline, otherwise in the council's."""
    told_on: date | None = None
    """For an aim: the day the complainant was told that the response takes longer."""
    to_tell: bool = False
    """Whether it is a passed aim about which the complainant has not been told yet."""
    number: int = 0
    """The id of the deadline."""
    source_page: str = ""
    """The place in the source, where `source` does not name it."""
    source_read_on: date | None = None
    """The day on which the text of the source was read."""
    source_checked: str | None = None
    """``second-hand`` if it was not read."""
    why_no_closures: str = ""
    """Why the council's closure days do not move it, as the end of a sentence; "" if they do."""
    agreed_to: date | None = None
    """For the end of the six months: the later date that the complainant agreed to (2009 Regulations, reg 14(3))."""

    @property
    def owed(self) -> str:
        """What is owed by this deadline, in words."""
        return owed_label(self.kind, to_tell=self.to_tell)


@dataclass(frozen=True)
class ExtensionView:
    """One extension."""

    stage_number: int
    extended_from: date
    extended_to: date
    reason: str
    told_on: date | None
    agreed: bool
    officer: str
    agreed_by: str = ""
    agreed_on: date | None = None
    agreed_how: str | None = None


@dataclass(frozen=True)
class RemedyView:
    """Redress; the amount is in pence."""

    position: int
    kind: str | None
    amount_pence: int | None
    text: str
    offered_on: date | None
    accepted_on: date | None
    approver: str | None
    budget_code: str | None
    due_on: date | None
    done_on: date | None
    proof: str
    approach: int | None = None
    """The number of the approach to the Ombudsman in which it was agreed, or None."""


@dataclass(frozen=True)
class LearningView:
    """One thing learned; `point_position` is the complaint point it comes from."""

    position: int
    area: str | None
    text: str
    point_position: int | None


@dataclass(frozen=True)
class ActionView:
    """An agreed action."""

    position: int
    text: str
    owner: str | None
    due_on: date | None
    done_on: date | None
    learning_position: int | None
    proof: str


@dataclass(frozen=True)
class OmbudsmanView:
    """One approach to the Ombudsman."""

    position: int
    their_reference: str | None
    status: OmbudsmanStatus
    category: str | None
    first_contact_on: date | None
    query_on: date | None
    query_due_on: date | None
    query_answered_on: date | None
    received_on: date | None
    documents: str
    due_on: date | None
    responded_on: date | None
    draft_decision_on: date | None
    draft_due_on: date | None
    draft_answered_on: date | None
    decided_on: date | None
    decision: OmbudsmanDecision | None
    their_decision: str | None
    summary: str
    agreed: str
    complied_on: date | None


@dataclass(frozen=True)
class DocumentView:
    """A reference to a document kept elsewhere."""

    position: int
    what: str
    place: str
    noted_on: date


@dataclass(frozen=True)
class EventView:
    """One line of the timeline. `words` is the reason or note; None if none was given or it was erased."""

    number: int
    happened_on: date
    recorded_at: datetime
    officer: str
    step: StepKey
    past: str
    from_status: Status | None
    to_status: Status | None
    details: dict[str, object]
    words: str | None
    undone: bool = False
    """Whether a later event undid it."""
    changed: tuple[Changed, ...] = ()
    """What a correction changed, before and after."""
    moved: frozenset[int] = frozenset()
    """The ids of the deadlines that a change of days off moved."""
