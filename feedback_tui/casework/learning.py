"""Verbs for what was learned from a case, and the actions planned."""

from __future__ import annotations

from feedback_tui.casework.actor import Actor, StepResult, done, find_case
from feedback_tui.casework.case_deadlines import date_problems, due_problems, refuse_problems, require
from feedback_tui.casework.errors import InvalidInput, Problem
from feedback_tui.casework.ombudsman import fill_in
from feedback_tui.casework.redress import owe
from feedback_tui.enums import DeadlineKind, LearningSaid, StepKey
from feedback_tui.models.case import Case
from feedback_tui.models.inputs.follow_up import Learned, PlannedAction
from feedback_tui.models.redress import Action, Learning
from feedback_tui.rules.dates import long_date


def learn(actor: Actor, reference: str, given: Learned, seen: int | None = None) -> StepResult:
    """Records a point of learning, with an action if one is planned; or that there is no learning, or that it is
    awaited.

    Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.LEARN, actor)
        refuse_problems(_learning_problems(actor, case, given))
        case.learning_said = given.said
        learned = None
        if given.said is LearningSaid.RECORDED:
            learned = Learning(
                position=max((each.position for each in case.learning), default=0) + 1,
                area=given.area,
                text=given.text,
                point_position=given.point,
            )
            case.learning.append(learned)
        action = None
        if given.action:
            action = _new_action(case)
            action.text, action.owner, action.due_on = given.action, given.owner or None, given.due_on
            action.learning_position = learned.position if learned else None
            case.actions.append(action)
            owe(case, DeadlineKind.ACTION, action, given.on)
        work.record(
            StepKey.LEARN,
            case,
            given.on,
            from_status=case.status,
            details={
                "learning": given.said,
                "area": given.area,
                "number": learned.position if learned else None,
                "action": action.position if action else None,
                "owner": given.owner if action else None,
            },
        )
    return done(case)


def plan_action(actor: Actor, reference: str, given: PlannedAction, seen: int | None = None) -> StepResult:
    """Adds an action, or changes the owner, date or wording of one; a later date keeps the first on record.

    Raises StepNotAllowed, InvalidInput.
    """
    with actor.transaction() as work:
        case = find_case(work, reference, seen)
        require(case, StepKey.PLAN_ACTION, actor)
        action = _action(case, given)
        refuse_problems(_action_problems(actor, case, action, given))
        fill_in(action, given, "text", "owner", "due_on")
        if given.learning is not None:
            action.learning_position = given.learning
        if action not in case.actions:
            case.actions.append(action)
        owe(case, DeadlineKind.ACTION, action, given.on)
        work.record(
            StepKey.PLAN_ACTION,
            case,
            given.on,
            from_status=case.status,
            details={
                "number": action.position,
                "owner": given.owner,
                "due": given.due_on.isoformat() if given.due_on else None,
                "changed": given.position is not None or None,
            },
        )
    return done(case)


def _new_action(case: Case) -> Action:
    return Action(position=max((each.position for each in case.actions), default=0) + 1)


def _action(case: Case, given: PlannedAction) -> Action:
    """Returns the action at the given position, or a new one not yet added to the case. Raises InvalidInput."""
    if given.position is None:
        return _new_action(case)
    found = next((each for each in case.actions if each.position == given.position), None)
    if found is None:
        raise InvalidInput([Problem("position", f"{case.reference} has no action {given.position}.")])
    return found


def _learning_problems(actor: Actor, case: Case, given: Learned) -> list[Problem]:
    problems = date_problems(
        "on", "The learning", given.on, actor.today, not_before=case.received_on, before="the receipt"
    )
    words = given.area or given.text
    if given.said is LearningSaid.RECORDED and not words:
        problems.append(Problem("text", "Say what was learned, or in which area; or that there is none."))
    if given.said is not LearningSaid.RECORDED and words:
        problems.append(Problem("said", f"Learning is given, so it is recorded, not “{given.said}”."))
    if given.said is not LearningSaid.RECORDED and case.learning:
        problems.append(Problem("said", f"Learning is on record for {case.reference}: it is not “{given.said}”."))
    if given.point is not None and given.point not in {point.position for point in case.points}:
        problems.append(Problem("point", f"{case.reference} has no complaint point {given.point}."))
    if (given.owner or given.due_on) and not given.action:
        problems.append(Problem("action", "Say what will be done."))
    return problems + _due_problems(actor, case, given)


def _action_problems(actor: Actor, case: Case, action: Action, given: PlannedAction) -> list[Problem]:
    problems = date_problems(
        "on", "The planning", given.on, actor.today, not_before=case.received_on, before="the receipt"
    )
    if not (given.text or action.text):
        problems.append(Problem("text", "Say what will be done."))
    if action.done_on is not None:
        problems.append(Problem("position", f"Action {action.position} was done on {long_date(action.done_on)}."))
    if given.position is not None and given == PlannedAction(on=given.on, position=given.position):
        problems.append(Problem("position", "Say what changes: the wording, the owner, the date."))
    if given.learning is not None and given.learning not in {each.position for each in case.learning}:
        problems.append(Problem("learning", f"{case.reference} has no learning {given.learning}."))
    return problems + _due_problems(actor, case, given)


def _due_problems(actor: Actor, case: Case, given: Learned | PlannedAction) -> list[Problem]:
    problems = due_problems("due_on", "The action's date", given.due_on, actor)
    if given.due_on is not None and given.due_on < case.received_on:
        problems.append(
            Problem("due_on", f"The action's date ({long_date(given.due_on)}) is before the receipt of the case.")
        )
    return problems
