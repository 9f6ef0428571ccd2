"""The rows of a case's ends, and of the ways back."""

from __future__ import annotations

from feedback_tui.enums import Status, StepKey
from feedback_tui.rules.lifecycle.step import ANSWERABLE, ANY, EVERY_KIND, OPEN, UNANSWERED, Step

S, K = Status, StepKey
ERASED = "erased"
"""A fact of a case: its words are gone."""
WHEN_ERASED = "its words were erased: it stays as a figure"
"""Why nothing more is done with it then: the figures of past years stay what they were."""

REOPENED = "reopened since its answer"
"""A fact of a case: it was answered, and a further answer may be sent."""

ENDS: tuple[Step, ...] = (
    Step(
        K.WITHDRAW,
        "Withdraw",
        "withdrawn",
        ANSWERABLE,
        (*UNANSWERED, S.IN_REVIEW),
        S.CLOSED,
        "date; reason",
        "a case that was answered or closed cannot be withdrawn",
    ),
    Step(
        K.CLOSE,
        "Close",
        "closed",
        EVERY_KIND,
        OPEN,
        S.CLOSED,
        "date; where no response was sent: the closing reason",
        "it is closed",
    ),
    Step(
        K.REOPEN,
        "Reopen",
        "reopened",
        EVERY_KIND,
        (S.CLOSED,),
        None,
        "reason; where it was answered: the date that a further response was promised for",
        "only a closed case can be reopened",
    ),
    Step(
        K.VOID,
        "Logged in error",
        "marked as logged in error",
        EVERY_KIND,
        ANY,
        S.VOID,
        "reason",
        "it is void",
        beside=True,
    ),
    Step(
        K.ERASE,
        "Erase its words",
        "words erased",
        EVERY_KIND,
        (S.CLOSED, S.VOID),
        None,
        "reason: names, descriptions, reasons and notes go for good; its dates and figures stay",
        "the words of a case are erased once it is closed",
        beside=True,
    ),
    Step(
        K.UNDO,
        "Undo the last step",
        "undone",
        EVERY_KIND,
        tuple(S),
        None,
        "nothing: it shows what it takes back",
        "",
        beside=True,
    ),
)
