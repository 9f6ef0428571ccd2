"""Loads the verb and the input model of a step, as the step's record names them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from feedback_tui.casework.actor import StepResult
from feedback_tui.models.inputs.stages import Input
from feedback_tui.rules.lifecycle.step import Step


def verb_of(step: Step) -> Callable[..., StepResult]:
    """Returns the verb: (actor, reference, input, version seen) → StepResult."""
    file, _, name = step.verb.partition(":")
    found: Callable[..., StepResult] = getattr(import_module(f"feedback_tui.casework.{file}"), name)
    return found


def input_of(step: Step) -> type[Input]:
    """Returns the input model of the verb."""
    file, _, name = step.input.partition(":")
    found: type[Input] = getattr(import_module(f"feedback_tui.models.inputs.{file}"), name)
    return found
