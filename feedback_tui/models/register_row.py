"""One case as a row of the register's CSV: the typed form that an import reads and an export writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from feedback_tui.enums import ClosingReason, Kind, OmbudsmanDecision, Outcome, Role

COLUMNS = (
    "reference", "kind", "procedure", "received_on", "channel", "customer_name", "correspondent_name",
    "correspondent_role", "team", "provider", "category", "theme", "description", "investigation_started_on",
    "investigating_officer", "acknowledged_on", "extended_to", "extension_reason", "extension_told_on", "responded_on",
    "outcome", "review_requested_on", "review_responded_on", "review_outcome", "ombudsman_received_on",
    "ombudsman_responded_on", "ombudsman_decided_on", "ombudsman_decision", "remedy", "remedy_amount", "learning_area",
    "learning", "action", "action_owner", "action_due_on", "action_done_on", "closed_on", "closing_reason",
    "compliment_source", "recipient_role",
)  # fmt: skip
"""The columns of the register, in order."""
OPTIONAL: tuple[str, ...] = (
    "summary", "findings", "stage_2_findings", "answered_again_on", "review_answered_again_on", "stage_1_skipped_on",
    "stage_2_skipped_on", "stage_3_requested_on", "stage_3_responded_on", "stage_3_outcome", "stage_3_findings",
)  # fmt: skip
"""Columns added later. They follow the others, in this order, and are written only if a case has a value in them, so
that earlier exports do not change."""
EVERY_COLUMN = (*COLUMNS, *OPTIONAL)
REQUIRED = ("reference", "kind", "received_on")


class PointRow(NamedTuple):
    """One complaint point: its team, provider, category and theme, and the finding of each stage.

    With only one point the outcome says its finding, which is then not repeated here.
    """

    team: str | None = None
    provider: str | None = None
    category: str | None = None
    subcategory: str | None = None
    theme: str | None = None
    finding: Outcome | None = None
    stage_2_finding: Outcome | None = None
    stage_3_finding: Outcome | None = None


FILED_UNDER = 5
"""How many of a point's items describe it; the others are findings."""


class RemedyRow(NamedTuple):
    """One item of redress, with its amount in pence."""

    kind: str | None = None
    amount_pence: int | None = None


class LearningRow(NamedTuple):
    """One thing learned."""

    area: str | None = None
    text: str = ""


class ActionRow(NamedTuple):
    """One action."""

    text: str = ""
    owner: str | None = None
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One row. Fields are named as the columns; columns that are aligned by position are one tuple."""

    line: int = field(default=0, compare=False)
    """The line at which the row starts in its file, from 1; 0 if it is not from a file."""
    reference: str
    kind: Kind
    received_on: date
    procedure: str | None = None
    channel: str | None = None
    customer_name: str = ""
    correspondent_name: str = ""
    correspondent_role: Role | None = None
    points: tuple[PointRow, ...] = ()
    """The points that have a value; an empty tuple means one point without values."""
    description: str = ""
    investigation_started_on: date | None = None
    investigating_officer: str | None = None
    acknowledged_on: date | None = None
    extended_to: date | None = None
    extension_reason: str = ""
    extension_told_on: date | None = None
    responded_on: date | None = None
    outcome: Outcome | None = None
    review_requested_on: date | None = None
    review_responded_on: date | None = None
    review_outcome: Outcome | None = None
    ombudsman_received_on: date | None = None
    ombudsman_responded_on: date | None = None
    ombudsman_decided_on: date | None = None
    ombudsman_decision: OmbudsmanDecision | None = None
    remedies: tuple[RemedyRow, ...] = ()
    learning: tuple[LearningRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    closed_on: date | None = None
    closing_reason: ClosingReason | None = None
    compliment_source: str | None = None
    recipient_role: str | None = None
    summary: str = ""
    """The summary written by an officer; "" if lists show the first words instead."""
    answered_again_on: date | None = None
    """The day of the further answer to a case reopened after its answer. The next field is the same for Stage 2."""
    review_answered_again_on: date | None = None
    stage_1_skipped_on: date | None = None
    """The day from which the case went on to Stage 2 without an answer; the field below is the same for Stage 2."""
    stage_2_skipped_on: date | None = None
    stage_3_requested_on: date | None = None
    stage_3_responded_on: date | None = None
    stage_3_outcome: Outcome | None = None

    @property
    def last_stage(self) -> StageColumns:
        """The columns of the last stage that the row has."""
        return next(stage for stage in reversed(STAGE_COLUMNS) if stage.number == 1 or getattr(self, stage.began))

    def different(self, other: RegisterRow) -> list[str]:
        """Returns the columns in which `other` differs, in the register's order.

        An optional column that is empty in `other` is ignored, because its file may be older than the column.
        """
        differs = [column for column in COLUMNS if _said(self, column) != _said(other, column)]
        for column in OPTIONAL:
            said = _said(other, column)
            if said and said != _said(self, column):
                differs.append(column)
        return differs


class StageColumns(NamedTuple):
    """The columns of one stage."""

    number: int
    began: str
    """The day of receipt, or of the request."""
    answered: str
    outcome: str
    finding: str
    """The field of a point."""
    skipped: str
    """The day from which it was gone on without; "" where there is no such column."""


STAGE_COLUMNS = (
    StageColumns(1, "received_on", "responded_on", "outcome", "finding", "stage_1_skipped_on"),
    StageColumns(
        2, "review_requested_on", "review_responded_on", "review_outcome", "stage_2_finding", "stage_2_skipped_on"
    ),
    StageColumns(3, "stage_3_requested_on", "stage_3_responded_on", "stage_3_outcome", "stage_3_finding", ""),
)
"""The stages that the register as CSV has columns for. The JSON export has every stage."""
_PARTS = {
    "team": ("points", (0,)),
    "provider": ("points", (1,)),
    "category": ("points", (2, 3)),
    "theme": ("points", (4,)),
    "findings": ("points", (5,)),
    "stage_2_findings": ("points", (6,)),
    "stage_3_findings": ("points", (7,)),
    "remedy": ("remedies", (0,)),
    "remedy_amount": ("remedies", (1,)),
    "learning_area": ("learning", (0,)),
    "learning": ("learning", (1,)),
    "action": ("actions", (0,)),
    "action_owner": ("actions", (1,)),
    "action_due_on": ("actions", (2,)),
    "action_done_on": ("actions", (3,)),
}
"""The columns that are positions of a tuple: which tuple, and which of its items."""


def _said(row: RegisterRow, column: str) -> object:
    """Returns the value of a row in one column."""
    if column not in _PARTS:
        return getattr(row, column)
    name, items = _PARTS[column]
    said = [[part[item] for item in items] for part in getattr(row, name)]
    if column in OPTIONAL:
        return said if any(map(any, said)) else []
    if name == "points":
        # A point that has values in optional columns only does not count for the others.
        return [values for values, point in zip(said, row.points, strict=True) if any(point[:FILED_UNDER])]
    return said
