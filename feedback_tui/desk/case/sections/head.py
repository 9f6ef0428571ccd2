"""The head of a case: what is next and by when, who has it, its status, and warnings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from feedback_tui.desk.case.owed import WHY_OWED, duties
from feedback_tui.desk.case.page import CasePage, DeadlineView
from feedback_tui.desk.case.sections.line import Line, Section, labelled, section
from feedback_tui.desk.case.warnings import warnings
from feedback_tui.desk.due_words import tone, when_in_words
from feedback_tui.desk.queue.owed_kinds import ACKNOWLEDGEMENTS, AIMS, DUE_BY
from feedback_tui.desk.tone import Tone
from feedback_tui.enums import Kind, Status
from feedback_tui.rules.case_summary import without_greeting
from feedback_tui.rules.dates import long_date
from feedback_tui.text import one_line


def head(page: CasePage, today: date) -> Section:
    """Returns the head of the page."""
    return section("Head", ("", _head(page, today)))


def standing(page: CasePage, today: date) -> Section:
    """Returns the lines on what is next, and on the status."""
    return section("Standing", ("", (*next_line(page, today), *_stands_at(page))))


def summary_of(page: CasePage) -> str:
    """Returns the case in at most 100 characters: whose it is and what it is about."""
    about = without_greeting(page.summary or page.description)
    return one_line(" · ".join(filter(None, (page.whose, about))), 100)


def _head(page: CasePage, today: date) -> Iterator[Line]:
    yield from next_line(page, today)
    yield from with_line(page)
    yield from _stands_at(page)
    for warning in warnings(page):
        yield from labelled("Mind", one_line(warning, 300), Tone.WARNING)
    if page.erased_on:
        yield from labelled("Names, words", f"erased on {long_date(page.erased_on)}; dates and figures stay")
    for duty in duties(page):
        yield from labelled("Owed", duty, Tone.NOTICE)
    yield from last_contact_line(page)
    channel = f" · {one_line(page.channel)}" if page.channel else ""
    yield from labelled("Received", f"{long_date(page.received_on)}{channel}")
    if page.kind is Kind.COMPLAINT:
        version = f", version {page.procedure_version}" if page.procedure_version not in (None, "1") else ""
        yield from labelled(
            "Procedure", f"{page.procedure_name}{version}" if page.procedure_name else "not settled yet"
        )


def next_line(page: CasePage, today: date) -> Iterator[Line]:
    """Yields the line on what is next and by when. If nothing is owed, it says since when the case is closed and
    why."""
    due = next_due(page, today)
    if due is None:
        done = {Status.CLOSED: "Closed", Status.VOID: "Logged in error: it counts nowhere"}
        words = done.get(page.status, "Nothing with a date is owed")
        yield from labelled("Next", words + _closing(page), Tone.BOLD)
        return
    what = due.owed + (f" – {one_line(due.what, 40)}" if due.what else "")
    far = when_in_words(due.due_on, due.working_days_left, today)
    yield from labelled(
        "Next",
        f"{what} by {long_date(due.due_on)}, {far}",
        tone(due.due_on, due.working_days_left, today) or Tone.NEXT,
    )


def next_due(page: CasePage, today: date) -> DeadlineView | None:
    """Returns the deadline that comes next: an open acknowledgement, else the earliest open one. An aim that has passed
    is skipped if a binding date is open and the complainant was told; the six months, if a longer time was agreed. None
    if nothing is owed."""
    owed = [due for due in page.open_deadlines if due.agreed_to is None]
    binding = any(due.kind in DUE_BY for due in owed)
    first = [due for due in owed if due.kind in ACKNOWLEDGEMENTS]
    counting = [due for due in owed if due.to_tell or not (binding and due.kind in AIMS and due.due_on < today)]
    return next(iter([*first, *counting]), None)


def with_line(page: CasePage) -> Iterator[Line]:
    """Yields the officer and the investigator of the latest stage."""
    investigator = page.stages[-1].investigator if page.stages else None
    investigated = f", investigated by {one_line(investigator)}" if investigator else ""
    yield from labelled("With", f"{one_line(page.officer) or 'no officer'}{investigated}")


def _closing(page: CasePage) -> str:
    """Returns the day of closing and its reason, as the end of a line; empty if the case is not closed."""
    if page.status is not Status.CLOSED or page.closed_on is None:
        return ""
    return f" on {long_date(page.closed_on)}" + (f", {page.closing_reason}" if page.closing_reason else "")


def _stands_at(page: CasePage) -> Iterator[Line]:
    """Yields the status; for a hold also the process and the day of its review, for a closed case that still owes
    something the day of closing and its reason."""
    stage = f" · Stage {page.standing.stage}" if page.standing.stage > 1 else ""
    if page.open_deadlines:
        stage += _closing(page)
    held = Tone.WARNING if page.status is Status.ON_HOLD else Tone.PLAIN
    yield from labelled("Stands at", page.stands_at + stage, held)


def last_contact_line(page: CasePage) -> Iterator[Line]:
    """Yields the last contact, failed attempts since, an unanswered final notice, and the letter owed after six
    months."""
    last, notice = page.last_contact, page.final_notice
    tries = ""
    if page.failed_tries:
        tries = f"; {page.failed_tries} failed {'try' if page.failed_tries == 1 else 'tries'} since"
    yield from labelled("Last contact", f"{long_date(last.on)}, {last.what}{tries}")
    if notice is not None and (last.on, last.what) != (notice.contacted_on, notice.kind):
        yield from labelled("", f"final notice of {long_date(notice.contacted_on)}", Tone.NOTICE)
    if page.why_owed:
        yield from labelled("Owed", WHY_OWED, Tone.LATE)
