"""The section of deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from feedback_tui.desk.case.page import CasePage, DeadlineView, ExtensionView
from feedback_tui.desk.case.sections.line import Line, Section, Words, beneath, section, whole
from feedback_tui.desk.due_words import brief, short_label, tone, when, when_in_words
from feedback_tui.desk.tone import Tone
from feedback_tui.enums import DeadlineState
from feedback_tui.rules.dates import long_date, short_date
from feedback_tui.text import one_line

_LONG, _SHORT, _BENEATH = 25, 15, 4
"""Widths in cells: of the label in a wide and in a narrow column, and of the indent of the line below a deadline."""
_ENDED = {
    DeadlineState.MET: ("✓ in time", Tone.DONE),
    DeadlineState.MISSED: ("✗ done late", Tone.MISSED),
    DeadlineState.SUPERSEDED: ("superseded", Tone.QUIET),
    DeadlineState.CANCELLED: ("ended", Tone.QUIET),
}


def dates(page: CasePage, today: date) -> Section:
    """Returns every deadline, open ones first with the days left, the others with how they ended; then the
    extensions."""
    return section("Dates", ("Dates", _dates(page, today)))


def _dates(page: CasePage, today: date) -> Iterator[Line]:
    for due in page.deadlines:
        yield _due(due, today)
        yield from beneath(one_line(due.what), column=_BENEATH)
        if due.told_on:
            yield from beneath(f"told on {long_date(due.told_on)} that it takes longer", column=_BENEATH)
        yield Line("", ((f"[{one_line(due.rule)}]", Tone.QUIET),), _BENEATH, printed_only=True)
    if not page.deadlines:
        yield from whole("None.", Tone.QUIET)
    for extension in page.extensions:
        yield from whole(_extended(extension), Tone.QUIET)
        yield from beneath(extension.reason)


def _due(due: DeadlineView, today: date) -> Line:
    was = f" (was {brief(due.original_due_on)})" if due.original_due_on != due.due_on else ""
    longer = f"longer agreed, {brief(due.agreed_to)}" if due.agreed_to else ""
    if due.state is DeadlineState.OPEN and longer:  # nothing is late by it then
        day, label = (f"{short_date(due.due_on)}  ", Tone.QUIET), Tone.PLAIN
        far = near = (longer, Tone.PLAIN)
    elif due.state is DeadlineState.OPEN:
        colour, label = tone(due.due_on, due.working_days_left, today), Tone.PLAIN
        day = (f"{short_date(due.due_on)}  ", colour)
        far = (when_in_words(due.due_on, due.working_days_left, today), colour)
        near = (when(due.due_on, due.working_days_left, today), colour)
    else:
        words, colour = _ENDED[due.state]
        day, label = (f"{short_date(due.due_on)}  ", Tone.QUIET), Tone.QUIET
        far = near = (words + (f", {brief(due.met_on)}" if due.met_on else ""), colour)
        was = f" ({longer})" if longer else was
    more: Words = (was, Tone.QUIET)
    short = Line(short_label(due.kind, to_tell=due.to_tell), (day, near, more), _SHORT, label)
    return Line(due.owed, (day, far, more), _LONG, label, short=short)


def _extended(extension: ExtensionView) -> str:
    stage = f"Stage {extension.stage_number} extended" if extension.stage_number > 1 else "Extended"
    told = f", told {brief(extension.told_on)}" if extension.told_on else ""
    agreed = ", they agreed" if extension.agreed else ""
    if extension.agreed_on:
        how = f" by {one_line(extension.agreed_how)}" if extension.agreed_how else ""
        agreed = f", agreed {brief(extension.agreed_on)} by {one_line(extension.agreed_by)}{how}"
    days = f"from {long_date(extension.extended_from)} to {long_date(extension.extended_to)}"
    return f"{stage} {days}{told}{agreed} · {one_line(extension.officer)}"
