"""The verb for redress at any time: what it is, what it costs, who approved it, and its progress."""

from __future__ import annotations

from datetime import date

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
from feedback_tui.casework.ombudsman import fill_in
from feedback_tui.enums import DeadlineKind, DeadlineState, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.deadline import Deadline
from feedback_tui.models.inputs.follow_up import RedressInput
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.models.redress import Action, Remedy
from feedback_tui.rules.dates import long_date

PAYMENT = "payment"


def redress(actor: Actor, reference: str, given: RedressInput, seen: int | None = None) -> StepResult:
    """Adds redress, or records its progress: offered, accepted, due, done.

    A payment needs an amount. Redress agreed with the Ombudsman names the approach. Raises StepNotAllowed,
    InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.REDRESS, actor)
        remedy = _remedy(case, given)
        record = _record(case, given)
        refuse_problems(_problems(actor, case, remedy, given))
        columns = ("kind", "text", "due_on", "offered_on", "accepted_on", "approver", "budget_code", "done_on", "proof")
        fill_in(remedy, given, *columns)
        if given.amount is not None:
            remedy.amount_pence = int(given.amount * 100)
        if remedy not in case.remedies:
            case.remedies.append(remedy)
        if record is not None:
            remedy.ombudsman_id = record.id
        owe(case, DeadlineKind.REMEDY, remedy, given.on)
        work.record(
            StepKey.REDRESS,
            case,
            given.on,
            from_status=case.status,
            details={
                "number": remedy.position,
                "redress": remedy.kind,
                "changed": given.position is not None or None,
                "approach": record.position if record else None,
            },
        )
    return done(case)


def owe(case: Case, kind: DeadlineKind, owed: Remedy | Action, on: date) -> None:
    """Updates the deadline of an action or redress to its current dates: added, moved, or settled."""
    found = next((row for row in case.deadlines if owed in (row.action, row.remedy)), None)
    if found is None and owed.due_on is not None:
        found = _deadline(kind, owed, on)
        case.deadlines.append(found)
    if found is None:
        return
    if owed.due_on is not None and owed.due_on != found.due_on:
        # A later date keeps the first as the original; an earlier one is a stricter promise, and becomes the original.
        found.original_due_on, found.due_on = min(found.original_due_on, owed.due_on), owed.due_on
    if owed.done_on is not None and (found.state is DeadlineState.OPEN or found.met_on is not None):
        settle(found, owed.done_on)


def _deadline(kind: DeadlineKind, owed: Remedy | Action, on: date) -> Deadline:
    assert owed.due_on is not None
    if isinstance(owed, Action):
        made = fixed_deadline(kind, owed.due_on, on, "action agreed")
        made.action = owed
    else:
        made = fixed_deadline(kind, owed.due_on, on, "redress agreed")
        made.remedy = owed
    return made


def _remedy(case: Case, given: RedressInput) -> Remedy:
    """Returns the redress at the given position, or a new one not yet added to the case. Raises InvalidInput."""
    if given.position is None:
        return Remedy(position=max((each.position for each in case.remedies), default=0) + 1)
    found = next((each for each in case.remedies if each.position == given.position), None)
    if found is None:
        raise InvalidInput([Problem("position", f"{case.reference} has no redress {given.position}.")])
    return found


def _record(case: Case, given: RedressInput) -> OmbudsmanRecord | None:
    if given.ombudsman is None:
        return None
    found = next((each for each in case.ombudsman if each.position == given.ombudsman), None)
    if found is None:
        raise InvalidInput(
            [Problem("ombudsman", f"{case.reference} has no approach {given.ombudsman} to the Ombudsman.")]
        )
    return found


def _problems(actor: Actor, case: Case, remedy: Remedy, given: RedressInput) -> list[Problem]:
    kind = given.kind or remedy.kind
    amount = given.amount if given.amount is not None else remedy.amount_pence
    offered, accepted = given.offered_on or remedy.offered_on, given.accepted_on or remedy.accepted_on
    problems = date_problems(
        "on", "The redress", given.on, actor.today, not_before=case.received_on, before="the receipt"
    )
    if kind is None:
        problems.append(Problem("kind", "Say what the redress is: an apology, a payment, a reassessment."))
    if (kind or "").casefold() == PAYMENT and not amount:
        problems.append(Problem("amount", "A payment needs its amount in pounds."))
    if given.position is not None and given == RedressInput(on=given.on, position=given.position):
        problems.append(Problem("position", "Say what has become of it: offered, accepted, done, or another date."))
    for field, what, day in (("offered_on", "The offer", offered), ("done_on", "The redress", given.done_on)):
        problems += date_problems(field, what, day, actor.today, not_before=case.received_on, before="the receipt")
    problems += date_problems(
        "accepted_on",
        "The acceptance",
        accepted,
        actor.today,
        not_before=offered or case.received_on,
        before="the offer" if offered else "the receipt",
    )
    problems += due_problems("due_on", "The redress's date", given.due_on, actor)
    if given.due_on is not None and given.due_on < case.received_on:
        problems.append(
            Problem("due_on", f"The redress's date ({long_date(given.due_on)}) is before the receipt of the case.")
        )
    if given.proof and not (given.done_on or remedy.done_on):
        problems.append(Problem("done_on", "What shows that it was done goes with the day on which it was."))
    return problems
