"""Compliments: thanks passed on to whom they praise, and their words for the report, without anyone's name."""

from __future__ import annotations

from feedback_tui.casework.duty import Done, Duty, done, find_case
from feedback_tui.casework.obligations import date_problems, refuse_problems, require
from feedback_tui.casework.refusals import BadInput, Problem
from feedback_tui.models.case import Case
from feedback_tui.models.following_steps import Quote, Thanks
from feedback_tui.rules.anonymous import names_in
from feedback_tui.words import StepKey


def thank(duty: Duty, reference: str, given: Thanks, seen: int | None = None) -> Done:
    """Records that a compliment was passed on. Raises Refused, BadInput."""
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.THANK, duty)
        refuse_problems(
            date_problems(
                "on", "The passing on", given.on, duty.today, not_before=case.received_on, before="the receipt"
            )
        )
        case.thanked_on = given.on
        work.record(StepKey.THANK, case, given.on, from_status=case.status, reason=given.words)
    return done(case)


def quote(duty: Duty, reference: str, given: Quote, seen: int | None = None) -> Done:
    """Writes a compliment's words for the report; a name of the case in them is refused. Raises Refused, BadInput."""
    with duty.work() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.QUOTE, duty)
        if given.text == case.quote:
            raise BadInput([Problem("text", "The quote stands just so already.")])
        named = () if given.no_name else names_in(given.text, names_of(case))
        if named:
            words = f"It still has {', '.join(named)}, of the names in the case: strike it out, or say that it is none."
            raise BadInput([Problem("text", words)])
        case.quote = given.text
        work.record(StepKey.QUOTE, case, duty.today, from_status=case.status)
    return done(case)


def names_of(case: Case) -> tuple[str, ...]:
    """The names that stand in a case."""
    return tuple(party.person.name for party in case.parties if party.person is not None and party.person.name)
