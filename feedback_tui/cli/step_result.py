"""Prints the result of a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback_tui.cli.printing import print_err, print_json, print_out
from feedback_tui.cli.shared import Format
from feedback_tui.rules.dates import long_date

if TYPE_CHECKING:
    from feedback_tui.casework.actor import StepResult


def print_result(done: StepResult, format: Format) -> None:
    """Prints the reference and, as a message, the next deadline or what is still owed. As JSON, it prints the status
    and all open deadlines too."""
    if format is Format.JSON:
        deadlines = [
            {
                "deadline": line.kind,
                "due_on": line.due_on,
                "original_due_on": line.original_due_on,
                "state": line.state,
                "rule": line.rule,
            }
            for line in done.deadlines
        ]
        undated = {"owed_without_date": list(done.undated)} if done.undated else {}
        print_json({"reference": done.reference, "status": done.status, "deadlines": deadlines, **undated})
        return
    print_out(done.reference)
    if done.remark:
        print_err(done.remark)
    if done.still_owed:
        print_err(f"{done.reference} is {done.status}. Still owed: {done.still_owed}.")
    elif done.owed:
        first = done.owed[0]
        print_err(f"{done.reference} is {done.status}. Next: {first.kind.label}, {long_date(first.due_on)}.")
    else:
        print_err(f"{done.reference} is {done.status}. Nothing is owed by a date.")
