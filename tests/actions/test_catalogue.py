"""The declarations: a key means one thing on a screen, every step of a case can be reached, and a refusal says why."""

from __future__ import annotations

from collections import Counter

import pytest

from feedback_tui.actions import ACTIONS, BY_NAME, Place, Situation, at, of_step
from feedback_tui.enums import Kind, Status, StepKey
from feedback_tui.rules.lifecycle.lifecycle import LIFE, Standing, refusal


@pytest.mark.parametrize("place", Place)
def test_a_key_means_one_thing_on_a_screen(place: Place) -> None:
    keys = Counter(key for action in at(place) for key in action.keys)
    assert {key: count for key, count in keys.items() if count > 1} == {}


@pytest.mark.parametrize("key", sorted({key for action in ACTIONS for key in action.keys}))
def test_no_key_is_one_that_many_terminals_never_send(key: str) -> None:
    assert key not in ("ctrl+h", "ctrl+i", "ctrl+m", "ctrl+enter", "shift+enter", "ctrl+space")


def test_every_row_of_the_life_of_a_case_can_be_reached() -> None:
    for step in LIFE:
        assert Place.CASE in of_step(step.key).places
        assert of_step(step.key).in_palette
        assert step.asks_for in of_step(step.key).help


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", Kind)
def test_a_step_is_refused_by_the_table_and_with_its_words(kind: Kind, status: Status) -> None:
    standing = Standing(kind, status, acknowledged=False, answered=False)
    for step in LIFE:
        assert of_step(step.key).why_not(Situation("ASC-26-0001", standing)) == refusal(step.key, standing)


def test_without_a_case_its_actions_say_so() -> None:
    assert BY_NAME["open"].why_not(Situation()) == "no case is chosen"
    assert of_step(StepKey.ACKNOWLEDGE).why_not(Situation()) == "no case is chosen"
    assert BY_NAME["new"].why_not(Situation()) is None


def test_escape_stands_on_every_screen() -> None:
    for place in Place:
        assert any("escape" in action.keys for action in at(place))
