"""The verb for the Ombudsman's enquiry, the reply and the decision. The case is not reopened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    date_problems,
    due_problems,
    refuse_problems,
    require,
    settle,
    version_of,
)
from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.casework.log import begin_case
from feedback_tui.enums import (
    CountsFrom,
    DeadlineKind,
    DeadlineState,
    Kind,
    OmbudsmanDecision,
    OmbudsmanStatus,
    Part,
    StepKey,
    Unit,
)
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.inputs.stages import Input, NewCase, OmbudsmanStep, PointInput
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.rules.deadlines import DRAFT_RULE, QUERY_RULE
from feedback_tui.rules.ombudsmen import Ombudsman, TheirWord
from feedback_tui.rules.procedures import Version
from feedback_tui.storage.unit_of_work import UnitOfWork

REPLY_DAYS = 28
"""Calendar days to reply to the Ombudsman's enquiry, unless their letter states another date."""


def ombudsman(actor: Actor, reference: str, given: OmbudsmanStep, seen: int | None = None) -> StepResult:
    """Records an enquiry received, its due date, the reply, or the decision.

    The reply is due on the date in the Ombudsman's letter, else 28 calendar days after receipt, or as many calendar
    days as the procedure has. If a letter stated a date, a later one is an extension, and the first stays on record.
    An enquiry after a decision begins a new record. With `log_anew`, a complaint that the Ombudsman referred back is
    logged as a new case. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.OMBUDSMAN, actor)
        record = record_meant(case, given.record, again=given.received_on is not None)
        word, unknown = _their_word(case, actor, given)
        if word is not None:
            given = given.model_copy(update={"decision": word.recorded_as})
        refuse_problems([*unknown, *_problems(actor, case, record, given)])
        fill_in(record, given, "their_reference", "documents", "category", "summary", "agreed")
        if given.received_on is not None:
            record.received_on = given.received_on
        if given.received_on is not None or given.due_on is not None:
            _owe_reply(case, record, given, actor)
        reply = _reply(case, record)
        if given.responded_on is not None:
            record.responded_on = given.responded_on
            if record.decision is None:
                record.status = OmbudsmanStatus.REPLIED
            if reply is not None:
                settle(reply, given.responded_on)
        if given.decision is not None:
            record.decision, record.decided_on = given.decision, given.decided_on
            own_word = word is not None and word.name.casefold() != word.recorded_as.casefold()
            record.their_decision = word.name if word is not None and own_word else None
            record.status = OmbudsmanStatus.COMPLIED if record.complied_on else OmbudsmanStatus.DECIDED
            for owed in (reply, query_deadline(case, record), draft_deadline(case, record)):
                if owed is not None and owed.state is DeadlineState.OPEN:
                    owed.state = DeadlineState.CANCELLED
        logged = _log_anew(work, actor, case, record) if given.log_anew else None
        work.record(
            StepKey.OMBUDSMAN,
            case,
            given.decided_on or given.responded_on or given.received_on or actor.today,
            from_status=case.status,
            details={
                "received": _iso(given.received_on),
                "due": _iso(record.due_on) if given.received_on or given.due_on else None,
                "replied": _iso(given.responded_on),
                "decided": _iso(given.decided_on),
                "decision": given.decision,
                "their_decision": record.their_decision if given.decision else None,
                "approach": record.position if record.position > 1 else None,
                "logged_anew": logged.reference if logged else None,
            },
        )
    return done(case)


def record_meant(case: Case, position: int | None, *, again: bool) -> OmbudsmanRecord:
    """Returns the approach at `position`; without one, the last.

    Adds a new one if there is none, or if `again` and the last is decided. Raises InvalidInput.
    """
    if position is not None:
        found = next((record for record in case.ombudsman if record.position == position), None)
        if found is None:
            raise InvalidInput([Problem("record", f"{case.reference} has no approach {position} to the Ombudsman.")])
        return found
    if case.ombudsman and not (again and case.ombudsman[-1].decided_on):
        return case.ombudsman[-1]
    return _add_record(case)


def fill_in(row: Any, given: Input, *names: str) -> None:
    """Sets the named columns to the given values; empty values leave the column as it is."""
    for name in names:
        if (value := getattr(given, name)) not in (None, ""):
            setattr(row, name, value)


def came_on(record: OmbudsmanRecord) -> date | None:
    """Returns the first known date of an approach, or None."""
    days = (record.first_contact_on, record.query_on, record.received_on)
    return min((day for day in days if day is not None), default=None)


def _add_record(case: Case) -> OmbudsmanRecord:
    record = OmbudsmanRecord(position=len(case.ombudsman) + 1, status=OmbudsmanStatus.WITH_OMBUDSMAN)
    case.ombudsman.append(record)
    return record


def reply_due(version: Version | None, received_on: date) -> tuple[date, int, str]:
    """Returns the due date of a reply to the Ombudsman, the number of calendar days from receipt, and the source of
    that number."""
    limit = version.limit(DeadlineKind.OMBUDSMAN_REPLY) if version else None
    days = limit.count if limit and limit.count is not None and limit.unit is Unit.CALENDAR_DAYS else REPLY_DAYS
    return received_on + timedelta(days=days), days, limit.source if limit else "Ombudsman: 28 calendar days"


def ombudsman_of(case: Case, actor: Actor) -> Ombudsman | None:
    """Returns the Ombudsman chosen for a case, or the usual one of its procedure; None if there is none."""
    return actor.register.profile.ombudsman_for(case.procedure, case.procedure_version, case.ombudsman_key)


def _counted_reply_of(case: Case, actor: Actor, received_on: date) -> tuple[date, int, str] | None:
    """Returns the same as `reply_due` for a case. For an Ombudsman that was chosen for the case, the days are that
    Ombudsman's; None if none are stated."""
    chosen = ombudsman_of(case, actor) if case.ombudsman_key is not None else None
    if chosen is None:
        return reply_due(version_of(case, actor.register.profile), received_on)
    days = chosen.reply.days
    return None if days is None else (received_on + timedelta(days=days), days, chosen.reply.source)


def _owe_reply(case: Case, record: OmbudsmanRecord, given: OmbudsmanStep, actor: Actor) -> None:
    assert record.received_on is not None
    counted = _counted_reply_of(case, actor, record.received_on)
    due_on, days, source = counted if counted is not None else (given.due_on or record.due_on, 0, "")
    reply = _reply(case, record)
    if reply is None:
        due_on = given.due_on or due_on
        assert due_on is not None  # refused before where neither a letter nor the profile says it
        record.due_on = due_on
        case.deadlines.append(_reply_deadline(record, record.received_on, due_on, days, source))
        return
    if reply.fixed_by_hand:
        reply.counted_from = record.received_on
        reply.due_on = given.due_on or reply.due_on
    else:
        due_on = given.due_on or due_on
        assert due_on is not None
        for name, value in counted_reply(record.received_on, due_on, days, source).items():
            setattr(reply, name, value)
    record.due_on = reply.due_on
    if reply.met_on is not None:
        settle(reply, reply.met_on)


def _reply_deadline(record: OmbudsmanRecord, received_on: date, due_on: date, days: int, source: str) -> Deadline:
    deadline = Deadline(
        kind=DeadlineKind.OMBUDSMAN_REPLY, state=DeadlineState.OPEN, **counted_reply(received_on, due_on, days, source)
    )
    deadline.ombudsman = record
    return deadline


def counted_reply(received_on: date, due_on: date, counted: int, source: str) -> dict[str, Any]:
    """Returns the columns of the deadline for a reply. It is recorded as counted if `due_on` is `counted` calendar days
    after receipt, else as a date from the Ombudsman's letter."""
    days = (due_on - received_on).days
    stated = days != counted
    return {
        "counts_from": CountsFrom.SET if stated else CountsFrom.OMBUDSMAN_ENQUIRY,
        "counted_from": received_on,
        "count": None if stated else days,
        "unit": Unit.FIXED if stated else Unit.CALENDAR_DAYS,
        "rule": "the date their letter states" if stated else f"{days} calendar days from ombudsman enquiry",
        "source": source,
        "fixed_by_hand": stated,
        "original_due_on": due_on,
        "due_on": due_on,
    }


def _reply(case: Case, record: OmbudsmanRecord) -> Deadline | None:
    """Returns the deadline for the reply to the enquiry, or None. Other deadlines of the record are ignored."""
    owed = (deadline for deadline in case.deadlines if deadline.ombudsman is record)
    return next((deadline for deadline in owed if deadline.rule not in (QUERY_RULE, DRAFT_RULE)), None)


def query_deadline(case: Case, record: OmbudsmanRecord) -> Deadline | None:
    """Returns the deadline for the answer to the assessment query, or None."""
    owed = (deadline for deadline in case.deadlines if deadline.ombudsman is record)
    return next((deadline for deadline in owed if deadline.rule == QUERY_RULE), None)


def draft_deadline(case: Case, record: OmbudsmanRecord) -> Deadline | None:
    """Returns the deadline for the comments on the draft decision, or None."""
    owed = (deadline for deadline in case.deadlines if deadline.ombudsman is record)
    return next((deadline for deadline in owed if deadline.rule == DRAFT_RULE), None)


def _their_word(case: Case, actor: Actor, given: OmbudsmanStep) -> tuple[TheirWord | None, list[Problem]]:
    """Returns the decision in the profile for the Ombudsman's own words in `given`, or None, and the problems found."""
    if given.their_decision is None:
        return None, []
    ombudsman = ombudsman_of(case, actor)
    words = ombudsman.decisions.words if ombudsman else ()
    found = next((word for word in words if word.name.casefold() == given.their_decision.casefold()), None)
    if found is None:
        known = ", ".join(word.name for word in words) or "none: give the decision alone"
        name = ombudsman.name if ombudsman else "no Ombudsman"
        said = f"“{given.their_decision}” is not a decision of the {name}: use {known}."
        return None, [Problem("their_decision", said)]
    if given.decision not in (None, found.recorded_as):
        said = f"“{found.name}” is recorded as {found.recorded_as}, not as {given.decision}."
        return None, [Problem("their_decision", said)]
    return found, []


def _log_anew(work: UnitOfWork, actor: Actor, case: Case, record: OmbudsmanRecord) -> Case:
    """Logs the complaint that the Ombudsman referred back, received on the day of their decision."""
    assert record.decided_on is not None
    named = {party.part: party for party in case.parties}
    customer, wrote = named.get(Part.CUSTOMER), named.get(Part.COMPLAINANT)
    new = NewCase(
        kind=Kind.COMPLAINT,
        received_on=record.decided_on,
        channel=case.channel,
        procedure=case.procedure,
        description=record.summary or case.description,
        wanted=case.wanted,
        customer_name=customer.person.name if customer and customer.person else "",
        correspondent_name=wrote.person.name if wrote and wrote.person else "",
        correspondent_role=wrote.role if wrote else None,
        contact=wrote.person.contact if wrote and wrote.person else "",
        officer=case.officer,
        points=tuple(
            PointInput(
                text=point.text,
                team=point.team,
                provider=point.provider,
                category=point.category,
                subcategory=point.subcategory,
                theme=point.theme,
            )
            for point in case.points
        ),
    )
    return begin_case(work, actor, new, {"referred_back_from": case.reference})


def _problems(actor: Actor, case: Case, record: OmbudsmanRecord, given: OmbudsmanStep) -> list[Problem]:
    if given == OmbudsmanStep():
        return [Problem("received_on", "Give what came from the Ombudsman, or went to them: a date at least.")]
    received = given.received_on or record.received_on
    came = received or came_on(record)
    replied = given.responded_on or record.responded_on
    problems = date_problems(
        "received_on", "The enquiry", given.received_on, actor.today, not_before=case.received_on, before="the receipt"
    )
    problems += due_problems("received_on", "The enquiry", given.received_on, actor)
    problems += date_problems(
        "responded_on", "The reply", given.responded_on, actor.today, not_before=received, before="the enquiry"
    )
    problems += date_problems(
        "decided_on",
        "The decision",
        given.decided_on,
        actor.today,
        not_before=replied or came,
        before="the reply" if replied else "the enquiry" if received else "they first wrote",
    )
    problems += due_problems("due_on", "The date their letter states", given.due_on, actor)
    if given.due_on is not None and received is not None and given.due_on < received:
        problems.append(Problem("due_on", "The date their letter states is before it was received."))
    if came is None or (received is None and (given.responded_on or given.due_on)):
        problems.append(
            Problem(
                "received_on",
                "Give the day their enquiry was received first; for a decision that came unasked, the day it came.",
            )
        )
    counts = given.received_on is not None and given.due_on is None and record.due_on is None
    if counts and received is not None and _counted_reply_of(case, actor, received) is None:
        problems.append(Problem("due_on", "Give the date that their letter states: this Ombudsman states no days."))
    if (given.decision is None) != (given.decided_on is None):
        problems.append(Problem("decision", "A decision has its date, and the date its decision: give both."))
    if given.log_anew and (given.decision or record.decision) is not OmbudsmanDecision.REFERRED_BACK:
        problems.append(Problem("log_anew", "Only what the Ombudsman referred back is logged anew."))
    return problems


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
