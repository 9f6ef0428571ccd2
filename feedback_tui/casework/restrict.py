"""Verbs that restrict who may open a case, and note documents kept elsewhere."""

from __future__ import annotations

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import date_problems, refuse_problems, require
from feedback_tui.casework.errors import Problem
from feedback_tui.enums import StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.contact import Attachment
from feedback_tui.models.inputs.early_closure import Document, Restriction
from feedback_tui.rules.restricted_access import named

LONGEST = 400
"""The most characters of all names together."""


def restrict(actor: Actor, reference: str, given: Restriction, seen: int | None = None) -> StepResult:
    """Restricts a case to the officers named, in all lists and reports; without names, lifts the restriction.

    The case's own officer must be among them. Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.RESTRICT, actor)
        refuse_problems(_problems(actor, case, given))
        before = len(named(case.restricted_to))
        case.restricted_to = ";".join(given.officers) or None
        work.record(
            StepKey.RESTRICT,
            case,
            given.on,
            from_status=case.status,
            reason=given.reason,
            details={"to": list(given.officers) or "everyone again", "before": before or None},
        )
    return done(case)


def attach(actor: Actor, reference: str, given: Document, seen: int | None = None) -> StepResult:
    """Notes a document by its path or number; the file itself is not stored. Raises StepNotAllowed, InvalidInput."""
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.ATTACH, actor)
        problems = date_problems("on", "The date", given.on, actor.today)
        if not given.what:
            problems.append(Problem("what", "Say what it is: the letter of complaint, the care plan."))
        if not given.place:
            problems.append(Problem("place", "Say where it stands: its path, or its number in the document system."))
        if given.place and any(each.place == given.place for each in case.attachments):
            problems.append(Problem("place", "That document is noted already."))
        refuse_problems(problems)
        position = max((each.position for each in case.attachments), default=0) + 1
        case.attachments.append(Attachment(position=position, what=given.what, place=given.place, noted_on=given.on))
        work.record(StepKey.ATTACH, case, given.on, from_status=case.status, details={"document": position})
    return done(case)


def _problems(actor: Actor, case: Case, given: Restriction) -> list[Problem]:
    problems = date_problems("on", "The date", given.on, actor.today, not_before=case.received_on, before="the receipt")
    if not given.reason:
        problems.append(Problem("reason", "Give the reason: who must not see it, and why."))
    if not given.officers and case.restricted_to is None:
        problems.append(Problem("officers", "Name the officers who alone may open it."))
    names = [name.casefold() for name in given.officers]
    if given.officers and [name.casefold() for name in named(case.restricted_to)] == names:
        problems.append(Problem("officers", "It is restricted to these already."))
    if given.officers and case.officer and case.officer.casefold() not in names:
        problems.append(Problem("officers", f"{case.officer} has the case: name them too, or hand it over first."))
    if len(";".join(given.officers)) > LONGEST:
        problems.append(Problem("officers", f"These names have more than {LONGEST} characters together: name fewer."))
    return problems
