"""What words on a screen or in a command's text are like: a screen and a terminal each give a tone their own style."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """How words are to look. The words alone say everything; a tone only makes it quicker to see."""

    PLAIN = ""
    QUIET = "quiet"
    """Of less weight: a label, a day, what stands beneath."""
    BOLD = "bold"
    NEXT = "next"
    """What is owed next, where it is not near."""
    SOON = "soon"
    TODAY = "today"
    LATE = "late"
    NOTICE = "notice"
    """To be seen: a try that failed, a final notice."""
    WARNING = "warning"
    """To be seen before anything is written or said."""
    DONE = "done"
    """Done in time."""
    MISSED = "missed"
    """Done, and late."""
