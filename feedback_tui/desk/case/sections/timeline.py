"""The section of recorded steps, and of who looked at the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from feedback_tui.casework.view_log import Viewed
from feedback_tui.desk.case.page import CasePage, EventView
from feedback_tui.desk.case.sections.line import DAY, Line, Section, Words, beneath, section, whole
from feedback_tui.desk.due_words import brief
from feedback_tui.desk.tone import Tone
from feedback_tui.rules.dates import long_date, short_date
from feedback_tui.text import one_line

_DETAILS = {"told": "told on", "promised": "response told by", "working_days": "working days", "signed_by": "signed by"}
"""The labels of event details that are not called by their own name."""


def timeline(page: CasePage, today: date) -> Section:
    """Returns the recorded steps, latest first, and the views of the case if they are recorded."""
    return section(
        "Timeline",
        ("Timeline, latest first", (line for event in reversed(page.timeline) for line in _event(event))),
        ("Looked at, latest first", (line for view in page.views for line in _view(view))),
    )


def meanwhile(page: CasePage, known: int) -> Section:
    """Returns the events that were recorded since the case was read with `known` events."""
    return section("Meanwhile", ("Meanwhile", (line for event in page.timeline[known:] for line in _event(event))))


def _view(view: Viewed) -> Iterator[Line]:
    return whole(f"{view.viewed_at.astimezone():%a %d %b %Y %H:%M}  {one_line(view.officer)}", Tone.QUIET)


def _event(event: EventView) -> Iterator[Line]:
    words: list[Words] = [(event.past, Tone.BOLD), (f" · {one_line(event.officer)}", Tone.QUIET)]
    if event.recorded_at.date() != event.happened_on:
        words.append((f" · recorded {brief(event.recorded_at.date())}", Tone.QUIET))
    if event.undone:
        words.append((" · undone since", Tone.QUIET))
    yield Line(short_date(event.happened_on), tuple(words), DAY)
    yield from beneath(", ".join(_details(event)), column=DAY)
    for each in event.changed:
        before = f"“{one_line(each.before, 200)}”" if each.before else "nothing"
        after = f"“{one_line(each.after, 200)}”" if each.after else "nothing"
        yield from beneath(f"{each.name.replace('_', ' ')}: {before} → {after}", column=DAY)
    yield from beneath(event.words, Tone.PLAIN, DAY)


def _details(event: EventView) -> Iterator[str]:
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
