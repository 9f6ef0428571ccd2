"""The forms of the steps that can be taken with many cases at once: what they ask is the same for all of them."""

from __future__ import annotations

from collections.abc import Callable

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.change import allocate
from feedback_tui.casework.close import close_case
from feedback_tui.casework.notes import note
from feedback_tui.enums import ClosingReason, StepKey
from feedback_tui.models.inputs import stages
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, day_field, needed_day
from feedback_tui.widgets.form import Filled, FormField


def _acknowledge(profile: Profile) -> StepForm:
    by = FormField(
        "channel", "By", Entry.OPEN, vocabulary=profile.vocabulary.channels, help="empty: the way each came in"
    )

    def build(filled: Filled) -> stages.Input:
        return stages.Acknowledgement(on=needed_day(filled, "on"), channel=filled.text("channel"))

    return StepForm((day_field("Acknowledged on"), by), build, acknowledge, {})


def _allocate(profile: Profile) -> StepForm:
    fields = (
        FormField("officer", "Officer", Entry.NAME, help="empty: stays"),
        FormField(
            "investigator",
            "Investigator",
            Entry.NAME,
            vocabulary=profile.vocabulary.investigators,
            help="empty: stays; for investigations that have begun",
        ),
        day_field("From"),
        FormField("reason", "Why", Entry.LINE),
    )

    def build(filled: Filled) -> stages.Input:
        return stages.Allocation(
            on=needed_day(filled, "on"),
            officer=filled.text("officer"),
            investigator=filled.text("investigator"),
            reason=filled.text("reason"),
        )

    return StepForm(fields, build, allocate, {})


def _close(profile: Profile) -> StepForm:
    fields = (
        day_field("Closed on"),
        FormField(
            "reason",
            "Closed as",
            Entry.CLOSED,
            vocabulary=tuple(ClosingReason),
            help="empty for cases that were answered; with a reason those are left",
        ),
        FormField("words", "Note", Entry.WORDS, lines=2),
    )

    def build(filled: Filled) -> stages.Input:
        reason = filled.text("reason")
        return stages.Closing(
            on=needed_day(filled, "on"), reason=ClosingReason(reason) if reason else None, words=filled.text("words")
        )

    return StepForm(fields, build, close_case, {})


def _note(profile: Profile) -> StepForm:
    fields = (FormField("words", "Note", Entry.WORDS, required=True, lines=3), day_field("On"))

    def build(filled: Filled) -> stages.Input:
        return stages.Note(on=needed_day(filled, "on"), words=filled.text("words"))

    return StepForm(fields, build, note, {})


_FORMS: dict[StepKey, Callable[[Profile], StepForm]] = {
    StepKey.ACKNOWLEDGE: _acknowledge,
    StepKey.ALLOCATE: _allocate,
    StepKey.CLOSE: _close,
    StepKey.NOTE: _note,
}


def many_form(step: StepKey, profile: Profile) -> StepForm:
    """The form of a step for many cases."""
    return _FORMS[step](profile)
