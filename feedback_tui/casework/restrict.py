"""Who may open a case; and the documents that stand elsewhere, noted on it."""

from __future__ import annotations

from feedback_tui.casework.duty import Done, Duty, done, find_case
from feedback_tui.casework.obligations import date_problems, refuse_problems, require
from feedback_tui.casework.refusals import Problem
from feedback_tui.models.case import Case
from feedback_tui.models.contact import Attachment
from feedback_tui.models.ways_steps import Document, Restriction
from feedback_tui.rules.restriction import named
from feedback_tui.words import StepKey

LONGEST = 400
"""Characters of all names together."""


def restrict(duty: Duty, reference: str, given: Restriction, seen: int | None = None) -> Done:
    """Lets only the officers named open a case, in every list and reader; without names, everyone again.

    The officer who has it must be among them. Raises Refused, BadInput.
    """
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.RESTRICT, duty)
        refuse_problems(_problems(duty, case, given))
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


def attach(duty: Duty, reference: str, given: Document, seen: int | None = None) -> Done:
    """Notes a document by its path or number: no file is taken in. Raises Refused, BadInput."""
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.ATTACH, duty)
        problems = date_problems("on", "The date", given.on, duty.today)
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


def _problems(duty: Duty, case: Case, given: Restriction) -> list[Problem]:
    problems = date_problems("on", "The date", given.on, duty.today, not_before=case.received_on, before="the receipt")
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
