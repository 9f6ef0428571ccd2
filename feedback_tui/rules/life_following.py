"""The rows of what follows a finding: actions and redress."""

from __future__ import annotations

from feedback_tui.rules.life_step import ANY, EVERY_KIND, Step
from feedback_tui.words import StepKey

K = StepKey
ACTION_OWED, REDRESS_OWED = "action owed", "redress owed"

FOLLOWING: tuple[Step, ...] = (
    Step(
        K.ACTION_DONE,
        "Action done",
        "action done",
        EVERY_KIND,
        ANY,
        None,
        "which; date",
        "it is void",
        beside=True,
        needs=ACTION_OWED,
        lacking="it has no action that is still to be done",
    ),
    Step(
        K.REMEDY_DONE,
        "Redress done",
        "redress done",
        EVERY_KIND,
        ANY,
        None,
        "which; date",
        "it is void",
        beside=True,
        needs=REDRESS_OWED,
        lacking="it has no redress that is still to be done",
    ),
)
