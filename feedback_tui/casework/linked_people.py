"""Verbs that link the records of one person in several cases, and limit contact with a person."""

from __future__ import annotations

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import (
    date_problems,
    due_problems,
    fixed_deadline,
    refuse_problems,
    require,
    settle,
)
from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.casework.party_queries import name_of, needed_person, numbered, party_at, same_people
from feedback_tui.enums import DeadlineKind, DeadlineState, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.inputs.people import Apart, Limits, SamePerson
from feedback_tui.models.people import Party, Person
from feedback_tui.rules.dates import long_date
from feedback_tui.text import folded


def mark_same(actor: Actor, reference: str, given: SamePerson, seen: int | None = None) -> StepResult:
    """Marks a person of this case and one of another case as the same. Both records stay separate.

    Earlier cases are then found under both names. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.SAME_PERSON, actor)
        refuse_problems(date_problems("on", "The date", given.on, actor.today))
        person = needed_person(case, party_at(case, given.position))
        other_case = find_case(work, given.reference)
        if other_case is case:
            raise InvalidInput([Problem("reference", f"{case.reference} is this case: name the other one.")])
        other = _other(other_case, person, given)
        assert person.id is not None
        assert other.id is not None
        if person.id == other.id or other.id in same_people(work.session, [person.id]):
            raise InvalidInput(
                [Problem("reference", f"They are marked as one already, on {other_case.reference} too.")]
            )
        if person.same_as_id is not None:
            raise InvalidInput(
                [Problem("position", f"{person.name} is marked as one with another: mark the two as two first.")]
            )
        person.same_as_id = other.id
        work.record(
            StepKey.SAME_PERSON,
            case,
            given.on,
            from_status=case.status,
            details={"person": given.position, "other": other_case.reference},
        )
    return done(case)


def mark_apart(actor: Actor, reference: str, given: Apart, seen: int | None = None) -> StepResult:
    """Removes the mark that a person is the same as another. Raises StepNotAllowed, InvalidInput."""
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.APART, actor)
        problems = date_problems("on", "The date", given.on, actor.today)
        party = party_at(case, given.position)
        if party.person is None or party.person.same_as_id is None:
            problems.append(Problem("position", f"{name_of(party)} is not marked as one with anyone."))
        refuse_problems(problems)
        assert party.person is not None
        party.person.same_as_id = None
        work.record(
            StepKey.APART,
            case,
            given.on,
            from_status=case.status,
            reason=given.reason,
            details={"person": given.position},
        )
    return done(case)


def limit_contact(actor: Actor, reference: str, given: Limits, seen: int | None = None) -> StepResult:
    """Records a step of the procedure for unreasonably persistent complainants with its review date, or its end.

    The review stays owed after the case is closed. Raises StepNotAllowed; InvalidInput without a reason or a review
    date.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.PERSISTENCE, actor)
        party = party_at(case, given.position)
        person = needed_person(case, party)
        refuse_problems(_limit_problems(actor, case, person, given))
        for deadline in _reviews(case, party):
            settle(deadline, given.on)
        person.persistence, person.persistence_on = given.step, given.on if given.step else None
        person.persistence_reason = given.reason if given.step else ""
        person.persistence_review_on = given.review_on if given.step else None
        if given.step is not None and given.review_on is not None:
            deadline = fixed_deadline(DeadlineKind.PERSISTENCE_REVIEW, given.review_on, given.on, str(given.step))
            deadline.party = party
            case.deadlines.append(deadline)
        work.record(
            StepKey.PERSISTENCE,
            case,
            given.on,
            from_status=case.status,
            reason=given.reason,
            details={
                "person": given.position,
                "step": given.step or "ended",
                "review": given.review_on.isoformat() if given.step and given.review_on else None,
            },
        )
    return done(case)


def _other(other_case: Case, person: Person, given: SamePerson) -> Person:
    """Returns the person of the other case: by number, else by the same name, else the only one.
    Raises InvalidInput."""
    if given.other_position is not None:
        return needed_person(other_case, party_at(other_case, given.other_position, "other_position"))
    people = {id(party.person): party.person for party in other_case.parties if party.person and party.person.name}
    same_name = [each for each in people.values() if folded(each.name) == folded(person.name)]
    found = same_name or list(people.values())
    if len(found) == 1:
        return found[0]
    raise InvalidInput([Problem("other_position", f"Say who it is on {other_case.reference}: {numbered(other_case)}.")])


def _limit_problems(actor: Actor, case: Case, person: Person, given: Limits) -> list[Problem]:
    problems = date_problems("on", "The date", given.on, actor.today, not_before=case.received_on, before="the receipt")
    if not given.reason:
        problems.append(Problem("reason", "Give the reason: it is told to them in writing."))
    if given.step is None:
        if person.persistence is None:
            problems.append(Problem("step", f"There are no limits on contact with {person.name} to end."))
        return problems
    if given.review_on is None:
        problems.append(Problem("review_on", "Say when it is looked at again: no limit stands without a review."))
    elif given.review_on <= given.on:
        problems.append(Problem("review_on", f"Look at it again after {long_date(given.on)}, the day it begins."))
    problems += due_problems("review_on", "The review", given.review_on, actor)
    if person.persistence_on is not None and given.on < person.persistence_on:
        problems.append(Problem("on", f"That is before the {person.persistence} ({long_date(person.persistence_on)})."))
    return problems


def _reviews(case: Case, party: Party) -> list[Deadline]:
    return [
        deadline
        for deadline in case.deadlines
        if deadline.kind is DeadlineKind.PERSISTENCE_REVIEW
        and deadline.state is DeadlineState.OPEN
        and deadline.party is not None
        and deadline.party.person is party.person
    ]
