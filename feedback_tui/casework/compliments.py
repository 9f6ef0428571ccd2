"""Verbs for compliments: passing on the thanks, and choosing a quote without names for the report."""

from __future__ import annotations

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import date_problems, refuse_problems, require
from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.enums import StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.inputs.follow_up import Quote, Thanks
from feedback_tui.rules.anonymise import names_in


def thank(actor: Actor, reference: str, given: Thanks, seen: int | None = None) -> StepResult:
    """Records that a compliment was passed on. Raises StepNotAllowed, InvalidInput."""
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.THANK, actor)
        refuse_problems(
            date_problems(
                "on", "The passing on", given.on, actor.today, not_before=case.received_on, before="the receipt"
            )
        )
        case.thanked_on = given.on
        work.record(StepKey.THANK, case, given.on, from_status=case.status, reason=given.words)
    return done(case)


def quote(actor: Actor, reference: str, given: Quote, seen: int | None = None) -> StepResult:
    """Sets a compliment's quote for the report.

    Raises StepNotAllowed; InvalidInput if the quote contains a name of the case.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.QUOTE, actor)
        if given.text == case.quote:
            raise InvalidInput([Problem("text", "The quote stands just so already.")])
        named = () if given.no_name else names_in(given.text, names_of(case))
        if named:
            words = f"It still has {', '.join(named)}, of the names in the case: strike it out, or say that it is none."
            raise InvalidInput([Problem("text", words)])
        case.quote = given.text
        work.record(StepKey.QUOTE, case, actor.today, from_status=case.status)
    return done(case)


def names_of(case: Case) -> tuple[str, ...]:
    """Returns the names of the people in a case."""
    return tuple(party.person.name for party in case.parties if party.person is not None and party.person.name)
