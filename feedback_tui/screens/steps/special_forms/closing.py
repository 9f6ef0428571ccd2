"""The forms for closing, reopening and undo, where they depend on the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import Kind, Status
from feedback_tui.models.inputs.stages import Input
from feedback_tui.rules.erasure_right import WHAT_TO_ANSWER, why_it_does_not_hold
from feedback_tui.rules.findings import standing_outcome
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, changed


def close_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Asks for the reason only if a complaint was not answered."""
    unanswered = page.kind is Kind.COMPLAINT and page.stages[-1].responded_on is None
    return form if unanswered else changed(form, reason=None)


def reopen_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Asks for the date of a further answer only if the case was answered."""
    return form if page.stages[-1].responded_on is not None else changed(form, promised_on=None)


def erase_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Returns the form of the erasure. If nobody has a right to it yet, it says so and how to answer, and asks why the
    case is erased nevertheless."""
    if page.closed_on is None or page.status is Status.VOID:
        return changed(form, nevertheless={"shown": lambda words: False})
    outcome = standing_outcome((stage.number, stage.outcome, stage.responded_on is not None) for stage in page.stages)
    kept_until = profile.retention.kept_until(page.kind, page.closed_on, outcome)
    laws = page.standing.laws or ()
    words = why_it_does_not_hold(page.kind, laws, kept_until, kept_until - timedelta(days=1))
    about = f"{words} {WHAT_TO_ANSWER}" if words else ""
    return changed(form, nevertheless={"about": about, **({} if about else {"shown": lambda words: False})})


def undo_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Returns the form of undo, whose verb takes no input."""

    def verb(actor: Actor, reference: str, given: Input, seen: int | None = None) -> StepResult:
        return undo(actor, reference, seen)

    return replace(form, verb=verb)
