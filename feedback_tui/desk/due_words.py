"""A date that is due, in few words and a tone: the words say all of it, the tone only colours it."""

from __future__ import annotations

from datetime import date

from feedback_tui.desk.tone import Tone
from feedback_tui.enums import DeadlineKind

SOON = 3
"""Working days up to which a date is coloured as near."""
_SHORT = {
    DeadlineKind.STAGE_1_TARGET: "Response aim",
    DeadlineKind.STAGE_1_LIMIT: "Response due",
    DeadlineKind.RESPONSE_PROMISED: "Response told",
    DeadlineKind.STAGE_2_ACKNOWLEDGEMENT: "Ack. Stage 2",
    DeadlineKind.STAGE_2_TARGET: "Stage 2 aim",
    DeadlineKind.STAGE_2_LIMIT: "Stage 2 due",
    DeadlineKind.OMBUDSMAN_REPLY: "Ombudsman",
    DeadlineKind.DRAFT: "Draft",
    DeadlineKind.REVIEW_HOLD: "Look at hold",
    DeadlineKind.STATUTORY_LIMIT: "Six months",
}


def brief(day: date) -> str:
    """A date where room is short: ``3 Apr 2026``."""
    return f"{day.day} {day:%b %Y}"


def short_label(kind: DeadlineKind | None, *, to_tell: bool = False) -> str:
    """What is due, for a narrow column. `to_tell`: of an aim that passed, while the complainant was not told."""
    if kind is None:
        return "–"
    if to_tell:
        return "Tell of delay"
    return _SHORT.get(kind, kind.label)


def when(due_on: date | None, left: int | None, today: date) -> str:
    """``3 late``, ``today``, ``5 wd`` (working days), or days where no working day lies between."""
    if due_on is None:
        return "no date"
    if due_on == today:
        return "today"
    days = abs((due_on - today).days)
    if not left:
        return "late" if due_on < today else ("tomorrow" if days == 1 else f"{days} days")
    return f"{-left} late" if due_on < today else f"{left} wd"


def when_in_words(due_on: date, left: int | None, today: date) -> str:
    """The same for a sentence: ``3 working days late``, ``today``, ``in 1 working day``."""
    words = when(due_on, left, today)
    if not left or due_on == today:
        return words if words in ("today", "tomorrow", "late") else f"in {words}"
    unit = "working day" if abs(left) == 1 else "working days"
    return f"{-left} {unit} late" if due_on < today else f"in {left} {unit}"


def tone(due_on: date | None, left: int | None, today: date) -> Tone:
    """The tone of a date that is due: late, today, soon (in `SOON` working days or fewer), or plain; quiet if None.

    `left`: the working days until then. The table of the queue has a component class named after each.
    """
    if due_on is None:
        return Tone.QUIET
    if due_on < today:
        return Tone.LATE
    if due_on == today:
        return Tone.TODAY
    return Tone.SOON if (left or 0) <= SOON else Tone.PLAIN
