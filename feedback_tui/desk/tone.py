"""The tones of text on a screen or in a command's output. Screens and terminals map each tone to a style of their
own."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """How text looks. The text alone carries the whole meaning; a tone only makes it quicker to see."""

    PLAIN = ""
    QUIET = "quiet"
    """Less important: a label, a day, an additional line."""
    BOLD = "bold"
    NEXT = "next"
    """What is owed next, if it is not near."""
    SOON = "soon"
    TODAY = "today"
    LATE = "late"
    NOTICE = "notice"
    """To notice: a failed attempt, a final notice."""
    WARNING = "warning"
    """To be read before anything is written or said."""
    DONE = "done"
    """Done in time."""
    MISSED = "missed"
    """Done late."""
