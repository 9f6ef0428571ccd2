"""The rules across the columns of a register row: an import refuses what the verbs would refuse.

Each cell was checked before: dates and enums are valid, and no date of a step is after today.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from feedback_tui.casework.errors import Problem
from feedback_tui.enums import ClosingReason, Kind, Outcome
from feedback_tui.models.register_row import STAGE_COLUMNS, PointRow, RegisterRow
from feedback_tui.rules.findings import implied_finding, overall_outcome
from feedback_tui.rules.procedures import Profile

ORDER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("acknowledged_on", ("received_on",)),
    ("investigation_started_on", ("received_on",)),
    ("extended_to", ("received_on",)),
    ("extension_told_on", ("received_on",)),
    ("responded_on", ("investigation_started_on", "acknowledged_on", "received_on")),
    ("answered_again_on", ("responded_on",)),
    ("review_requested_on", ("responded_on", "stage_1_skipped_on", "received_on")),
    ("review_responded_on", ("review_requested_on",)),
    ("review_answered_again_on", ("review_responded_on",)),
    ("stage_1_skipped_on", ("acknowledged_on", "received_on")),
    ("stage_2_skipped_on", ("review_requested_on",)),
    ("stage_3_requested_on", ("review_responded_on", "stage_2_skipped_on", "review_requested_on")),
    ("stage_3_responded_on", ("stage_3_requested_on",)),
    ("ombudsman_received_on", ("received_on",)),
    ("ombudsman_responded_on", ("ombudsman_received_on",)),
    ("ombudsman_decided_on", ("ombudsman_responded_on", "ombudsman_received_on", "received_on")),
    (
        "closed_on",
        (
            "stage_3_responded_on",
            "stage_3_requested_on",
            "review_answered_again_on",
            "review_responded_on",
            "review_requested_on",
            "answered_again_on",
            "responded_on",
            "investigation_started_on",
            "acknowledged_on",
            "received_on",
        ),
    ),
)
"""Each date column, and the columns of earlier steps: its date must not be before theirs."""
NEEDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("extension_reason", ("extended_to",)),
    ("extension_told_on", ("extended_to",)),
    ("outcome", ("responded_on", "closed_on")),
    ("review_requested_on", ("responded_on",)),
    ("review_responded_on", ("review_requested_on",)),
    ("answered_again_on", ("responded_on",)),
    ("review_answered_again_on", ("review_responded_on",)),
    ("review_outcome", ("review_responded_on", "closed_on")),
    ("review_outcome", ("review_requested_on",)),
    ("stage_1_skipped_on", ("review_requested_on",)),
    ("stage_2_skipped_on", ("stage_3_requested_on",)),
    ("stage_3_requested_on", ("review_responded_on",)),
    ("stage_3_responded_on", ("stage_3_requested_on",)),
    ("stage_3_outcome", ("stage_3_responded_on", "closed_on")),
    ("stage_3_outcome", ("stage_3_requested_on",)),
    ("ombudsman_responded_on", ("ombudsman_received_on",)),
    ("ombudsman_decided_on", ("ombudsman_decision",)),
    ("ombudsman_decision", ("ombudsman_decided_on",)),
    ("closing_reason", ("closed_on",)),
)
"""Each column, and columns of which at least one must be filled as well."""
_SKIPPED = {stage.answered: stage.skipped for stage in STAGE_COLUMNS if stage.skipped}
"""For the answer of each stage: the column that shows that the case went on without it."""
ONLY_COMPLAINTS = (
    "procedure",
    "investigation_started_on",
    "extended_to",
    "review_requested_on",
    "stage_3_requested_on",
    "ombudsman_received_on",
    "ombudsman_decided_on",
)
UNDER_A_PROCEDURE = (
    "investigation_started_on",
    "extended_to",
    "responded_on",
    "outcome",
    "review_requested_on",
    "review_responded_on",
    "stage_3_requested_on",
    "stage_3_responded_on",
)
"""Columns that need a procedure. Others do not: the verbs also record an acknowledgement, a closure without an answer
or an Ombudsman's letter without one, and an export must be importable."""


def row_problems(row: RegisterRow, profile: Profile, unread: Collection[str] = ()) -> Iterator[Problem]:
    """Yields the problems of a row: the column, and the rest of a sentence that begins with its name.

    Columns in `unread` hold something that could not be read; they are not reported as missing.
    """
    missing = {column for column in _LOOKED_FOR if getattr(row, column) in (None, "")} - set(unread)
    gone_on = {answered for answered, skipped in _SKIPPED.items() if getattr(row, skipped) is not None}
    yield from _order_problems(row)
    for column, needed in NEEDS:
        if getattr(row, column) not in (None, "") and (missing - gone_on).issuperset(needed):
            yield Problem(column, f"needs {' or '.join(needed)} as well: give it, or leave this out")
    if row.kind is Kind.COMPLAINT:
        yield from _procedure_problems(row, profile, missing)
        if not _POINT_COLUMNS.intersection(unread):
            yield from _provider_problems(row, profile)
        yield from _closing_problems(row, missing)
    else:
        for column in ONLY_COMPLAINTS:
            if getattr(row, column) is not None:
                yield Problem(column, f"is only for a complaint, and this is {_a(row.kind)}: leave it out")
        if row.outcome is not None and row.kind is not Kind.CONCERN:
            yield Problem("outcome", f"is only for a complaint or a concern, and this is {_a(row.kind)}: leave it out")
    yield from _finding_problems(row)
    yield from _reason_problems(row)
    yield from _what_follows_problems(row)


def as_stored(row: RegisterRow) -> RegisterRow:
    """Returns the row as an export would give it after the import, with what the verbs would have recorded filled in.

    A case withdrawn before its investigation has that as its closing reason and no outcome. An investigation that ended
    unanswered has an outcome as well. A review that ended unanswered has an outcome only.
    """
    row = _with_outcomes_found(row)
    if row.closed_on is None or _was_answered(row):
        return row
    reason, outcome = row.closing_reason, row.outcome
    last = row.last_stage
    if last.number > 1:
        ended = getattr(row, last.outcome) or _ended(reason)
        return _saying(row, closing_reason=None, **{last.outcome: ended})
    if outcome is Outcome.WITHDRAWN:
        reason = ClosingReason.WITHDRAWN
    if row.investigation_started_on is not None:
        outcome = outcome or _ended(reason)
    elif outcome is Outcome.WITHDRAWN:
        outcome = None
    return _saying(row, closing_reason=reason, outcome=outcome)


def plain_points(points: Iterable[PointRow], outcomes: Mapping[int, Outcome | None]) -> tuple[PointRow, ...]:
    """Returns the points as the register writes them: empty ones are left out. `outcomes` are those of the stages.

    A finding of the only point that follows from the outcome is left out.
    """
    said = tuple(point for point in points if any(point))
    if len(said) != 1:
        return said
    point = said[0]
    for stage in STAGE_COLUMNS:
        found = getattr(point, stage.finding)
        if found is not None and found is implied_finding(1, outcomes.get(stage.number)):
            point = point._replace(**{stage.finding: None})
    return (point,) if any(point) else ()


def _with_outcomes_found(row: RegisterRow) -> RegisterRow:
    """Returns the row with missing outcomes derived from its findings, and its points in the register's form."""
    if not any(getattr(point, stage.finding) for point in row.points for stage in STAGE_COLUMNS):
        return row
    outcomes: dict[int, Outcome | None] = {}
    for stage in STAGE_COLUMNS:
        found = [getattr(point, stage.finding) for point in row.points]
        outcomes[stage.number] = getattr(row, stage.outcome) or (overall_outcome(found) if any(found) else None)
    said: dict[str, Any] = {stage.outcome: outcomes[stage.number] for stage in STAGE_COLUMNS}
    return replace(row, points=plain_points(row.points, outcomes), **said)


def _saying(row: RegisterRow, **said: Outcome | ClosingReason | None) -> RegisterRow:
    """Returns the row with these values. It is only copied if a value differs, because copying is slower than the
    checks here."""
    if all(getattr(row, column) is word for column, word in said.items()):
        return row
    return replace(row, **said)  # type: ignore[arg-type]


def _ended(reason: ClosingReason | None) -> Outcome | None:
    """Returns the outcome of an investigation that ended for this reason."""
    if reason is None:
        return None
    return Outcome.WITHDRAWN if reason is ClosingReason.WITHDRAWN else Outcome.NO_FINDING


_POINT_COLUMNS = {"team", "provider", "category", "theme"}
_FINDINGS = (
    ("findings", "finding", "responded_on"),
    ("stage_2_findings", "stage_2_finding", "review_responded_on"),
    ("stage_3_findings", "stage_3_finding", "stage_3_responded_on"),
)
"""The columns of findings: the field of a point, and the column of the response that gave them."""
_LOOKED_FOR = ("procedure", "closing_reason", *(column for _, needed in NEEDS for column in needed))


def _order_problems(row: RegisterRow) -> Iterator[Problem]:
    for column, earlier in ORDER:
        done = getattr(row, column)
        if done is None:
            continue
        for before in earlier:
            day = getattr(row, before)
            if day is not None and done < day:
                yield Problem(column, _before(before, row))
                break


def _before(column: str, row: RegisterRow) -> str:
    return f"is before {column} ({getattr(row, column):%Y-%m-%d}), which it follows: correct one of the two"


def _procedure_problems(row: RegisterRow, profile: Profile, missing: Collection[str]) -> Iterator[Problem]:
    if row.procedure is None:
        done = [column for column in UNDER_A_PROCEDURE if getattr(row, column) is not None]
        if "procedure" in missing and done and not (done == ["outcome"] and row.outcome is Outcome.WITHDRAWN):
            keys = ", ".join(procedure.key for procedure in profile.procedures)
            yield Problem("procedure", f"a complaint with {done[0]} needs its procedure: {keys}")
        return
    procedure = profile.procedure(row.procedure)
    if Kind.COMPLAINT not in procedure.kinds:
        yield Problem("procedure", "is not for complaints")
    version = procedure.version_on(row.received_on)
    if row.review_requested_on is not None and version.stages == 1:
        yield Problem(
            "review_requested_on",
            f"{procedure.key} has one stage: what comes next is the {version.then}. Leave it out, or correct procedure",
        )
    if row.stage_3_requested_on is not None and version.stages == 2:
        yield Problem(
            "stage_3_requested_on",
            f"{procedure.key} has two stages: what comes next is the {version.then}. Leave it out, or correct "
            "procedure",
        )


def _provider_problems(row: RegisterRow, profile: Profile) -> Iterator[Problem]:
    if row.procedure is None or any(point.provider for point in row.points):
        return
    procedure = profile.procedure(row.procedure)
    if procedure.names_provider:
        yield Problem("provider", f"{procedure.key} is about a provider: name it")


def _closing_problems(row: RegisterRow, missing: Collection[str]) -> Iterator[Problem]:
    """Requires a closing reason, or an outcome, for a complaint closed without an answer."""
    if row.closed_on is None or _was_answered(row) or "closing_reason" not in missing:
        return
    answer, outcome = row.last_stage.answered, getattr(row, row.last_stage.outcome)
    if outcome is None and answer in missing:
        reasons = ", ".join(ClosingReason)
        yield Problem("closing_reason", f"it was closed without an answer: give {answer}, or the reason: {reasons}")


def _finding_problems(row: RegisterRow) -> Iterator[Problem]:
    """Allows findings only for a complaint with the response that gave them. A single point may lack one."""
    for column, item, answer in _FINDINGS:
        found = [getattr(point, item) for point in row.points]
        if not any(found):
            continue
        if row.kind is not Kind.COMPLAINT:
            yield Problem(column, f"is only for a complaint, and this is {_a(row.kind)}: leave it out")
        elif getattr(row, answer) is None:
            yield Problem(column, f"needs {answer} as well: give it, or leave this out")


def _reason_problems(row: RegisterRow) -> Iterator[Problem]:
    """Allows a closing reason only for a case without an answer, except withdrawn beside the same outcome."""
    if row.closing_reason is None:
        return
    withdrawn = getattr(row, row.last_stage.outcome) is Outcome.WITHDRAWN
    if withdrawn and row.closing_reason is not ClosingReason.WITHDRAWN:
        yield Problem("closing_reason", "and an outcome of withdrawn exclude each other: say one of the two")
    if _was_answered(row) and not withdrawn:
        answer = row.last_stage.answered
        yield Problem("closing_reason", f"is for a case that was never answered, and there is {answer}: leave it out")


def _what_follows_problems(row: RegisterRow) -> Iterator[Problem]:
    for remedy in row.remedies:
        if remedy.kind is None:
            yield Problem("remedy", "there is an amount without it: say what the redress is, in the same position")
        elif remedy.kind.casefold() == "payment" and not remedy.amount_pence:
            yield Problem("remedy", "has a payment without an amount: give it in remedy_amount, in the same position")
    for action in row.actions:
        if not action.text:
            yield Problem(
                "action", "there is an owner or a date without it: say what will be done, in the same position"
            )
        if action.done_on is not None and action.done_on < row.received_on:
            yield Problem("action_done_on", _before("received_on", row))


def _was_answered(row: RegisterRow) -> bool:
    """Returns whether the last stage of a row was answered."""
    return getattr(row, row.last_stage.answered) is not None


def _a(kind: Kind) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
