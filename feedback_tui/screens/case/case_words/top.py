"""The top of a case: what is next and by when, who has it, how far it is."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from feedback_tui.desk.case.page import CasePage, DeadlineView
from feedback_tui.desk.case.warnings import warnings
from feedback_tui.desk.queue.owed_kinds import ACKNOWLEDGEMENTS, AIMS, DUE_BY
from feedback_tui.enums import Kind, Status
from feedback_tui.rules.case_summary import without_greeting
from feedback_tui.rules.dates import long_date
from feedback_tui.screens.case.case_words.contacts import last_contact_line
from feedback_tui.screens.case.case_words.pieces import TONES, Piece, labelled, section
from feedback_tui.screens.shared.due_words import tone, when_in_words
from feedback_tui.text import one_line


def next_line(page: CasePage, today: date, width: int) -> list[Piece]:
    """What is next and by when."""
    due = next_due(page, today)
    if due is None:
        done = {Status.CLOSED: "Closed", Status.VOID: "Logged in error: it counts nowhere"}
        words = done.get(page.status, "Nothing with a date is owed")
        if page.status is Status.CLOSED and page.closed_on:
            words += f" on {long_date(page.closed_on)}" + (f", {page.closing_reason}" if page.closing_reason else "")
        return labelled("Next", words, width, "bold")
    what = due.owed + (f" – {one_line(due.what, 40)}" if due.what else "")
    style = TONES[tone(due.due_on, due.working_days_left, today)] or "bold $primary"
    far = when_in_words(due.due_on, due.working_days_left, today)
    return labelled("Next", f"{what} by {long_date(due.due_on)}, {far}", width, style)


def next_due(page: CasePage, today: date) -> DeadlineView | None:
    """What the case owes next, as the queue has it: the acknowledgement, else the soonest date that still counts."""
    owed = page.open_deadlines
    binding = any(due.kind in DUE_BY for due in owed)
    first = [due for due in owed if due.kind in ACKNOWLEDGEMENTS]
    counting = [due for due in owed if due.to_tell or not (binding and due.kind in AIMS and due.due_on < today)]
    return next(iter([*first, *counting]), None)


def standing(page: CasePage, today: date, width: int) -> Content:
    """What is next, and how far it is."""
    return section(*next_line(page, today, width), *_stands_at(page, width))


def _stands_at(page: CasePage, width: int) -> list[Piece]:
    """How far it is; where it is on hold, for which process, and when that is looked at again."""
    stage = " · Stage 2" if page.standing.stage == 2 else ""
    style = "bold $text-warning" if page.status is Status.ON_HOLD else ""
    return labelled("Stands at", page.stands_at + stage, width, style)


def head(page: CasePage, today: date, width: int) -> Content:
    """The top of the page: what is next and by when, who has it, how far it is."""
    pieces = next_line(page, today, width)
    stage = page.stages[-1] if page.stages else None
    who = [page.officer or "no officer"]
    if stage and stage.investigator:
        who.append(f"investigated by {stage.investigator}")
    pieces += labelled("With", ", ".join(who), width)
    pieces += _stands_at(page, width)
    for warning in warnings(page):
        pieces += labelled("Mind", one_line(warning, 300), width, "bold $text-warning")
    if page.erased_on:
        pieces += labelled("Erased", f"{long_date(page.erased_on)}: names and words are gone, figures stay", width)
    pieces += last_contact_line(page, width)
    channel = f" · {page.channel}" if page.channel else ""
    pieces += labelled("Received", f"{long_date(page.received_on)}{channel}", width)
    if page.kind is Kind.COMPLAINT:
        version = f", version {page.procedure_version}" if page.procedure_version not in (None, "1") else ""
        pieces += labelled(
            "Procedure", f"{page.procedure_name}{version}" if page.procedure_name else "not settled yet", width
        )
    return section(*pieces)


def summary_of(page: CasePage) -> str:
    """The case in one line: whose it is and what they say."""
    about = without_greeting(page.summary or page.description)
    return one_line(" · ".join(filter(None, (page.whose, about))), 100)
