"""The forms of what goes on beside the stages: the ends of a case, changes, holds, notes, undo."""

from __future__ import annotations

from feedback_tui.casework.notes import note
from feedback_tui.desk.case.page import CasePage
from feedback_tui.models.inputs import stages
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, day_field, needed_day
from feedback_tui.widgets.form import Filled, FormField


def note_form(page: CasePage, profile: Profile) -> StepForm:
    """A note on the timeline."""
    fields = (FormField("words", "Note", Entry.WORDS, required=True, lines=4), day_field("On"))

    def build(filled: Filled) -> stages.Input:
        return stages.Note(on=needed_day(filled, "on"), words=filled.text("words"))

    return StepForm(fields, build, note, {})
