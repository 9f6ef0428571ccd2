"""The rows of what is said, sent or tried: notes, contacts, letters."""

from __future__ import annotations

from feedback_tui.enums import StepKey
from feedback_tui.rules.lifecycle.step import ANY, EVERY_KIND, OPEN, Step

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
    Step(
        K.CONTACT,
        "Log a call or letter",
        "contact",
        EVERY_KIND,
        ANY,
        None,
        "date; what it was: a call, a meeting, a letter, a failed try; with whom; when they hear next",
        "it is void",
        beside=True,
    ),
    Step(
        K.NEXT_UPDATE,
        "Set the next update",
        "next update set",
        EVERY_KIND,
        OPEN,
        None,
        "the day on which they hear next; why, where it is put off",
        "no one waits for news of it",
        beside=True,
    ),
    Step(
        K.LETTER,
        "Write a letter",
        "letter made",
        EVERY_KIND,
        ANY,
        None,
        "which of the council's letters; to whom; the text, filled in from the case",
        "it is void",
        beside=True,
    ),
)
