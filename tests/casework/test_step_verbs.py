"""What a step's record names is there: its verb, its input, and a field of the input for everything it asks for."""

from __future__ import annotations

from inspect import signature

import pytest

from feedback_tui.casework.step_verbs import input_of, verb_of
from feedback_tui.enums import StepKey
from feedback_tui.rules.lifecycle.lifecycle import LIFE
from feedback_tui.rules.lifecycle.step import Step


@pytest.mark.parametrize("step", LIFE, ids=lambda step: str(step.key))
def test_a_record_names_a_verb_and_an_input_that_has_what_it_asks_for(step: Step) -> None:
    asked = {ask.name for ask in step.asks if not ask.of_the_form_alone}
    assert asked <= input_of(step).model_fields.keys()
    # Undo takes nothing; its form and its command give it nothing.
    takes = ["actor", "reference", "seen"] if step.key is StepKey.UNDO else ["actor", "reference", "given", "seen"]
    assert list(signature(verb_of(step)).parameters) == takes
