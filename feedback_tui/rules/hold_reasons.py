"""What a case on hold waits for, and how that is said."""

from __future__ import annotations

from datetime import date

from feedback_tui.rules.dates import long_date

_RULE = "on hold: "
"""What the rule of the deadline to look at a hold again begins with; the process follows."""


def hold_rule(process: str) -> str:
    """The rule of the deadline to look at a hold again."""
    return _RULE + process


def process_of(rule: str | None) -> str:
    """The process that a case waits for, by the rule of its hold."""
    return (rule or "").removeprefix(_RULE) or "another process"


def hold_words(process: str, look_again_on: date | None) -> str:
    """``on hold (safeguarding, look again by 12 June 2026)``."""
    again = f", look again by {long_date(look_again_on)}" if look_again_on is not None else ""
    return f"on hold ({process}{again})"


def said_of_hold(process: str | None, look_again_on: date | None) -> str:
    """What stands before the words of a case in a list: ``On hold: safeguarding to 12 Jun · ``."""
    if process is None:
        return ""
    again = f" to {look_again_on.day} {look_again_on:%b}" if look_again_on is not None else ""
    return f"On hold: {process}{again} · "
