"""The closed vocabularies of stages and deadlines. They are imported from `enums`, as all others are."""

from __future__ import annotations

from feedback_tui.vocabulary import UnknownWord, Word

STAGES = range(1, 7)
"""The numbers of the stages that a procedure may have."""


class StageTime(Word):
    """The times of a stage: what is owed in it by a date."""

    ACKNOWLEDGEMENT = "acknowledgement"
    TARGET = "target"
    LIMIT = "limit"
    PANEL = "panel"
    REPORT = "report"
    REPLY = "reply"

    @classmethod
    def noun(cls) -> str:
        return "a time of a stage"


class StagePart(Word):
    """The parts of people in a stage, beside the officer’s."""

    INVESTIGATING_OFFICER = "investigating officer"
    INDEPENDENT_PERSON = "independent person"
    ADJUDICATING_OFFICER = "adjudicating officer"
    PANEL_CHAIR = "panel chair"
    PANEL_MEMBER = "panel member"

    @classmethod
    def noun(cls) -> str:
        return "a part in a stage"

    @property
    def is_independent(self) -> bool:
        """Whether nobody of the council may have it."""
        return self in (StagePart.INDEPENDENT_PERSON, StagePart.PANEL_CHAIR, StagePart.PANEL_MEMBER)


class StageEntry(Word):
    """How a stage is entered."""

    RECEIPT = "receipt"
    REQUEST = "request"
    COUNCIL = "council"

    @classmethod
    def noun(cls) -> str:
        return "a way into a stage"


class DeadlineKind(Word):
    """The kinds of dated obligations of a case. Those of a stage are generated, ``stage_3_limit``: see `of`."""

    ACKNOWLEDGEMENT = "acknowledgement"
    CONSENT = "consent"
    DRAFT = "draft"
    STAGE_1_TARGET = "stage_1_target"
    STAGE_1_LIMIT = "stage_1_limit"
    RESPONSE_PROMISED = "response_promised"
    NEXT_UPDATE = "next_update"
    STATUTORY_LIMIT = "statutory_limit"
    STAGE_2_ACKNOWLEDGEMENT = "stage_2_acknowledgement"
    STAGE_2_TARGET = "stage_2_target"
    STAGE_2_LIMIT = "stage_2_limit"
    # Every other time of a stage, but the acknowledgement of stage 1, which is that of the case.
    _ignore_ = "number its_time written"
    for number in STAGES:
        for its_time in StageTime:
            written = f"stage_{number}_{its_time}"
            if written.upper() not in locals() and written != "stage_1_acknowledgement":
                locals()[written.upper()] = written
    OMBUDSMAN_REPLY = "ombudsman_reply"
    ACTION = "action"
    REMEDY = "remedy"
    REVIEW_HOLD = "review_hold"
    CHASE = "chase"
    PERSISTENCE_REVIEW = "persistence_review"
    PROVIDER_CONSENT = "provider_consent"
    PROVIDER_ANSWER = "provider_answer"
    KEEPING_REVIEW = "keeping_review"

    @classmethod
    def of(cls, stage: int, time: StageTime) -> DeadlineKind:
        """Returns the kind of this time of a stage. Raises UnknownWord for a stage that no procedure has."""
        if stage not in STAGES:
            raise UnknownWord(f"There is no stage {stage}: a procedure has at most {STAGES[-1]}.")
        if (stage, time) == (1, StageTime.ACKNOWLEDGEMENT):
            return cls.ACKNOWLEDGEMENT
        return cls(f"stage_{stage}_{time}")

    @classmethod
    def each(cls, *times: StageTime) -> tuple[DeadlineKind, ...]:
        """Returns these times of every stage, stage by stage."""
        return tuple(cls.of(stage, time) for stage in STAGES for time in times)

    @property
    def stage(self) -> int | None:
        """The stage whose time it is; None for what is owed whatever the stage."""
        return _TIMES[self][0] if self in _TIMES else None

    @property
    def time(self) -> StageTime | None:
        """Which time of its stage it is; None for any other kind."""
        return _TIMES[self][1] if self in _TIMES else None

    @property
    def label(self) -> str:
        """The label on screen."""
        return DEADLINE_LABELS[self]


_TIMES = {DeadlineKind.of(stage, time): (stage, time) for stage in STAGES for time in StageTime}


def _stage_labels(words: dict[StageTime, str]) -> dict[DeadlineKind, str]:
    return {kind: words[time].format(stage) for kind, (stage, time) in _TIMES.items()}


DEADLINE_LABELS = _stage_labels(
    {
        StageTime.ACKNOWLEDGEMENT: "Acknowledge Stage {}",
        StageTime.TARGET: "Stage {} (aim)",
        StageTime.LIMIT: "Stage {} (due by)",
        StageTime.PANEL: "Stage {} panel",
        StageTime.REPORT: "Stage {} report",
        StageTime.REPLY: "Stage {} reply",
    }
) | {
    DeadlineKind.ACKNOWLEDGEMENT: "Acknowledge",
    DeadlineKind.CONSENT: "Consent",
    DeadlineKind.DRAFT: "Draft response",
    DeadlineKind.STAGE_1_TARGET: "Response (aim)",
    DeadlineKind.STAGE_1_LIMIT: "Response (due by)",
    DeadlineKind.RESPONSE_PROMISED: "Response (promised)",
    DeadlineKind.NEXT_UPDATE: "Next update",
    DeadlineKind.STATUTORY_LIMIT: "Six months end",
    DeadlineKind.OMBUDSMAN_REPLY: "Reply to Ombudsman",
    DeadlineKind.ACTION: "Action",
    DeadlineKind.REMEDY: "Redress",
    DeadlineKind.REVIEW_HOLD: "Look again at hold",
    DeadlineKind.CHASE: "Chase",
    DeadlineKind.PERSISTENCE_REVIEW: "Review of contact limits",
    DeadlineKind.PROVIDER_CONSENT: "May it go to the provider",
    DeadlineKind.PROVIDER_ANSWER: "Provider’s answer",
    DeadlineKind.KEEPING_REVIEW: "Review of “do not destroy”",
}


class DeadlineState(Word):
    """The state of a deadline."""

    OPEN = "open"
    MET = "met"
    MISSED = "missed"  # done, but late
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"


class Unit(Word):
    """The unit of a time limit."""

    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"
    MONTHS = "months"
    FIXED = "fixed"  # a date set by a person or a letter


class CountsFrom(Word):
    """The day from which a time limit is counted. The acknowledgement is that of the stage whose time it is."""

    RECEIPT = "receipt"
    ACKNOWLEDGEMENT = "acknowledgement"
    CONSENT = "consent"
    REVIEW_REQUEST = "review request"
    REVIEW_ACKNOWLEDGEMENT = "review acknowledgement"
    # Of the stage whose time it is
    REQUEST = "request"
    RECORD_AGREED = "record agreed"
    PANEL_HELD = "panel held"
    REPORT_RECEIVED = "report received"
    OMBUDSMAN_ENQUIRY = "ombudsman enquiry"
    SET = "set"  # not counted: a person or a letter set the date
