"""The section “Where are we?”: what an officer can say about the case on the telephone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from feedback_tui.desk.case.caller_lookup import MayKnow, WhereWeAre
from feedback_tui.desk.case.sections.head import last_contact_line, next_line, summary_of, with_line
from feedback_tui.desk.case.sections.line import Line, Section, labelled, section
from feedback_tui.desk.tone import Tone
from feedback_tui.rules.dates import long_date
from feedback_tui.text import one_line


def caller_section(found: WhereWeAre, today: date) -> Section:
    """Returns what is next, the last contact, who has the case, what each person may be told, and what it is about."""
    return section("Where are we?", ("", _told(found, today)))


def _told(found: WhereWeAre, today: date) -> Iterator[Line]:
    yield from next_line(found.page, today)
    yield from last_contact_line(found.page)
    yield from with_line(found.page)
    for person in found.people:
        yield from _may_know(person)
    yield from labelled("About", summary_of(found.page), Tone.QUIET)


def _may_know(person: MayKnow) -> Iterator[Line]:
    called = f"{one_line(person.name) or 'no name known'} ({', '.join(person.parts)})"
    if person.died_on is not None:
        yield from labelled("", f"{called} died on {long_date(person.died_on)}", Tone.WARNING)
        return
    yield from labelled("May be told", f"{called}: {person.told}", Tone.BOLD)
    for need in person.needs:
        yield from labelled("", need, Tone.WARNING)
