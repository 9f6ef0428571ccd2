"""The rows of what was settled and is changed, and of waiting."""

from __future__ import annotations

from feedback_tui.enums import Status, StepKey
from feedback_tui.rules.lifecycle.step import ANY, COMPLAINTS, EVERY_KIND, OPEN, UNANSWERED, Step

S, K = Status, StepKey

CHANGES: tuple[Step, ...] = (
    Step(
        K.ALLOCATE,
        "Hand over",
        "handed over",
        EVERY_KIND,
        OPEN,
        None,
        "date; the officer, the investigator, or both",
        "only an open case is handed over",
        beside=True,
    ),
    Step(
        K.HOLD,
        "Put or keep on hold",
        "put on hold",
        COMPLAINTS,
        (S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.IN_REVIEW, S.ON_HOLD),
        S.ON_HOLD,
        "the other process; reason; date told; date to look again: the six months run on",
        "what waits for another process is a case that is open and not answered",
    ),
    Step(
        K.RESUME,
        "Take off hold",
        "taken off hold",
        COMPLAINTS,
        (S.ON_HOLD,),
        None,
        "date; reason",
        "it is not on hold",
    ),
    Step(
        K.CHANGE_PROCEDURE,
        "Change the procedure",
        "procedure changed",
        COMPLAINTS,
        UNANSWERED,
        None,
        "the procedure; reason: deadlines run again from the original receipt",
        "the procedure of a case that was answered or closed stays on record",
    ),
    Step(
        K.CORRECT_RECEIPT,
        "Correct the receipt",
        "date of receipt corrected",
        EVERY_KIND,
        ANY,
        None,
        "the day it was really received; reason; whether an extended date stays",
        "it is void",
        beside=True,
    ),
)
