"""What a case on hold waits for, and its wording."""

from __future__ import annotations

from datetime import date

from feedback_tui.enums import Status
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


class HoldInARow:
    """What a row of a list says of a case that may be on hold."""

    status: Status
    summary: str
    on_hold: str | None
    hold_until: date | None

    @property
    def stands_at(self) -> str:
        """The status; for a hold also the process and the day of its review."""
        return str(self.status) if self.on_hold is None else hold_words(self.on_hold, self.hold_until)

    @property
    def about(self) -> str:
        """The summary for a list, preceded by the hold."""
        return said_of_hold(self.on_hold, self.hold_until) + self.summary
