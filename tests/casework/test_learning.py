"""Learning and actions: from the finding to the proof; “none” is said, “awaited” is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback_tui.casework.learning import learn, plan_action
from feedback_tui.casework.notes import action_done
from feedback_tui.casework.undo import undo
from feedback_tui.enums import DeadlineKind, DeadlineState, LearningSaid, Outcome, StepKey
from feedback_tui.models.inputs.follow_up import Learned, PlannedAction
from feedback_tui.models.inputs.stages import ActionInput, Finished, LearningInput, PointInput
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, one_event, refused

K, S = DeadlineKind, DeadlineState
TODAY, DUE = date(2024, 4, 2), date(2024, 5, 1)


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A complaint that was answered and closed; its learning is awaited."""
    case = Casework(shropshire).log(points=(PointInput(team="North"), PointInput(team="South")))
    case.respond(date(2024, 3, 7), Outcome.UPHELD)
    case.close(date(2024, 3, 8))
    return case


def write(case: Casework, today: date = TODAY, **given: Any) -> None:
    learn(case.actor(today), case.reference, Learned(on=today, **given))


def plan(case: Casework, today: date = TODAY, **given: Any) -> None:
    plan_action(case.actor(today), case.reference, PlannedAction(on=today, **given))


def test_from_a_finding_to_its_proof_on_a_closed_case(case: Casework) -> None:
    assert case.page().learning_said is LearningSaid.AWAITED
    with one_event(case.register):
        write(case, area="communication", text="Ring first", point=2, action="Tell the team", owner="Lou", due_on=DUE)
    page = case.page()
    assert page.learning_said is LearningSaid.RECORDED
    assert [(row.area, row.text, row.point_position) for row in page.learning] == [("communication", "Ring first", 2)]
    (action,) = page.actions
    assert (action.text, action.owner, action.due_on, action.learning_position) == ("Tell the team", "Lou", DUE, 1)
    assert case.dates()[K.ACTION] == (S.OPEN, DUE, DUE)
    plan(case, position=1, owner="Kim", due_on=date(2024, 5, 20))
    assert case.dates()[K.ACTION] == (S.OPEN, DUE, date(2024, 5, 20))
    action_done(case.actor(DUE), case.reference, Finished(position=1, on=DUE, proof="Minutes of 1 May"))
    (action,) = case.page().actions
    assert (action.owner, action.done_on, action.proof) == ("Kim", DUE, "Minutes of 1 May")
    assert case.last_event().step is StepKey.ACTION_DONE


def test_none_is_said_and_can_be_taken_back(case: Casework) -> None:
    write(case, said=LearningSaid.NONE)
    assert case.page().learning_said is LearningSaid.NONE
    assert case.last_event().details == {"learning": "none"}
    undo(case.actor(TODAY), case.reference)
    assert case.page().learning_said is LearningSaid.AWAITED


def test_another_action_follows_from_a_learning_there_is(case: Casework) -> None:
    write(case, area="finance")
    plan(case, text="New leaflet", learning=1)
    assert [(row.text, row.learning_position, row.due_on) for row in case.page().actions] == [("New leaflet", 1, None)]


def test_the_one_thing_learned_in_a_response_is_what_its_actions_follow_from(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    case.respond(
        date(2024, 3, 7), Outcome.UPHELD, learning=(LearningInput(text="Ring"),), actions=(ActionInput(text="Train"),)
    )
    assert [row.learning_position for row in case.page().actions] == [1]


@pytest.mark.parametrize(
    ("given", "said", "field"),
    [
        ({}, "Say what was learned", "text"),
        ({"said": LearningSaid.NONE, "text": "Ring"}, "so it is recorded, not “none”", "said"),
        ({"said": LearningSaid.AWAITED}, "Learning is on record", "said"),
        ({"text": "Ring", "point": 3}, "has no complaint point 3", "point"),
        ({"text": "Ring", "owner": "Lou"}, "Say what will be done", "action"),
        ({"text": "Ring", "action": "x", "due_on": date(2024, 3, 1)}, "before the receipt", "due_on"),
        ({"text": "Ring", "action": "x", "due_on": date(2924, 3, 1)}, "is the year right", "due_on"),
    ],
)
def test_learning_that_contradicts_itself_is_refused_at_its_field(
    case: Casework, given: dict[str, Any], said: str, field: str
) -> None:
    write(case, area="finance")
    with refused(case.register, said, field=field):
        write(case, **given)


@pytest.mark.parametrize(
    ("given", "said", "field"),
    [
        ({}, "Say what will be done", "text"),
        ({"position": 3, "owner": "Lou"}, "has no action 3", "position"),
        ({"position": 1}, "Say what changes", "position"),
        ({"position": 2, "owner": "Lou"}, "Action 2 was done on", "position"),
        ({"text": "x", "learning": 1}, "has no learning 1", "learning"),
        ({"text": "x", "due_on": date(2024, 3, 1)}, "before the receipt", "due_on"),
    ],
)
def test_an_action_that_cannot_stand(case: Casework, given: dict[str, Any], said: str, field: str) -> None:
    plan(case, text="Train")
    plan(case, text="Write")
    action_done(case.actor(TODAY), case.reference, Finished(position=2, on=TODAY))
    with refused(case.register, said, field=field):
        plan(case, **given)
