"""Records on which basis a person may complain and be told (reg 5): consent requested, chased, received or refused, or
another basis.

It does not change the deadline of the acknowledgement or the six months. An aim counted from consent starts with it.
"""

from __future__ import annotations

from datetime import date

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    cause_deadlines,
    consent_deadline,
    date_problems,
    due_problems,
    laws_of_case,
    refuse_problems,
    require,
    settle,
)
from feedback_tui.casework.errors import Problem
from feedback_tui.casework.party_queries import name_of, party_at
from feedback_tui.enums import Authority, DeadlineKind, DeadlineState, Part, Role, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.inputs.people import AuthorityInput
from feedback_tui.models.people import Party
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.laws import cited

A = Authority
_ANSWERS = (A.CONSENT_RECEIVED, A.CONSENT_REFUSED)
_WITH_GROUNDS = (A.LACKS_CAPACITY, A.PARENT, A.FOR_A_CHILD)
"""Bases whose grounds are recorded: that the representative acts in the person's best interests, and for a child, why
the child does not complain (2009 Regulations, reg 5(3) and (4); read second-hand)."""
_CHILD = (A.PARENT, A.FOR_A_CHILD)
_JUDGED = (A.CUSTOMER_HAS_DIED, *_WITH_GROUNDS)
"""Bases on which the council decides whether the representative is suitable (2009 Regulations, reg 5)."""
_OF_ROLE = {A.MP_FOR_CONSTITUENT: (Role.MP, "an MP"), A.COUNCILLOR_FOR_CONSTITUENT: (Role.COUNCILLOR, "a councillor")}
"""Bases of elected representatives, who need no written consent of the constituent."""


def record_authority(actor: Actor, reference: str, given: AuthorityInput, seen: int | None = None) -> StepResult:
    """Records the authority of one person.

    Requested consent gets a deadline; a second request is a chase, and may set a later date. A person who is not
    suitable leaves the case. Raises StepNotAllowed; InvalidInput for a basis that does not fit the person, a missing
    reason, or a wrong date.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.AUTHORITY, actor)
        party = party_at(case, given.position)
        waiting = awaited_consent(case, party)
        due_on = given.due_on
        if due_on is None and waiting is None:
            due_on = proposed_consent_date(actor, given.on)
        refuse_problems(_problems(actor, case, party, given, waiting, due_on))
        chased = given.authority is A.CONSENT_REQUESTED and waiting is not None
        if given.authority is A.CONSENT_REQUESTED:
            _ask(case, party, given.on, due_on, waiting)
        elif waiting is not None and given.authority in _ANSWERS:
            settle(waiting, given.on)
        elif waiting is not None:
            waiting.state = DeadlineState.CANCELLED
        if not chased:
            party.authority, party.authority_on = given.authority, given.on
        party.authority_words = given.words or party.authority_words
        party.relationship = given.relationship or party.relationship
        party.may_be_told = given.may_be_told or party.may_be_told
        if given.suitable is False:
            party.ended_on, party.refusal_told_on = given.on, given.told_on
        cause_deadlines(case, actor)
        work.record(
            StepKey.AUTHORITY,
            case,
            given.on,
            from_status=case.status,
            details={
                "person": given.position,
                "authority": given.authority,
                "chased": chased or None,
                "due": due_on.isoformat() if due_on and given.authority is A.CONSENT_REQUESTED else None,
                "suitable": None if given.suitable is None else "yes" if given.suitable else "no",
                "told": given.told_on.isoformat() if given.suitable is False and given.told_on else None,
            },
        )
    return done(case)


def awaited_consent(case: Case, party: Party) -> Deadline | None:
    """Returns the open deadline of consent requested from this party, or None."""
    for deadline in case.deadlines:
        awaited = deadline.kind is DeadlineKind.CONSENT and deadline.state is DeadlineState.OPEN
        if awaited and deadline.party is party:
            return deadline
    return None


def proposed_consent_date(actor: Actor, asked_on: date) -> date | None:
    """Returns the date proposed for consent requested on `asked_on`: the profile's number of working days later; None
    if the profile has none."""
    days = actor.register.profile.usual.consent_days
    return None if days is None else actor.register.calendar.add(asked_on, days)


def _ask(case: Case, party: Party, on: date, due_on: date | None, waiting: Deadline | None) -> None:
    if waiting is None:
        assert due_on is not None, "asked for above"
        case.deadlines.append(consent_deadline(party, on, due_on))
    elif due_on is not None:
        waiting.due_on = due_on


def _problems(
    actor: Actor, case: Case, party: Party, given: AuthorityInput, waiting: Deadline | None, due_on: date | None
) -> list[Problem]:
    who = name_of(party)
    by_law = cited("reg 5", laws_of_case(case, actor.register.profile))
    problems = date_problems("on", "The date", given.on, actor.today, not_before=case.received_on, before="the receipt")
    if party.ended_on is not None:
        problems.append(Problem("position", f"{who} left the case on {long_date(party.ended_on)}."))
    if party.person is not None and party.person.died_on is not None:
        problems.append(Problem("position", f"{who} died on {long_date(party.person.died_on)}."))
    if why := _not_theirs(party, given.authority):
        problems.append(Problem("authority", why))
    if given.authority is A.CONSENT_REQUESTED:
        problems += _asking_problems(actor, given, waiting, due_on)
    if given.authority is A.CONSENT_REFUSED and not given.words:
        problems.append(Problem("words", f"A refusal is written, with reasons{by_law}: write them."))
    if given.authority in _JUDGED and given.suitable is None:
        problems.append(
            Problem("suitable", f"Say whether {who} is suitable to act in the customer's interest{by_law}.")
        )
    if given.suitable is False:
        problems += _refusal_problems(actor, case, given, who, by_law)
    elif given.authority in _WITH_GROUNDS and not (given.words or party.authority_words):
        child = ", and why they complain rather than the child" if given.authority in _CHILD else ""
        grounds = f"Write the grounds{by_law}: that {who} acts in the customer's best interests{child}."
        problems.append(Problem("words", grounds))
    if given.authority is A.CUSTOMER_HAS_DIED and not (given.relationship or party.relationship):
        problems.append(Problem("relationship", "Say who they are to the customer: executor, daughter."))
    return problems


def _refusal_problems(actor: Actor, case: Case, given: AuthorityInput, who: str, by_law: str) -> list[Problem]:
    """Returns what is missing of the written refusal of a representative."""
    problems = date_problems(
        "told_on", "The telling", given.told_on, actor.today, not_before=case.received_on, before="the receipt"
    )
    if not given.words:
        problems.append(Problem("words", f"Say in writing why {who} is not suitable{by_law}."))
    if given.told_on is None:
        problems.append(Problem("told_on", f"Give the day on which {who} was told in writing{by_law}."))
    return problems


def _asking_problems(
    actor: Actor, given: AuthorityInput, waiting: Deadline | None, due_on: date | None
) -> list[Problem]:
    if due_on is None and waiting is None:
        return [Problem("due_on", "Say by when consent is to be back.")]
    problems = due_problems("due_on", "The date for consent", due_on, actor)
    if due_on is not None and due_on <= given.on:
        problems.append(Problem("due_on", f"Consent would be due ({long_date(due_on)}) by the day it is asked for."))
    if waiting is not None and due_on is not None and due_on < waiting.original_due_on:
        problems.append(
            Problem(
                "due_on", f"It was due back by {long_date(waiting.original_due_on)}: a chase gives that date or more."
            )
        )
    if waiting is not None and given.on < waiting.counted_from:
        problems.append(Problem("on", f"Consent was first asked for on {long_date(waiting.counted_from)}."))
    return problems


def _not_theirs(party: Party, authority: Authority) -> str | None:
    """Returns why the person cannot have this authority, or None."""
    who = name_of(party)
    is_customer = party.part is Part.CUSTOMER or party.role is Role.CUSTOMER
    if is_customer and authority is not A.OWN_COMPLAINT:
        return f"{who} is the customer: theirs is their own complaint."
    if authority is A.OWN_COMPLAINT and not is_customer:
        return f"{who} is not the customer: say “{A.AFFECTED}”, or by which right they act for the customer."
    if (of_role := _OF_ROLE.get(authority)) is not None and party.role is not of_role[0]:
        return f"{who} is not {of_role[1]}: only {of_role[1]} needs no written consent so for a constituent."
    return None
