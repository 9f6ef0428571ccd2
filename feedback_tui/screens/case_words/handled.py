"""What was done with the case: each stage, and what followed from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.content import Content

from feedback_tui.desk.case import CasePage, StageView
from feedback_tui.rules.dates import long_date
from feedback_tui.screens.case_words.pieces import QUIET, Piece, heading, labelled, section
from feedback_tui.screens.due import brief
from feedback_tui.text import one_line, safe_text


def stages(page: CasePage, width: int) -> Content:
    """What was done at each stage."""
    pieces: list[Piece] = []
    for stage in page.stages:
        done = list(_stage(page, stage, width))
        if done:
            pieces += [heading(f"Stage {stage.number}" if len(page.stages) > 1 else "Handling"), *done]
    return section(*pieces)


def _stage(page: CasePage, stage: StageView, width: int) -> Iterable[Piece]:
    acknowledged = stage.acknowledged_on or (page.acknowledged_on if stage.number == 1 else None)
    if stage.number == 2:
        yield from labelled("Asked for", long_date(stage.started_on), width)
    if acknowledged:
        by = f" · {page.acknowledged_by}" if page.acknowledged_by and stage.number == 1 else ""
        talk = f", discussion {page.discussion}" if page.discussion and stage.number == 1 else ""
        yield from labelled("Acknowledged", f"{long_date(acknowledged)}{by}{talk}", width)
    if stage.investigation_started_on:
        yield from labelled(
            "Investigation", f"from {long_date(stage.investigation_started_on)}, {stage.investigator}", width
        )
    if stage.responded_on:
        by = f" · {stage.response_channel}" if stage.response_channel else ""
        days = "" if stage.working_days_taken is None else f", after {stage.working_days_taken} working days"
        signed = f", signed by {stage.signed_by}" if stage.signed_by else ""
        yield from labelled("Response sent", f"{long_date(stage.responded_on)}{by}{days}{signed}", width)
    yield from labelled("Outcome", stage.outcome and str(stage.outcome), width, "bold")
    yield from labelled("", stage.outcome_reason, width, QUIET)


def follow_ups(page: CasePage, width: int) -> Content:
    """Redress, learning, actions, and the Ombudsman."""
    pieces: list[Piece] = []
    if page.remedies:
        pieces.append(heading("Redress"))
        for remedy in page.remedies:
            money = f" £{remedy.amount_pence / 100:,.2f}" if remedy.amount_pence is not None else ""
            what = one_line(remedy.kind or "redress") + money
            pieces.append(f"{remedy.position}  {what}{_owed(remedy.due_on, remedy.done_on)}\n")
    if page.learning or page.actions or page.learning_said:
        pieces.append(heading("Learning and actions"))
        if not page.learning and page.learning_said:
            pieces.append((f"Learning: {page.learning_said}\n", QUIET))
        for learned in page.learning:
            area = f"{one_line(learned.area)}: " if learned.area else ""
            pieces.append(f"{learned.position}  {area}{safe_text(learned.text)}\n")
        for action in page.actions:
            owner = f", {one_line(action.owner)}" if action.owner else ""
            pieces.append(f"{action.position}  {safe_text(action.text)}{owner}{_owed(action.due_on, action.done_on)}\n")
    for record in page.ombudsman:
        pieces.append(heading("Ombudsman"))
        pieces += labelled("Stands at", str(record.status), width)
        pieces += labelled("Their reference", record.their_reference, width)
        for label, day in (
            ("Enquiry", record.received_on),
            ("Reply due", record.due_on),
            ("Replied", record.responded_on),
        ):
            pieces += labelled(label, long_date(day) if day else None, width)
        if record.decided_on:
            pieces += labelled("Decided", f"{long_date(record.decided_on)}: {record.decision}", width, "bold")
    return section(*pieces)


def _owed(due_on: date | None, done_on: date | None) -> str:
    if done_on:
        return f" – done {brief(done_on)}"
    return f" – by {long_date(due_on)}" if due_on else ""
