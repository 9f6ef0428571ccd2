"""What a case on hold waits for, and its wording."""

from __future__ import annotations

from datetime import date

from feedback_tui.rules.dates import long_date

_RULE = "on hold: "
"""The beginning of the rule of a hold's review deadline; the process follows."""


def hold_rule(process: str) -> str:
    """Returns the rule of the deadline to review a hold."""
    return _RULE + process


def process_of(rule: str | None) -> str:
    """Returns the process that a case waits for, from the rule of its hold; “another process” if none is recorded."""
    return (rule or "").removeprefix(_RULE) or "another process"


def hold_words(process: str, look_again_on: date | None) -> str:
    """Returns ``on hold (safeguarding, look again by 12 June 2026)``."""
    again = f", look again by {long_date(look_again_on)}" if look_again_on is not None else ""
    return f"on hold ({process}{again})"


def said_of_hold(process: str | None, look_again_on: date | None) -> str:
    """Returns what precedes a case's summary in a list: ``On hold: safeguarding to 12 Jun · ``; "" if it is not on
    hold."""
    if process is None:
        return ""
    again = f" to {look_again_on.day} {look_again_on:%b}" if look_again_on is not None else ""
    return f"On hold: {process}{again} · "
