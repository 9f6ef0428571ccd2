"""A due date in a few words and a tone. The words carry the whole meaning; the tone only adds colour."""

from __future__ import annotations

from datetime import date

from feedback_tui.desk.tone import Tone
from feedback_tui.enums import DeadlineKind, StageTime

SOON = 3
"""A date this many working days away or fewer is coloured as soon."""
_SHORT_OF_A_STAGE = {
    StageTime.ACKNOWLEDGEMENT: "Ack. Stage {}",
    StageTime.TARGET: "Stage {} aim",
    StageTime.LIMIT: "Stage {} due",
    StageTime.PANEL: "Stage {} panel",
    StageTime.REPORT: "Panel report",
    StageTime.REPLY: "Stage {} reply",
}
_SHORT = {
    DeadlineKind.ACKNOWLEDGEMENT: DeadlineKind.ACKNOWLEDGEMENT.label,
    DeadlineKind.STAGE_1_TARGET: "Response aim",
    DeadlineKind.STAGE_1_LIMIT: "Response due",
    DeadlineKind.RESPONSE_PROMISED: "Response told",
    DeadlineKind.OMBUDSMAN_REPLY: "Ombudsman",
    DeadlineKind.DRAFT: "Draft",
    DeadlineKind.REVIEW_HOLD: "Look at hold",
    DeadlineKind.STATUTORY_LIMIT: "Six months",
    DeadlineKind.PROVIDER_CONSENT: "To provider?",
    DeadlineKind.PROVIDER_ANSWER: "Provider",
    DeadlineKind.KEEPING_REVIEW: "Keep it?",
}


def brief(day: date) -> str:
    """Returns a short date: ``3 Apr 2026``."""
    return f"{day.day} {day:%b %Y}"


def short_label(kind: DeadlineKind | None, *, to_tell: bool = False) -> str:
    """Returns what is due, for a narrow column. `to_tell` marks a passed aim that the complainant has not been told
    of."""
    if kind is None:
        return "–"
    if to_tell:
        return "Tell of delay"
    if kind not in _SHORT and kind.time is not None:
        return _SHORT_OF_A_STAGE[kind.time].format(kind.stage)
    return _SHORT.get(kind, kind.label)


def when(due_on: date | None, left: int | None, today: date) -> str:
    """Returns ``3 late``, ``today``, ``5 wd`` (working days). `left` is working days; if it is 0 or None, calendar
    days."""
    if due_on is None:
        return "no date"
    if due_on == today:
        return "today"
    days = abs((due_on - today).days)
    if not left:
        return "late" if due_on < today else ("tomorrow" if days == 1 else f"{days} days")
    return f"{-left} late" if due_on < today else f"{left} wd"


def when_in_words(due_on: date, left: int | None, today: date) -> str:
    """Returns what `when` returns, in full words for a sentence: ``3 working days late``, ``today``, ``in 1 working
    day``, ``in 4 days`` (calendar days, if `left` is 0 or None)."""
    words = when(due_on, left, today)
    if not left or due_on == today:
        return words if words in ("today", "tomorrow", "late") else f"in {words}"
    unit = "working day" if abs(left) == 1 else "working days"
    return f"{-left} {unit} late" if due_on < today else f"in {left} {unit}"


def tone(due_on: date | None, left: int | None, today: date) -> Tone:
    """Returns the tone of a due date: late, today, soon (`SOON` working days or fewer), or plain; quiet for None.

    `left` is the working days until then. The queue's table has a component class of the same name for each.
    """
    if due_on is None:
        return Tone.QUIET
    if due_on < today:
        return Tone.LATE
    if due_on == today:
        return Tone.TODAY
    return Tone.SOON if (left or 0) <= SOON else Tone.PLAIN
