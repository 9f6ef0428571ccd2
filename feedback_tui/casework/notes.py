"""Verbs for notes, and for actions and redress that are done."""

from __future__ import annotations

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import date_problems, refuse_problems, settle
from feedback_tui.casework.errors import InvalidInput, Problem, StepNotAllowed
from feedback_tui.enums import DeadlineState, Status, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.inputs.stages import Finished, Note
from feedback_tui.models.redress import Action, Remedy
from feedback_tui.rules.dates import long_date


def note(actor: Actor, reference: str, given: Note, seen: int | None = None) -> StepResult:
    """Adds a note to the timeline of a case in any state.

    Raises InvalidInput if it is empty, or for a date after today.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        problems = date_problems("on", "The note", given.on, actor.today)
        if not given.words:
            problems.append(Problem("words", "Write the note first: it is empty."))
        refuse_problems(problems)
        work.record(StepKey.NOTE, case, given.on, from_status=case.status, reason=given.words)
    return done(case)


def action_done(actor: Actor, reference: str, given: Finished, seen: int | None = None) -> StepResult:
    """Records that an action was done, and the evidence. Raises StepNotAllowed, InvalidInput."""
    return _finish(actor, reference, given, seen, StepKey.ACTION_DONE)


def remedy_done(actor: Actor, reference: str, given: Finished, seen: int | None = None) -> StepResult:
    """Records that redress was done, and the evidence. Raises StepNotAllowed, InvalidInput."""
    return _finish(actor, reference, given, seen, StepKey.REMEDY_DONE)


def _finish(actor: Actor, reference: str, given: Finished, seen: int | None, key: StepKey) -> StepResult:
    position, on = given.position, given.on
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        if case.status is Status.VOID:
            raise StepNotAllowed(f"{case.reference} was marked as logged in error: nothing is owed on it.")
        what = "action" if key is StepKey.ACTION_DONE else "redress"
        owed = _at(case, key, position)
        if owed is None:
            there = len(case.actions if key is StepKey.ACTION_DONE else case.remedies)
            upto = f"they are numbered 1 to {there}" if there else "none was agreed"
            raise InvalidInput([Problem("position", f"{case.reference} has no {what} {position}: {upto}.")])
        if owed.done_on is not None:
            raise StepNotAllowed(
                f"{case.reference} – {what} {position} was done on {long_date(owed.done_on)} already: "
                "nothing more is owed on it."
            )
        refuse_problems(
            date_problems("on", f"The {what}", on, actor.today, not_before=case.received_on, before="the receipt")
        )
        owed.done_on = on
        if given.proof:
            owed.proof = given.proof
        for deadline in case.deadlines:
            if owed in (deadline.action, deadline.remedy) and deadline.state is DeadlineState.OPEN:
                settle(deadline, on)
        work.record(key, case, on, from_status=case.status, details={"number": position})
    return done(case)


def _at(case: Case, key: StepKey, position: int) -> Action | Remedy | None:
    owed: list[Action] | list[Remedy] = case.actions if key is StepKey.ACTION_DONE else case.remedies
    return next((each for each in owed if each.position == position), None)
