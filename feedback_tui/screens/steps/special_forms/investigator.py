"""The forms for the investigator's draft, where they depend on the case."""

from __future__ import annotations

from feedback_tui.desk.case.page import CasePage
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, changed


def chase_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Shows who is chased."""
    return changed(form, next_on={"help": f"with {page.stages[-1].investigator}; empty: not again"})


def sign_off_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Proposes the council's responsible person."""
    return changed(form, by={"default": profile.council.signatory})
