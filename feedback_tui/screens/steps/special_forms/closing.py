"""The forms for closing, reopening and undo, where they depend on the case."""

from __future__ import annotations

from dataclasses import replace

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import Input
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, changed


def close_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Asks for the reason only if a complaint was not answered."""
    unanswered = page.kind is Kind.COMPLAINT and page.stages[-1].responded_on is None
    return form if unanswered else changed(form, reason=None)


def reopen_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Asks for the date of a further answer only if the case was answered."""
    return form if page.stages[-1].responded_on is not None else changed(form, promised_on=None)


def undo_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Adapts the verb, which takes no input."""

    def verb(actor: Actor, reference: str, given: Input, seen: int | None = None) -> StepResult:
        return undo(actor, reference, seen)

    return replace(form, verb=verb)
