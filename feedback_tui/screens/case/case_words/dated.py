"""Every date that the case owes or owed."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from feedback_tui.desk.case.page import CasePage, DeadlineView
from feedback_tui.enums import DeadlineState
from feedback_tui.rules.dates import long_date, short_date
from feedback_tui.screens.case.case_words.pieces import QUIET, TONES, Piece, heading, section
from feedback_tui.screens.shared.due_words import brief, short_label, tone, when, when_in_words
from feedback_tui.text import one_line, safe_text
from feedback_tui.widgets.cell_width import fit

NARROW = 56
"""Cells under which dates are said in short."""
_STATES = {
    DeadlineState.MET: "✓ in time",
    DeadlineState.MISSED: "✗ done late",
    DeadlineState.SUPERSEDED: "superseded",
    DeadlineState.CANCELLED: "ended",
}


def dates(page: CasePage, today: date, width: int) -> Content:
    """Every deadline: open ones first with how far away they are, then how the others ended."""
    pieces: list[Piece] = [heading("Dates")]
    for due in page.deadlines:
        pieces += _date_line(due, today, width)
    if not page.deadlines:
        pieces.append(("None.\n", QUIET))
    for extension in page.extensions:
        told = f", told {brief(extension.told_on)}" if extension.told_on else ""
        agreed = ", they agreed" if extension.agreed else ""
        words = (
            f"Extended from {long_date(extension.extended_from)} to {long_date(extension.extended_to)}{told}{agreed}"
        )
        pieces += [(f"{words}\n", QUIET), (f"   {safe_text(extension.reason)}\n" if extension.reason else "", QUIET)]
    return section(*pieces)


def _date_line(due: DeadlineView, today: date, width: int) -> list[Piece]:
    narrow = width < NARROW
    label = fit(short_label(due.kind, to_tell=due.to_tell), 15) if narrow else fit(due.owed, 25)
    moved = f" (was {brief(due.original_due_on)})" if due.original_due_on != due.due_on else ""
    day = f"{short_date(due.due_on)}  "
    what = f"{'':<4}{one_line(due.what, max(width - 6, 10))}\n" if due.what else ""
    if due.state is DeadlineState.OPEN:
        colour = TONES[tone(due.due_on, due.working_days_left, today)]
        say = when if narrow else when_in_words
        far = say(due.due_on, due.working_days_left, today)
        return [label, (day, colour), (far, colour), (f"{moved}\n", QUIET), (what, QUIET)]
    ended = _STATES[due.state] + (f", {brief(due.met_on)}" if due.met_on else "")
    style = "$text-success" if due.state is DeadlineState.MET else QUIET
    style = "$text-error" if due.state is DeadlineState.MISSED else style
    return [(label, QUIET), (day, QUIET), (ended, style), (f"{moved}\n", QUIET), (what, QUIET)]
