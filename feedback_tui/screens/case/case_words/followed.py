"""What followed: redress, learning and actions, the Ombudsman; of a compliment, the thanks and the quote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.content import Content

from feedback_tui.desk.case.page import ActionView, CasePage, OmbudsmanView, RemedyView
from feedback_tui.enums import Kind
from feedback_tui.rules.dates import long_date
from feedback_tui.screens.case.case_words.pieces import QUIET, Piece, heading, joined, labelled, section
from feedback_tui.screens.shared.due_words import brief
from feedback_tui.text import one_line, safe_text


def follow_ups(page: CasePage, width: int) -> Content:
    """Redress, learning with its actions, each approach to the Ombudsman, and what became of praise."""
    parts = (_praise(page, width), _redress(page), _learning(page), _ombudsman(page, width))
    return joined([section(*part) for part in parts])


def _praise(page: CasePage, width: int) -> Iterable[Piece]:
    if page.kind is not Kind.COMPLIMENT:
        return
    yield heading("Thanks and quote")
    passed_on = long_date(page.thanked_on) if page.thanked_on else "not passed on yet"
    yield from labelled("Thanks", passed_on, width, "" if page.thanked_on else QUIET)
    yield from labelled("Quote", page.quote or "none for the report yet", width, "" if page.quote else QUIET)


def _redress(page: CasePage) -> Iterable[Piece]:
    if page.remedies:
        yield heading("Redress")
    for remedy in page.remedies:
        money = f" £{remedy.amount_pence / 100:,.2f}" if remedy.amount_pence is not None else ""
        what = f"{one_line(remedy.kind or 'redress')}{money}{f': {safe_text(remedy.text)}' if remedy.text else ''}"
        yield f"{remedy.position}  {what}{_owed(remedy.due_on, remedy.done_on)}\n"
        if said := "; ".join(_of_remedy(remedy)):
            yield (f"   {said}\n", QUIET)


def _of_remedy(remedy: RemedyView) -> Iterable[str]:
    if remedy.approach is not None:
        yield "agreed with the Ombudsman"
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


def _learning(page: CasePage) -> Iterable[Piece]:
    if not (page.learning or page.actions or page.learning_said):
        return
    yield heading("Learning and actions")
    if not page.learning and page.learning_said:
        yield (f"Learning: {page.learning_said}\n", QUIET)
    for learned in page.learning:
        area = f"{one_line(learned.area)}: " if learned.area else ""
        point = f" (point {learned.point_position})" if learned.point_position and len(page.points) > 1 else ""
        yield f"{learned.position}  {area}{safe_text(learned.text)}{point}\n"
        for action in page.actions:
            if action.learning_position == learned.position:
                yield from _action(action, "   → ")
    known = {learned.position for learned in page.learning}
    for action in page.actions:
        if action.learning_position not in known:
            yield from _action(action, "→ ")


def _action(action: ActionView, before: str) -> Iterable[Piece]:
    owner = f", {one_line(action.owner)}" if action.owner else ""
    yield f"{before}{action.position}  {safe_text(action.text)}{owner}{_owed(action.due_on, action.done_on)}\n"
    if action.proof:
        yield (f"{' ' * len(before)}   proof: {one_line(action.proof)}\n", QUIET)


def _ombudsman(page: CasePage, width: int) -> Iterable[Piece]:
    several = len(page.ombudsman) > 1
    for record in page.ombudsman:
        yield heading(f"Ombudsman, approach {record.position}" if several else "Ombudsman")
        yield from labelled("Stands at", str(record.status), width)
        yield from labelled("Their ref.", record.their_reference, width)
        yield from labelled("Category", record.category, width)
        for label, day in _days(record):
            yield from labelled(label, long_date(day) if day else None, width)
        yield from labelled("They ask for", record.documents, width)
        if record.decided_on:
            yield from labelled("Decided", f"{long_date(record.decided_on)}: {record.decision}", width, "bold")
        yield from labelled("Complaint", record.summary, width)
        yield from labelled("Agreed", record.agreed, width)
        yield from labelled("Complied", long_date(record.complied_on) if record.complied_on else None, width)


def _days(record: OmbudsmanView) -> tuple[tuple[str, date | None], ...]:
    return (
        ("First contact", record.first_contact_on),
        ("Query", record.query_on),
        ("Answer due", record.query_due_on),
        ("Answered", record.query_answered_on),
        ("Enquiry", record.received_on),
        ("Reply due", record.due_on),
        ("Replied", record.responded_on),
        ("Draft decision", record.draft_decision_on),
        ("Comments sent", record.draft_answered_on),
    )


def _owed(due_on: date | None, done_on: date | None) -> str:
    if done_on:
        return f" – done {brief(done_on)}"
    return f" – by {long_date(due_on)}" if due_on else ""
