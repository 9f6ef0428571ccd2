"""A case printed for a person to read."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from feedback_tui.cli.shared import rich_console
from feedback_tui.desk.case.contacts import ChaseView, ContactView
from feedback_tui.desk.case.page import CasePage, DeadlineView, EventView
from feedback_tui.desk.case.rows import findings_in_words
from feedback_tui.desk.case.warnings import about_person, beside, warnings
from feedback_tui.enums import DeadlineState
from feedback_tui.rules.dates import long_date, short_date
from feedback_tui.text import one_line, safe_text


def print_case(page: CasePage, console: Console | None = None) -> None:
    """Prints a case: what is next on top, then what it is about, who, how it went."""
    console = console or rich_console()
    heading = f"{page.reference}  {page.kind}, {page.stands_at}"
    _line(console, heading, style="bold")
    if page.procedure_name:
        _line(console, f"{page.procedure_name} (version {page.procedure_version})")
    _line(console, f"Received {long_date(page.received_on)}" + (f" by {page.channel}" if page.channel else ""))
    if page.erased_on:
        _line(console, f"Names and words were erased on {long_date(page.erased_on)}; dates and figures stay")
    last = page.last_contact
    tries = f", failed tries since: {page.failed_tries}" if page.failed_tries else ""
    _line(console, f"Last contact: {long_date(last.on)}, {last.what}{tries}")
    if page.why_owed:
        _line(console, "Owed: the six months have passed; write to say why (regulation 14)", style="bold")
    for warning in warnings(page):
        _line(console, f"Mind: {one_line(warning, 300)}", style="bold")
    for deadline in page.open_deadlines[:1]:
        _line(console, f"Next: {_deadline(deadline)}", style="bold")
    if page.description or page.summary:
        _part(console, "About", [page.description or page.summary])
    if page.wanted:
        _part(console, "They want", [page.wanted])
    if page.thanked_on:
        _part(console, "Thanks passed on", [long_date(page.thanked_on)])
    if page.quote:
        _part(console, "Quote for the report", [page.quote])
    _part(console, "People", [_person(page, number) for number in range(len(page.people))])
    _part(console, "Points", [_point(page, number) for number in range(len(page.points))])
    _part(console, "Beside it", [f"{label}: {one_line(words, 400)}" for label, words in beside(page)])
    _part(console, "Stages", [_stage(page, number) for number in range(len(page.stages))])
    _part(console, "Contacts", [contact_line(row) for row in reversed(page.contacts)])
    _part(console, "Chased", [_chase(row) for row in page.chases])
    _part(console, "Deadlines", [_deadline(deadline) for deadline in page.deadlines])
    _part(console, "Redress", [_remedy(page, number) for number in range(len(page.remedies))])
    _part(console, "Learning", _learning(page))
    _part(console, "Actions", [_action(page, number) for number in range(len(page.actions))])
    _part(console, "Ombudsman", [_ombudsman(page, number) for number in range(len(page.ombudsman))])
    if page.closed_on:
        reason = f": {page.closing_reason}" if page.closing_reason else ""
        _part(console, "Closed", [f"{long_date(page.closed_on)}{reason}"])
    _part(
        console, "Looked at", [f"{view.viewed_at.astimezone():%Y-%m-%d %H:%M}  {view.officer}" for view in page.views]
    )
    _part(console, "Timeline", [event_line(event) for event in page.timeline])


def contact_line(row: ContactView) -> str:
    """One contact: its day, what it was, with whom, and the whole of what was said."""
    more = ", ".join(each for each in (row.letter, row.channel, row.person and f"with {row.person}") if each)
    text = f"\n{row.text}" if row.text else ""
    return f"{short_date(row.contacted_on)}  {row.kind}{f' ({more})' if more else ''}{text}"


def _chase(row: ChaseView) -> str:
    told = f", escalated to {row.escalated_to}" if row.escalated_to else ""
    again = f", again on {short_date(row.next_on)}" if row.next_on else ""
    why = f" – {one_line(row.why_late)}" if row.why_late else ""
    return f"{short_date(row.chased_on)}  {row.investigator or '?'}{told}{again}{why}"


def event_line(event: EventView) -> str:
    """One line of the timeline: date, what was done, its facts, by whom, and the words that go with it."""
    facts = ", ".join(f"{name.replace('_', ' ')} {_fact(value)}" for name, value in event.details.items())
    words = f" – {event.words}" if event.words else ""
    words += "".join(
        f"\n    {each.name.replace('_', ' ')}: {one_line(each.before, 200) or '–'} → {one_line(each.after, 200) or '–'}"
        for each in event.changed
    )
    return f"{short_date(event.happened_on)}  {event.past}{f' ({facts})' if facts else ''}, {event.officer}{words}"


def _fact(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "yes" if value is True else str(value)


def _deadline(deadline: DeadlineView) -> str:
    moved = f", first {short_date(deadline.original_due_on)}" if deadline.due_on != deadline.original_due_on else ""
    what = f": {deadline.what}" if deadline.what else ""
    if deadline.state is DeadlineState.OPEN:
        left = deadline.working_days_left or 0
        how = f"{-left} working days late" if left < 0 else "today" if left == 0 else f"{left} working days left"
    elif deadline.met_on is not None:
        how = f"{'done' if deadline.state is DeadlineState.MET else 'done late'} {short_date(deadline.met_on)}"
    else:
        how = str(deadline.state)
    return f"{deadline.owed}{what}: {short_date(deadline.due_on)}, {how}{moved} [{deadline.rule}]"


def _person(page: CasePage, number: int) -> str:
    person = page.people[number]
    name = person.name or ("no name" if person.role != "anonymous" else "anonymous")
    role = f", {person.role}" if person.role else ""
    lines = [f"{person.position} {person.part}: {name}{role}", *(one_line(line, 300) for line in about_person(person))]
    return "\n    ".join(lines)


def _point(page: CasePage, number: int) -> str:
    point = page.points[number]
    category = " > ".join(filter(None, (point.category, point.subcategory)))
    parts = [point.team, point.provider, category, point.theme, one_line(point.text)]
    finding = f" – {findings_in_words(point)}" if point.findings else ""
    return f"{point.position}. {', '.join(filter(None, parts)) or 'not recorded'}{finding}"


def _stage(page: CasePage, number: int) -> str:
    stage = page.stages[number]
    parts = [f"Stage {stage.number} from {short_date(stage.started_on)}"]
    if stage.investigation_started_on:
        parts.append(f"investigation from {short_date(stage.investigation_started_on)} by {stage.investigator or '?'}")
    if stage.draft_received_on:
        parts.append(f"draft received {short_date(stage.draft_received_on)}")
    if stage.draft_checked_on:
        parts.append(f"checked {short_date(stage.draft_checked_on)} by {stage.draft_checked_by}")
    if stage.signed_off_on:
        parts.append(f"signed off {short_date(stage.signed_off_on)} by {stage.signed_off_by}")
    if stage.responded_on:
        parts.append(f"response {short_date(stage.responded_on)} ({stage.working_days_taken} working days)")
    if stage.answered_again_on:
        parts.append(f"further response {short_date(stage.answered_again_on)}")
    parts.append(str(stage.outcome) if stage.outcome else "open")
    return "; ".join(parts)


def _learning(page: CasePage) -> list[str]:
    if not page.learning and page.learning_said:
        return [str(page.learning_said)]
    return [": ".join(filter(None, (each.area, each.text))) for each in page.learning]


def _remedy(page: CasePage, number: int) -> str:
    remedy = page.remedies[number]
    amount = f" £{remedy.amount_pence / 100:,.2f}" if remedy.amount_pence is not None else ""
    what = f": {remedy.text}" if remedy.text else ""
    more = {
        "offered": remedy.offered_on,
        "accepted": remedy.accepted_on,
        "approved by": remedy.approver,
        "budget": remedy.budget_code,
        "agreed with the Ombudsman in approach": remedy.approach,
        "proof:": remedy.proof,
    }
    said = "".join(f", {name} {value}" for name, value in more.items() if value)
    return f"{remedy.position}. {remedy.kind or 'redress'}{amount}{what}{_done(remedy.due_on, remedy.done_on)}{said}"


def _action(page: CasePage, number: int) -> str:
    action = page.actions[number]
    owner = f" ({action.owner})" if action.owner else ""
    learned = f", from learning {action.learning_position}" if action.learning_position else ""
    proof = f", proof: {action.proof}" if action.proof else ""
    return f"{action.position}. {action.text}{owner}{_done(action.due_on, action.done_on)}{learned}{proof}"


def _done(due_on: object, done_on: object) -> str:
    return f", done {done_on}" if done_on else f", due {due_on}" if due_on else ""


def _ombudsman(page: CasePage, number: int) -> str:
    record = page.ombudsman[number]
    known = {
        "first contact": record.first_contact_on,
        "query": record.query_on,
        "answer due": record.query_due_on,
        "answered": record.query_answered_on,
        "received": record.received_on,
        "due": record.due_on,
        "replied": record.responded_on,
        "draft": record.draft_decision_on,
        "comments": record.draft_answered_on,
        "decided": record.decided_on,
        "complied": record.complied_on,
    }
    told = ", ".join(f"{name} {day}" for name, day in known.items() if day)
    words = {
        "reference": record.their_reference,
        "about": record.category,
        "they ask for": record.documents,
        "complaint": record.summary,
        "agreed": record.agreed,
    }
    said = "".join(f"\n{name}: {text}" for name, text in words.items() if text)
    decision = f" – {record.decision}" if record.decision else ""
    return f"{record.position}. {record.status}{f': {told}' if told else ''}{decision}{said}"


def _part(console: Console, title: str, lines: list[str]) -> None:
    if not lines:
        return
    console.print()
    _line(console, title, style="bold")
    for line in lines:
        for piece in safe_text(line).split("\n"):
            _line(console, f"  {piece}")


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Text(safe_text(text), style=style))
