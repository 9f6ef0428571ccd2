"""What was done, step by step, as the record has it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.content import Content

from feedback_tui.desk.case.page import CasePage, EventView
from feedback_tui.rules.dates import long_date, short_date
from feedback_tui.screens.case.case_words.pieces import QUIET, Piece, heading, section
from feedback_tui.screens.shared.due_words import brief
from feedback_tui.text import one_line, safe_text

_DETAILS = {"told": "told on", "promised": "response told by", "working_days": "working days", "signed_by": "signed by"}


def timeline(page: CasePage, width: int) -> Content:
    """What was done, latest first."""
    pieces: list[Piece] = [heading("Timeline, latest first")]
    for event in reversed(page.timeline):
        pieces += _event(event)
    if page.views:
        pieces += ["\n", heading("Looked at, latest first")]
        pieces += [
            (f"{view.viewed_at.astimezone():%a %d %b %Y %H:%M}  {one_line(view.officer)}\n", QUIET)
            for view in page.views
        ]
    return section(*pieces)


def meanwhile(page: CasePage, known: int) -> Content:
    """What colleagues did since the case was read with so many events: their words, beside those being typed."""
    since = page.timeline[known:]
    return section(heading("Meanwhile"), *(piece for event in since for piece in _event(event))) if since else section()


def _event(event: EventView) -> Iterable[Piece]:
    yield (f"{short_date(event.happened_on)}  ", QUIET)
    yield (event.past, "bold")
    yield (f" · {one_line(event.officer)}", QUIET)
    if event.recorded_at.date() != event.happened_on:
        yield (f" · recorded {brief(event.recorded_at.date())}", QUIET)
    yield "\n"
    if details := ", ".join(_details(event)):
        yield (f"{'':<17}{details}\n", QUIET)
    for each in event.changed:
        before = f"“{one_line(each.before, 200)}”" if each.before else "nothing"
        after = f"“{one_line(each.after, 200)}”" if each.after else "nothing"
        yield (f"{'':<17}{each.name.replace('_', ' ')}: {before} → {after}\n", QUIET)
    if event.words:
        yield f"{'':<17}{safe_text(event.words)}\n"


def _details(event: EventView) -> Iterable[str]:
    for name, value in event.details.items():
        if value in (None, "", [], {}):
            continue
        words = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
        try:
            words = long_date(date.fromisoformat(words))
        except ValueError:
            words = one_line(words, 300)
        label = _DETAILS.get(name, name.replace("_", " "))
        yield label if value is True else f"{label} {words}"
