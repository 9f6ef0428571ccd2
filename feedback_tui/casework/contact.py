"""Verbs for contacts, letters and the next update."""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    date_problems,
    due_problems,
    fixed_deadline,
    laws_of_case,
    meet,
    refuse_problems,
    require,
)
from feedback_tui.casework.errors import Problem, StepNotAllowed
from feedback_tui.casework.missed_aims import told_how_it_stands, told_of_delay
from feedback_tui.enums import Contact as Kind
from feedback_tui.enums import DeadlineKind, DeadlineState, Role, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.contact import Contact
from feedback_tui.models.inputs.contact import ContactInput, LetterInput, NextUpdate
from feedback_tui.models.people import Party
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.laws import cited
from feedback_tui.rules.letters import UnknownLetter, missing_in

LETTERS_OUT = (Kind.LETTER_TO, Kind.HOLDING_LETTER, Kind.FINAL_NOTICE)
REACHING = (*LETTERS_OUT, Kind.CALL_TO)
"""Contacts that go out to a person; refused for someone who has died."""
RECORD_LETTER = "acknowledgement-record"
"""The letter that sends the written record of an oral complaint (2009 Regulations, reg 13(2))."""
REFUSAL_OF_REPRESENTATIVE = "representative-refused"
"""The letter to one who is not accepted as a representative: it goes to them though they have left the case."""
NEXT_UPDATE_RULE = "next update promised"


def contact(actor: Actor, reference: str, given: ContactInput, seen: int | None = None) -> StepResult:
    """Logs a contact, or a failed attempt, on a case in any state.

    A holding letter (reg 14), or a contact in which they were told how the case stands, meets the update that was due;
    `next_update_on` sets the next. Raises StepNotAllowed; InvalidInput for a wrong date, a holding letter without text,
    or a person who has died or left the case.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.CONTACT, actor)
        party, problems = _whom(case, given.person, given.kind, given.on)
        problems += _contact_problems(actor, case, given)
        if given.kind is Kind.HOLDING_LETTER and not given.words:
            rule = cited("reg 14", laws_of_case(case, actor.register.profile))
            problems.append(Problem("words", f"Write what the letter says: why it takes longer{rule}."))
        if given.kind is Kind.FAILED_TRY and (given.told or given.next_update_on):
            problems.append(Problem("kind", "Nobody was reached: they cannot have been told anything."))
        refuse_problems(problems)
        row = Contact(
            position=len(case.contacts) + 1,
            contacted_on=given.on,
            kind=given.kind,
            channel=given.channel,
            party_id=party.id if party else None,
            text=given.words,
        )
        case.contacts.append(row)
        _update_told(case, given, told=given.told or given.kind is Kind.HOLDING_LETTER)
        if given.kind is Kind.HOLDING_LETTER:
            told_of_delay(case, given.on)
        elif given.told:
            told_how_it_stands(case, given.on, actor)
        work.record(
            StepKey.CONTACT,
            case,
            given.on,
            from_status=case.status,
            details={
                "kind": given.kind,
                "channel": given.channel,
                "with": party.part if party else None,
                "told_how_it_stands": given.told or None,
                "next_update": _iso(given.next_update_on),
            },
        )
    return done(case)


def letter(actor: Actor, reference: str, given: LetterInput, seen: int | None = None) -> StepResult:
    """Records a letter as it was sent, with its full text, as a contact.

    Raises StepNotAllowed, also for a letter that the profile does not have; InvalidInput for unfilled places in the
    text, a person who has died or left the case, or one with a safe way of contact unless the letter is confirmed as
    safe.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.LETTER, actor)
        try:
            template = actor.register.profile.letter(given.key)
        except UnknownLetter as error:
            raise StepNotAllowed(f"{case.reference} – {error}.") from None
        refusing = template.key.casefold() == REFUSAL_OF_REPRESENTATIVE
        party, problems = _whom(case, given.person, template.contact, given.on, safe=given.safe, refusing=refusing)
        problems += _contact_problems(actor, case, given)
        if not given.text:
            problems.append(Problem("text", "The letter is empty: write it first."))
        if gaps := missing_in(given.text):
            problems.append(
                Problem("text", f"The letter still lacks {', '.join(gaps)}: write it in, or take the place out.")
            )
        refuse_problems(problems)
        row = Contact(
            position=len(case.contacts) + 1,
            contacted_on=given.on,
            kind=template.contact,
            channel=given.channel,
            party_id=party.id if party else None,
            letter=template.key,
            text=given.text,
        )
        case.contacts.append(row)
        if template.key.casefold() == RECORD_LETTER:
            case.record_sent_on = case.record_sent_on or given.on
        _update_told(case, given, told=template.contact is Kind.HOLDING_LETTER)
        if template.contact is Kind.HOLDING_LETTER:
            told_of_delay(case, given.on)
        work.record(
            StepKey.LETTER,
            case,
            given.on,
            from_status=case.status,
            details={
                "letter": template.key,
                "kind": template.contact,
                "channel": given.channel,
                "to": party.part if party else None,
                "next_update": _iso(given.next_update_on),
            },
        )
    return done(case)


def next_update(actor: Actor, reference: str, given: NextUpdate, seen: int | None = None) -> StepResult:
    """Sets the date of the next update to the complainant; an earlier date stays on record as superseded.

    Raises StepNotAllowed; InvalidInput for a date not after today, or if an overdue update is put off without a reason.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.NEXT_UPDATE, actor)
        problems = _next_problems(actor, case, given.to, actor.today, "to")
        owed = _update_owed(case)
        if owed is not None and owed < actor.today and not given.reason:
            problems.append(
                Problem("reason", f"They were to hear by {long_date(owed)}: give the reason why it is put off.")
            )
        if owed == given.to:
            problems.append(Problem("to", f"They hear by {long_date(given.to)} already."))
        refuse_problems(problems)
        for deadline in case.deadlines:
            if deadline.kind is DeadlineKind.NEXT_UPDATE and deadline.state is DeadlineState.OPEN:
                deadline.state = DeadlineState.SUPERSEDED
        _owe_update(case, given.to, actor.today)
        work.record(
            StepKey.NEXT_UPDATE,
            case,
            actor.today,
            from_status=case.status,
            reason=given.reason,
            details={"from": _iso(owed), "to": given.to.isoformat()},
        )
    return done(case)


def _whom(
    case: Case, number: int | None, kind: Kind, on: date, *, safe: bool = True, refusing: bool = False
) -> tuple[Party | None, list[Problem]]:
    """Returns the person with this number (None for no number or an unknown one), and why they cannot be contacted in
    this way: at most one problem."""
    if number is None:
        return None, []
    count = len(case.parties)
    party = case.parties[number - 1] if number <= count else None
    if party is None:
        upto = f"they are numbered 1 to {count}" if count else "no one is named in it"
        return None, [Problem("person", f"{case.reference} has no person {number}: {upto}.")]
    person, name = party.person, party.person.name if party.person else str(party.part)
    if kind not in REACHING:
        return party, []
    if person is not None and person.died_on is not None and person.died_on <= on:
        words = f"{name} died on {long_date(person.died_on)}: letters to them have stopped. Who carries it on?"
        return party, [Problem("person", words)]
    told_so = refusing and party.refusal_told_on is not None
    if party.ended_on is not None and party.ended_on <= on and not told_so:
        words = f"{name} has had no part in the case since {long_date(party.ended_on)}: choose who it goes to now."
        return party, [Problem("person", words)]
    if kind in LETTERS_OUT and party.role is Role.ANONYMOUS:
        return party, [Problem("person", "They are anonymous: there is no one to write to.")]
    if kind in LETTERS_OUT and person is not None and person.safe_contact and not safe:
        words = f"How {name} can be reached safely: “{person.safe_contact}”. Say that this letter is safe, or call."
        return party, [Problem("safe", words)]
    return party, []


def _contact_problems(actor: Actor, case: Case, given: ContactInput | LetterInput) -> list[Problem]:
    problems = date_problems(
        "on", "The contact", given.on, actor.today, not_before=case.received_on, before="the receipt"
    )
    if given.next_update_on is not None:
        problems += _next_problems(actor, case, given.next_update_on, given.on, "next_update_on")
    return problems


def _next_problems(actor: Actor, case: Case, due_on: date, after: date, field: str) -> list[Problem]:
    problems = due_problems(field, "The next update", due_on, actor)
    if not case.status.is_open:
        problems.append(Problem(field, f"The case is {case.status}: no one waits for news of it."))
    if due_on < max(after, actor.today) or due_on == after:
        problems.append(Problem(field, f"They hear next after {long_date(max(after, actor.today))}: give a later day."))
    return problems


def _update_told(case: Case, given: ContactInput | LetterInput, *, told: bool) -> None:
    """Meets the update that was due if they were told or a next one is set, and adds the deadline of the next."""
    if told or given.next_update_on is not None:
        meet(case, (DeadlineKind.NEXT_UPDATE,), given.on)
    if given.next_update_on is not None:
        _owe_update(case, given.next_update_on, given.on)


def _owe_update(case: Case, due_on: date, set_on: date) -> None:
    case.deadlines.append(fixed_deadline(DeadlineKind.NEXT_UPDATE, due_on, set_on, NEXT_UPDATE_RULE, case.stage_number))


def _update_owed(case: Case) -> date | None:
    owed = [row for row in case.deadlines if row.kind is DeadlineKind.NEXT_UPDATE and row.state is DeadlineState.OPEN]
    return min((row.due_on for row in owed), default=None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
