"""What was said, sent or tried; the investigator's half; and what is owed to the complainant once time has run out."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from feedback_tui.desk.case.contacts import ChaseView, ContactView
from feedback_tui.desk.case.page import CasePage, StageView
from feedback_tui.rules.dates import long_date, short_date
from feedback_tui.screens.case.case_words.pieces import QUIET, Piece, heading, labelled, section
from feedback_tui.screens.shared.due_words import brief
from feedback_tui.text import one_line

FIRST_WORDS = 120
"""Characters of a letter or a call that the page shows; the whole stands with ``feedback-tui show``."""
WHY_OWED = "The six months have passed: write to say why (regulation 14)"


def contacts(page: CasePage, width: int) -> Content:
    """Contacts, latest first, and the tries that failed."""
    pieces: list[Piece] = []
    if page.contacts:
        pieces.append(heading("Contacts, latest first"))
    for row in reversed(page.contacts):
        pieces += _contact(row)
    return section(*pieces)


def _contact(row: ContactView) -> Iterable[Piece]:
    yield (f"{short_date(row.contacted_on)}  ", QUIET)
    yield (str(row.kind), "bold" if row.kind.reached else "$text-warning")
    more = [row.letter, row.channel, row.person and f"with {row.person}"]
    if said := " · ".join(one_line(each) for each in more if each):
        yield (f" · {said}", QUIET)
    yield "\n"
    if row.text:
        yield f"{'':<17}{one_line(row.text, FIRST_WORDS)}\n"


def last_contact_line(page: CasePage, width: int) -> list[Piece]:
    """The last contact, always in view; and the tries that failed since, the final notice, a reason that is owed."""
    last, notice = page.last_contact, page.final_notice
    words = f"{long_date(last.on)}, {last.what}"
    if page.failed_tries:
        words += f"; {page.failed_tries} failed {'try' if page.failed_tries == 1 else 'tries'} since"
    pieces = labelled("Last contact", words, width)
    if notice is not None and (last.on, last.what) != (notice.contacted_on, notice.kind):
        pieces += labelled("", f"final notice of {long_date(notice.contacted_on)}", width, "$text-warning")
    if page.why_owed:
        pieces += labelled("Owed", WHY_OWED, width, "bold $text-error")
    return pieces


def draft_lines(page: CasePage, stage: StageView, width: int) -> Iterable[Piece]:
    """The investigator's half of a stage: chased, draft, check, sign-off."""
    for chased in page.chases:
        if chased.stage_number == stage.number:
            yield from labelled("Chased", chase_in_words(chased), width)
    draft, checked, signed = stage.draft_received_on, stage.draft_checked_on, stage.signed_off_on
    yield from labelled("Draft", f"received {long_date(draft)}" if draft else None, width)
    yield from labelled("Checked", f"{long_date(checked)}, by {stage.draft_checked_by}" if checked else None, width)
    yield from labelled("Signed off", f"{long_date(signed)}, by {stage.signed_off_by}" if signed else None, width)


def chase_in_words(chased: ChaseView) -> str:
    """A chase in one line."""
    told = f", escalated to {chased.escalated_to}" if chased.escalated_to else ""
    again = f", again {brief(chased.next_on)}" if chased.next_on else ""
    why = f": {one_line(chased.why_late, FIRST_WORDS)}" if chased.why_late else ""
    return f"{long_date(chased.chased_on)}, {chased.investigator or 'no one named'}{told}{again}{why}"
