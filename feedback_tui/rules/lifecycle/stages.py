"""The rows of a case's handling: from the acknowledgement to the Stage 2 response."""

from __future__ import annotations

from feedback_tui.enums import Status, StepKey
from feedback_tui.rules.lifecycle.step import ANSWERABLE, COMPLAINTS, UNANSWERED, Step

S, K = Status, StepKey

HANDLING: tuple[Step, ...] = (
    Step(
        K.ACKNOWLEDGE,
        "Acknowledge",
        "acknowledged",
        ANSWERABLE,
        UNANSWERED,
        S.ACKNOWLEDGED,
        "date; how; whether a discussion was offered; the period told",
        "an acknowledgement comes before the response",
        once="it was acknowledged already",
        keeps=(S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD),
    ),
    Step(
        K.INVESTIGATE,
        "Start the investigation",
        "investigation started",
        COMPLAINTS,
        (S.LOGGED, S.ACKNOWLEDGED),
        S.INVESTIGATING,
        "investigating officer; date; the procedure, where it is not settled; date for the draft",
        "an investigation starts once, before the response",
    ),
    Step(
        K.EXTEND,
        "Extend",
        "extended",
        COMPLAINTS,
        (S.INVESTIGATING, S.ACKNOWLEDGED, S.ON_HOLD, S.IN_REVIEW),
        None,
        "new date, later than the old; reason; date the complainant was told; their agreement past the allowance",
        "time is extended between acknowledgement and response",
    ),
    Step(
        K.RESPOND,
        "Send the response",
        "response sent",
        ANSWERABLE,
        UNANSWERED,
        S.RESPONSE_SENT,
        "date; how; signed by; a finding for each complaint point; learning recorded, none, or awaited",
        "a response is sent once, while the case is open",
    ),
    Step(
        K.REQUEST_REVIEW,
        "Stage 2 asked for",
        "Stage 2 asked for",
        COMPLAINTS,
        (S.RESPONSE_SENT, S.CLOSED),
        S.IN_REVIEW,
        "date asked; the reviewing officer and investigator, both other than at stage 1",
        "Stage 2 follows a response",
    ),
    Step(
        K.ACKNOWLEDGE_REVIEW,
        "Acknowledge Stage 2",
        "Stage 2 acknowledged",
        COMPLAINTS,
        (S.IN_REVIEW, S.ON_HOLD),
        None,
        "date; how",
        "no Stage 2 is under way",
        once="Stage 2 was acknowledged already",
    ),
    Step(
        K.RESPOND_REVIEW,
        "Send the Stage 2 response",
        "Stage 2 response sent",
        COMPLAINTS,
        (S.IN_REVIEW, S.ON_HOLD),
        S.RESPONSE_SENT,
        "date; how; signed by; outcome",
        "no Stage 2 is under way",
    ),
)
