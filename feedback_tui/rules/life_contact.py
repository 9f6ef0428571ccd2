"""The rows of what is said, sent or tried: notes, contacts, letters."""

from __future__ import annotations

from feedback_tui.rules.life_step import ANY, EVERY_KIND, Step
from feedback_tui.words import StepKey

K = StepKey

CONTACT: tuple[Step, ...] = (
    Step(
        K.NOTE,
        "Note",
        "note",
        EVERY_KIND,
        ANY,
        None,
        "date; what was said, sent or tried",
        "it is void",
        beside=True,
    ),
)
