"""The forms of steps for many cases at once. They ask only for values that are the same for all cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feedback_tui.enums import StepKey
from feedback_tui.rules.lifecycle.lifecycle import BY_KEY
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.declared_form import declared_form
from feedback_tui.screens.steps.step_form import StepForm, changed

FOR_MANY: Mapping[StepKey, Mapping[str, Mapping[str, Any] | None]] = {
    StepKey.ACKNOWLEDGE: {
        "channel": {"help": "empty: the way each came in"},
        "discussion": None,
        "promised_on": None,
        "letter": None,
    },
    StepKey.ALLOCATE: {
        "officer": {"help": "empty: stays"},
        "investigator": {"help": "empty: stays; for investigations that have begun"},
    },
    StepKey.CLOSE: {
        "reason": {"required": False, "help": "empty for cases that were answered; with a reason those are left"},
    },
    StepKey.NOTE: {"words": {"lines": 3}},
}
"""Changes to the form of a step when it is for many cases, by field; None removes a field that belongs to one case."""


def bulk_form(step: StepKey, profile: Profile) -> StepForm:
    """Returns the form of a step for many cases."""
    return changed(declared_form(BY_KEY[step], None, profile), **FOR_MANY[step])
