"""Verbs for the people of a case: add, correct, end their part, record a death."""

from __future__ import annotations

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import date_problems, refuse_problems, require
from feedback_tui.casework.errors import InvalidInput, Problem, StepNotAllowed
from feedback_tui.casework.party_queries import name_of, needed_person, number_of, party_at
from feedback_tui.enums import DeadlineKind, DeadlineState, Part, Role, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.inputs.people import Death, NewPerson, PersonCorrection, PersonDetails
from feedback_tui.models.people import Party, Person
from feedback_tui.rules.dates import long_date
from feedback_tui.text import folded

_OF_PERSON = ("name", "contact", "preferred_contact", "safe_contact", "interpreter", "adjustments")
_OF_PARTY = ("role", "relationship", "may_be_told")


def add_person(actor: Actor, reference: str, given: NewPerson, seen: int | None = None) -> StepResult:
    """Adds a customer, complainant or representative, with what they may be told.

    Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.ADD_PERSON, actor)
        problems = date_problems(
            "on", "The date", given.on, actor.today, not_before=case.received_on, before="the receipt"
        )
        if not given.name and given.role is not Role.ANONYMOUS:
            problems.append(Problem("name", "Name the person; someone without a name is anonymous."))
        if given.name and any(_is_there(party, given) for party in case.parties):
            problems.append(
                Problem("name", f"{given.name} is a {given.part} in this case already: correct the person.")
            )
        refuse_problems(problems)
        person = Person() if any(getattr(given, name) for name in _OF_PERSON) else None
        party = Party(
            position=max((party.position for party in case.parties), default=0) + 1, part=given.part, person=person
        )
        _put(party, person, given)
        case.parties.append(party)
        work.record(
            StepKey.ADD_PERSON,
            case,
            given.on,
            from_status=case.status,
            details={"person": number_of(case, party), "part": given.part, "role": given.role},
        )
    return done(case)


def correct_person(actor: Actor, reference: str, given: PersonCorrection, seen: int | None = None) -> StepResult:
    """Corrects a person's details, or ends their part.

    Raises StepNotAllowed; InvalidInput if nothing changes.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.CORRECT_PERSON, actor)
        party = party_at(case, given.position)
        problems = date_problems("on", "The date", given.on, actor.today)
        problems += date_problems(
            "ended_on", "The end of their part", given.ended_on, actor.today, not_before=case.received_on,
            before="the receipt",
        )  # fmt: skip
        changed = _different(party, given)
        if not changed:
            problems.append(Problem("name", f"Nothing is different from what stands there of {name_of(party)}."))
        if not given.name and given.role is not Role.ANONYMOUS and party.person is not None and party.person.name:
            problems.append(Problem("name", "Leave the name: someone without a name is anonymous."))
        refuse_problems(problems)
        if party.person is None and any(getattr(given, name) for name in _OF_PERSON):
            party.person = Person()
        _put(party, party.person, given)
        party.ended_on = given.ended_on
        if given.ended_on is not None:
            _no_consent_needed(case, party)
        work.record(
            StepKey.CORRECT_PERSON,
            case,
            given.on,
            from_status=case.status,
            reason=given.reason,
            details={"person": given.position, "what": changed},
        )
    return done(case)


def record_death(actor: Actor, reference: str, given: Death, seen: int | None = None) -> StepResult:
    """Records a death: the person's part ends unless they are the customer, and awaited consent is cancelled.

    Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.DEATH, actor)
        refuse_problems(date_problems("on", "The death", given.on, actor.today))
        party = party_at(case, given.position)
        person = needed_person(case, party)
        if person.died_on is not None:
            raise StepNotAllowed(
                f"{case.reference} – that {person.name} died on {long_date(person.died_on)} stands there."
            )
        carries_on = _who_carries_on(case, party, given)
        person.died_on = given.on
        for each in case.parties:
            # One person may have two parts, as customer and complainant.
            if each.person is person:
                if each.part is not Part.CUSTOMER and each.ended_on is None:
                    each.ended_on = max(given.on, case.received_on)
                _no_consent_needed(case, each)
                if each.part is Part.CUSTOMER:
                    for other in case.parties:
                        _no_consent_needed(case, other)
        work.record(
            StepKey.DEATH,
            case,
            given.on,
            from_status=case.status,
            reason=given.words,
            details={"person": given.position, "carried_on_by": carries_on and number_of(case, carries_on)},
        )
    return done(case)


def _who_carries_on(case: Case, dead: Party, given: Death) -> Party | None:
    if given.carried_on_by is None:
        return None
    other = party_at(case, given.carried_on_by, "carried_on_by")
    if other.person is dead.person:
        raise InvalidInput([Problem("carried_on_by", "Someone else carries it on: name another person, or none yet.")])
    if other.ended_on is not None or (other.person is not None and other.person.died_on is not None):
        raise InvalidInput([Problem("carried_on_by", f"{name_of(other)} no longer stands in the case.")])
    return other


def _no_consent_needed(case: Case, party: Party) -> None:
    """Cancels the open deadline of consent requested from this party."""
    for deadline in case.deadlines:
        waits = deadline.kind is DeadlineKind.CONSENT and deadline.state is DeadlineState.OPEN
        if waits and deadline.party_id == party.id:
            deadline.state = DeadlineState.CANCELLED


def _is_there(party: Party, given: NewPerson) -> bool:
    named = party.person is not None and folded(party.person.name) == folded(given.name)
    return named and party.part is given.part and party.ended_on is None


def _different(party: Party, given: PersonCorrection) -> list[str]:
    """Returns the names of the fields that would change."""
    person = party.person or Person()
    found = [name for name in _OF_PERSON if (getattr(given, name) or "") != (getattr(person, name) or "")]
    found += [name for name in _OF_PARTY if (getattr(given, name) or "") != (getattr(party, name) or "")]
    return found + (["ended_on"] if given.ended_on != party.ended_on else [])


def _put(party: Party, person: Person | None, given: PersonDetails) -> None:
    for name in _OF_PARTY:
        setattr(party, name, getattr(given, name))
    if person is not None:
        for name in _OF_PERSON:
            setattr(person, name, getattr(given, name))
