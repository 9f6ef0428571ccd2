"""A case in words, section by section: for the page and for the preview beside the queue, narrow or wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import date

from textual.content import Content

from feedback_tui.desk.case import CasePage, DeadlineView, EventView, PointView, StageView
from feedback_tui.desk.queue import ACKNOWLEDGEMENTS, AIMS, DUE_BY
from feedback_tui.rules.dates import long_date, short_date
from feedback_tui.screens.due import brief, short_label, tone, when, when_in_words
from feedback_tui.text import one_line, safe_text
from feedback_tui.widgets.cells import fit
from feedback_tui.words import DeadlineState, Kind, Part, Role, Status

Piece = str | tuple[str, str]
LABEL = 14
NARROW = 56
"""Cells under which dates are said in short."""
QUIET = "$text-muted"
_TONES = {"late": "bold $text-error", "today": "bold $text-warning", "soon": "$text-warning", "quiet": QUIET, "": ""}
_STATES = {
    DeadlineState.MET: "✓ in time",
    DeadlineState.MISSED: "✗ done late",
    DeadlineState.SUPERSEDED: "superseded",
    DeadlineState.CANCELLED: "ended",
}
_DETAILS = {"told": "told on", "promised": "response told by", "working_days": "working days", "signed_by": "signed by"}


def _page(*pieces: Piece) -> Content:
    return Content.assemble(*((piece if isinstance(piece, tuple) else (piece, "")) for piece in pieces)).rstrip()


def joined(sections: Iterable[Content]) -> Content:
    """Sections one beneath the other; those with nothing to say left out."""
    return Content("\n\n").join([section for section in sections if section.plain])


def heading(words: str) -> Piece:
    """A section's heading."""
    return (f"{words}\n", "bold $accent")


def labelled(label: str, words: str | None, width: int, style: str = "") -> list[Piece]:
    """A line with its label, what is too long for it set in; nothing where there is nothing to say."""
    if not words:
        return []
    lines = [line for part in safe_text(words).split("\n") for line in textwrap.wrap(part, width - LABEL) or [""]]
    return [(f"{label:<{LABEL}}", QUIET), (f"\n{'':<{LABEL}}".join(lines) + "\n", style)]


def next_line(page: CasePage, today: date, width: int) -> list[Piece]:
    """What is next and by when."""
    due = next_due(page, today)
    if due is None:
        done = {Status.CLOSED: "Closed", Status.VOID: "Logged in error: it counts nowhere"}
        words = done.get(page.status, "Nothing with a date is owed")
        if page.status is Status.CLOSED and page.closed_on:
            words += f" on {long_date(page.closed_on)}" + (f", {page.closing_reason}" if page.closing_reason else "")
        return labelled("Next", words, width, "bold")
    what = due.kind.label + (f" – {one_line(due.what, 40)}" if due.what else "")
    style = _TONES[tone(due.due_on, due.working_days_left, today)] or "bold $primary"
    far = when_in_words(due.due_on, due.working_days_left, today)
    return labelled("Next", f"{what} by {long_date(due.due_on)}, {far}", width, style)


def next_due(page: CasePage, today: date) -> DeadlineView | None:
    """What the case owes next, as the queue has it: the acknowledgement, else the soonest date that still counts."""
    owed = page.open_deadlines
    binding = any(due.kind in DUE_BY for due in owed)
    first = [due for due in owed if due.kind in ACKNOWLEDGEMENTS]
    counting = [due for due in owed if not (binding and due.kind in AIMS and due.due_on < today)]
    return next(iter([*first, *counting]), None)


def standing(page: CasePage, today: date, width: int) -> Content:
    """What is next, and how far it is."""
    return _page(*next_line(page, today, width), *labelled("Stands at", _status(page), width))


def _status(page: CasePage) -> str:
    return page.status + (" · Stage 2" if page.standing.stage == 2 else "")


def head(page: CasePage, today: date, width: int) -> Content:
    """The top of the page: what is next and by when, who has it, how far it is."""
    pieces = next_line(page, today, width)
    stage = page.stages[-1] if page.stages else None
    who = [page.officer or "no officer"]
    if stage and stage.investigator:
        who.append(f"investigated by {stage.investigator}")
    pieces += labelled("With", ", ".join(who), width)
    pieces += labelled("Stands at", _status(page), width)
    channel = f" · {page.channel}" if page.channel else ""
    pieces += labelled("Received", f"{long_date(page.received_on)}{channel}", width)
    if page.kind is Kind.COMPLAINT:
        version = f", version {page.procedure_version}" if page.procedure_version not in (None, "1") else ""
        pieces += labelled(
            "Procedure", f"{page.procedure_name}{version}" if page.procedure_name else "not settled yet", width
        )
    return _page(*pieces)


def summary_of(page: CasePage) -> str:
    """The case in one line: who it is about and what they say."""
    names = [person.name for person in page.people if person.name]
    return one_line(" · ".join([*names[:1], page.summary or page.description]), 100)


def complaint(page: CasePage, width: int) -> Content:
    """What they say, and what they want."""
    title = "What they say" if page.kind is not Kind.COMPLIMENT else "The words"
    pieces: list[Piece] = [heading(title), f"{safe_text(page.description or page.summary) or '–'}\n"]
    if page.wanted:
        pieces += ["\n", *labelled("They want", page.wanted, width)]
    if page.happened_on:
        pieces += labelled("It happened", long_date(page.happened_on), width)
    pieces += labelled("Sent by way of", page.compliment_source, width)
    pieces += labelled("It praises", page.recipient_role, width)
    return _page(*pieces)


def people(page: CasePage, width: int) -> Content:
    """The people and their parts."""
    pieces: list[Piece] = [heading("People")]
    names = {person.name for person in page.people if person.part is Part.CUSTOMER and person.name}
    for person in page.people:
        role = f" ({person.role})" if person.role and str(person.role) != str(person.part) else ""
        name = "the customer" if person.role is Role.CUSTOMER and person.name in names else person.name
        pieces += labelled(
            str(person.part), (name or "no name known") + ("" if name == "the customer" else role), width
        )
        pieces += labelled("", person.contact and one_line(person.contact), width, QUIET)
        pieces += labelled("", person.authority and f"authority: {person.authority}", width, QUIET)
    if not page.people:
        pieces.append(("No one is named.\n", QUIET))
    return _page(*pieces)


def points(page: CasePage, width: int) -> Content:
    """The complaint points with their findings."""
    pieces: list[Piece] = [heading("Complaint points" if page.kind is Kind.COMPLAINT else "About")]
    for point in page.points:
        finding = f"  → {point.finding}" if point.finding else ""
        pieces += [
            (f"{point.position}  ", QUIET) if len(page.points) > 1 else "",
            about(point) or "no team, category or theme yet",
            (finding, "bold"),
            "\n",
        ]
        if point.text:
            pieces.append((f"   {safe_text(point.text)}\n", QUIET))
    return _page(*pieces)


def about(point: PointView) -> str:
    """A point in one line: team, provider, category > sub-category, theme."""
    category = " > ".join(part for part in (point.category, point.subcategory) if part)
    return one_line(" · ".join(part for part in (point.team, point.provider, category, point.theme) if part))


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
    return _page(*pieces)


def _date_line(due: DeadlineView, today: date, width: int) -> list[Piece]:
    narrow = width < NARROW
    label = fit(short_label(due.kind), 15) if narrow else fit(due.kind.label, 22)
    moved = f" (was {brief(due.original_due_on)})" if due.original_due_on != due.due_on else ""
    day = f"{short_date(due.due_on)}  "
    what = f"{'':<4}{one_line(due.what, max(width - 6, 10))}\n" if due.what else ""
    if due.state is DeadlineState.OPEN:
        colour = _TONES[tone(due.due_on, due.working_days_left, today)]
        say = when if narrow else when_in_words
        far = say(due.due_on, due.working_days_left, today)
        return [label, (day, colour), (far, colour), (f"{moved}\n", QUIET), (what, QUIET)]
    ended = _STATES[due.state] + (f", {brief(due.met_on)}" if due.met_on else "")
    style = "$text-success" if due.state is DeadlineState.MET else QUIET
    style = "$text-error" if due.state is DeadlineState.MISSED else style
    return [(label, QUIET), (day, QUIET), (ended, style), (f"{moved}\n", QUIET), (what, QUIET)]


def stages(page: CasePage, width: int) -> Content:
    """What was done at each stage."""
    pieces: list[Piece] = []
    for stage in page.stages:
        done = list(_stage(page, stage, width))
        if done:
            pieces += [heading(f"Stage {stage.number}" if len(page.stages) > 1 else "Handling"), *done]
    return _page(*pieces)


def _stage(page: CasePage, stage: StageView, width: int) -> Iterable[Piece]:
    acknowledged = stage.acknowledged_on or (page.acknowledged_on if stage.number == 1 else None)
    if stage.number == 2:
        yield from labelled("Asked for", long_date(stage.started_on), width)
    if acknowledged:
        by = f" · {page.acknowledged_by}" if page.acknowledged_by and stage.number == 1 else ""
        talk = f", discussion {page.discussion}" if page.discussion and stage.number == 1 else ""
        yield from labelled("Acknowledged", f"{long_date(acknowledged)}{by}{talk}", width)
    if stage.investigation_started_on:
        yield from labelled(
            "Investigation", f"from {long_date(stage.investigation_started_on)}, {stage.investigator}", width
        )
    if stage.responded_on:
        by = f" · {stage.response_channel}" if stage.response_channel else ""
        days = "" if stage.working_days_taken is None else f", after {stage.working_days_taken} working days"
        signed = f", signed by {stage.signed_by}" if stage.signed_by else ""
        yield from labelled("Response sent", f"{long_date(stage.responded_on)}{by}{days}{signed}", width)
    yield from labelled("Outcome", stage.outcome and str(stage.outcome), width, "bold")
    yield from labelled("", stage.outcome_reason, width, QUIET)


def follow_ups(page: CasePage, width: int) -> Content:
    """Redress, learning, actions, and the Ombudsman."""
    pieces: list[Piece] = []
    if page.remedies:
        pieces.append(heading("Redress"))
        for remedy in page.remedies:
            money = f" £{remedy.amount_pence / 100:,.2f}" if remedy.amount_pence is not None else ""
            what = one_line(remedy.kind or "redress") + money
            pieces.append(f"{remedy.position}  {what}{_owed(remedy.due_on, remedy.done_on)}\n")
    if page.learning or page.actions or page.learning_said:
        pieces.append(heading("Learning and actions"))
        if not page.learning and page.learning_said:
            pieces.append((f"Learning: {page.learning_said}\n", QUIET))
        for learned in page.learning:
            area = f"{one_line(learned.area)}: " if learned.area else ""
            pieces.append(f"{learned.position}  {area}{safe_text(learned.text)}\n")
        for action in page.actions:
            owner = f", {one_line(action.owner)}" if action.owner else ""
            pieces.append(f"{action.position}  {safe_text(action.text)}{owner}{_owed(action.due_on, action.done_on)}\n")
    for record in page.ombudsman:
        pieces.append(heading("Ombudsman"))
        pieces += labelled("Stands at", str(record.status), width)
        pieces += labelled("Their reference", record.their_reference, width)
        for label, day in (
            ("Enquiry", record.received_on),
            ("Reply due", record.due_on),
            ("Replied", record.responded_on),
        ):
            pieces += labelled(label, long_date(day) if day else None, width)
        if record.decided_on:
            pieces += labelled("Decided", f"{long_date(record.decided_on)}: {record.decision}", width, "bold")
    return _page(*pieces)


def _owed(due_on: date | None, done_on: date | None) -> str:
    if done_on:
        return f" – done {brief(done_on)}"
    return f" – by {long_date(due_on)}" if due_on else ""


def timeline(page: CasePage, width: int) -> Content:
    """What was done, latest first."""
    pieces: list[Piece] = [heading("Timeline, latest first")]
    for event in reversed(page.timeline):
        pieces += _event(event)
    return _page(*pieces)


def _event(event: EventView) -> Iterable[Piece]:
    yield (f"{short_date(event.happened_on)}  ", QUIET)
    yield (event.past, "bold")
    yield (f" · {one_line(event.officer)}", QUIET)
    if event.recorded_at.date() != event.happened_on:
        yield (f" · recorded {brief(event.recorded_at.date())}", QUIET)
    yield "\n"
    if details := ", ".join(_details(event)):
        yield (f"{'':<17}{details}\n", QUIET)
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
            words = one_line(words, 60)
        label = _DETAILS.get(name, name.replace("_", " "))
        yield label if value is True else f"{label} {words}"
