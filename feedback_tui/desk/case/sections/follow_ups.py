"""The section of follow-up: redress, learning and actions, the Ombudsman; for a compliment, the thanks and the
quote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from feedback_tui.desk.case.page import ActionView, CasePage, LearningView, OmbudsmanView, RemedyView
from feedback_tui.desk.case.sections.line import BENEATH, Line, Section, beneath, dated, labelled, section, whole
from feedback_tui.desk.due_words import brief
from feedback_tui.desk.tone import Tone
from feedback_tui.enums import Kind
from feedback_tui.rules.dates import long_date
from feedback_tui.text import one_line

_ACTION = 8
"""The indent in cells of an action shown beneath its learning."""


def follow_ups(page: CasePage, today: date) -> Section:
    """Returns redress, learning with its actions, each approach to the Ombudsman; for a compliment, thanks and
    quote."""
    several = len(page.ombudsman) > 1
    approaches = (
        (f"Ombudsman, approach {record.position}" if several else "Ombudsman", _approach(record))
        for record in page.ombudsman
    )
    return section(
        "Follow-up",
        ("Thanks and quote", _praise(page)),
        ("Redress", (line for remedy in page.remedies for line in _remedy(page, remedy))),
        ("Learning and actions", _learning(page)),
        *approaches,
    )


def _praise(page: CasePage) -> Iterator[Line]:
    if page.kind is not Kind.COMPLIMENT:
        return
    thanked, quote = page.thanked_on, page.quote
    yield from labelled(
        "Thanks", long_date(thanked) if thanked else "not passed on yet", Tone.PLAIN if thanked else Tone.QUIET
    )
    yield from labelled("Quote", quote or "none for the report yet", Tone.PLAIN if quote else Tone.QUIET)


def _remedy(page: CasePage, remedy: RemedyView) -> Iterator[Line]:
    money = f" £{remedy.amount_pence / 100:,.2f}" if remedy.amount_pence is not None else ""
    words = f": {remedy.text}" if remedy.text else ""
    what = f"{one_line(remedy.kind or 'redress')}{money}{words}{_owed(remedy.due_on, remedy.done_on)}"
    yield Line(str(remedy.position), ((what, Tone.PLAIN),), BENEATH, Tone.PLAIN)
    yield from beneath("; ".join(_of_remedy(page, remedy)))


def _of_remedy(page: CasePage, remedy: RemedyView) -> Iterator[str]:
    if remedy.approach is not None:
        approach = f", approach {remedy.approach}" if len(page.ombudsman) > 1 else ""
        yield f"agreed with the Ombudsman{approach}"
    if remedy.offered_on:
        yield f"offered {brief(remedy.offered_on)}"
    if remedy.accepted_on:
        yield f"accepted {brief(remedy.accepted_on)}"
    if remedy.approver:
        yield f"approved by {one_line(remedy.approver)}"
    if remedy.budget_code:
        yield f"budget {one_line(remedy.budget_code)}"
    if remedy.proof:
        yield f"proof: {one_line(remedy.proof)}"


def _learning(page: CasePage) -> Iterator[Line]:
    if not page.learning and page.learning_said:
        yield from whole(f"Learning: {page.learning_said}", Tone.QUIET)
    for learned in page.learning:
        yield _learned(page, learned)
        for action in page.actions:
            if action.learning_position == learned.position:
                yield from _action(action, "   → ", _ACTION)
    known = {learned.position for learned in page.learning}
    for action in page.actions:
        if action.learning_position not in known:
            yield from _action(action, "→ ", _ACTION - BENEATH)


def _learned(page: CasePage, learned: LearningView) -> Line:
    area = f"{one_line(learned.area)}: " if learned.area else ""
    point = f" (point {learned.point_position})" if learned.point_position and len(page.points) > 1 else ""
    words = f"{area}{learned.text}{point}"
    return Line(str(learned.position), ((words, Tone.PLAIN),), BENEATH, Tone.PLAIN)


def _action(action: ActionView, before: str, column: int) -> Iterator[Line]:
    owner = f", {one_line(action.owner)}" if action.owner else ""
    words = f"{action.text}{owner}{_owed(action.due_on, action.done_on)}"
    yield Line(f"{before}{action.position}", ((words, Tone.PLAIN),), column, Tone.PLAIN)
    yield from beneath(action.proof and f"proof: {one_line(action.proof)}", column=column)


def _approach(record: OmbudsmanView) -> Iterator[Line]:
    """Yields the days of an approach in their usual order, and what was asked and decided."""
    yield from labelled("Stands at", str(record.status))
    yield from labelled("Their ref.", record.their_reference)
    yield from labelled("Category", record.category)
    for label, day in (
        ("First contact", record.first_contact_on),
        ("Query", record.query_on),
        ("Answer due", record.query_due_on),
        ("Answered", record.query_answered_on),
        ("Enquiry", record.received_on),
        ("Reply due", record.due_on),
        ("Replied", record.responded_on),
        ("Draft decision", record.draft_decision_on),
        ("Comments due", record.draft_due_on),
        ("Comments sent", record.draft_answered_on),
    ):
        yield from dated(label, day)
    if record.draft_decision_on and not (record.draft_due_on or record.draft_answered_on or record.decided_on):
        yield from labelled("Comments due", "not on record: their letter with the draft names the day", Tone.WARNING)
    yield from labelled("They ask for", record.documents)
    decided = [long_date(record.decided_on)] if record.decided_on else []
    theirs = f" ({record.their_decision})" if record.their_decision else ""
    decided += [f"{record.decision}{theirs}"] if record.decision else []
    yield from labelled("Decided", ": ".join(decided), Tone.BOLD)
    yield from labelled("Complaint", record.summary)
    yield from labelled("Agreed", record.agreed)
    yield from dated("Complied", record.complied_on)


def _owed(due_on: date | None, done_on: date | None) -> str:
    if done_on:
        return f" – done {brief(done_on)}"
    return f" – by {long_date(due_on)}" if due_on else ""
