"""What was done with the case, stage by stage."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from feedback_tui.desk.case.page import CasePage, StageView
from feedback_tui.rules.dates import long_date
from feedback_tui.screens.case.case_words.contacts import draft_lines
from feedback_tui.screens.case.case_words.pieces import QUIET, Piece, heading, labelled, section


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
    yield from draft_lines(page, stage, width)
    if stage.responded_on:
        by = f" · {stage.response_channel}" if stage.response_channel else ""
        days = "" if stage.working_days_taken is None else f", after {stage.working_days_taken} working days"
        signed = f", signed by {stage.signed_by}" if stage.signed_by else ""
        yield from labelled("Response sent", f"{long_date(stage.responded_on)}{by}{days}{signed}", width)
    if stage.answered_again_on:
        yield from labelled("Further response", f"{long_date(stage.answered_again_on)}, after it was reopened", width)
    yield from labelled("Outcome", stage.outcome and str(stage.outcome), width, "bold")
    yield from labelled("", stage.outcome_reason, width, QUIET)
