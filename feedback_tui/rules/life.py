"""The life of a case as a table: which step may follow which, what it asks for, and what is possible instead.

Verbs, screens and help all read this one table.
"""

from __future__ import annotations

from dataclasses import dataclass

from feedback_tui.words import Kind, Status, StepKey

S, K = Status, StepKey
OPEN = (S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD, S.RESPONSE_SENT, S.IN_REVIEW)
UNANSWERED = (S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD)
ANY = tuple(status for status in S if status is not S.VOID)
COMPLAINTS = (Kind.COMPLAINT,)
ANSWERABLE = (Kind.COMPLAINT, Kind.CONCERN, Kind.ENQUIRY, Kind.COMMENT)
EVERY_KIND = tuple(Kind)
_GOES_BACK = (K.REOPEN, K.RESUME, K.UNDO)
_OF_STAGE_1 = (K.ACKNOWLEDGE, K.RESPOND, K.CHANGE_PROCEDURE)
_OF_STAGE_2 = (K.ACKNOWLEDGE_REVIEW, K.RESPOND_REVIEW)


@dataclass(frozen=True)
class Step:
    """One row: a thing that can happen to a case."""

    key: StepKey
    words: str
    """What the officer does, for a menu: ``Acknowledge``."""
    past: str
    """What was done, for a timeline: ``acknowledged``."""
    kinds: tuple[Kind, ...]
    after: tuple[Status, ...]
    """The statuses that it may follow."""
    leads_to: Status | None
    """The status after it; None: the case keeps its own, or it depends on what is recorded."""
    asks: str
    """What it asks for, in words."""
    otherwise: str
    """Why it is refused in any other status."""
    once: str = ""
    """Where it cannot be done twice: what to say then."""
    beside: bool = False
    """Whether it goes on beside the life of a case, at nearly any time: a refusal need not offer it instead."""
    keeps: tuple[Status, ...] = ()
    """The statuses among `after` that it leaves as they are, though it leads on from the others."""

    def status_after(self, status: Status) -> Status | None:
        """The status of a case that was in `status`; None where it goes back to what it was before."""
        if status in self.keeps or (self.leads_to is None and self.key not in _GOES_BACK):
            return status
        return self.leads_to


LIFE: tuple[Step, ...] = (
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
    Step(
        K.OMBUDSMAN,
        "Ombudsman",
        "Ombudsman",
        COMPLAINTS,
        ANY,
        None,
        "date received and their due date, then the reply, then the decision",
        "only a complaint goes to the Ombudsman",
    ),
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
        "Put on hold",
        "put on hold",
        COMPLAINTS,
        (S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.IN_REVIEW),
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
    Step(
        K.NOTE,
        "Note",
        "note",
        EVERY_KIND,
        ANY,
        None,
        "date; what was said, sent or tried",
        "it is void",
        beside=True,
    ),
    Step(
        K.ACTION_DONE,
        "Action done",
        "action done",
        EVERY_KIND,
        ANY,
        None,
        "which; date",
        "it is void",
        beside=True,
    ),
    Step(
        K.REMEDY_DONE,
        "Redress done",
        "redress done",
        EVERY_KIND,
        ANY,
        None,
        "which; date",
        "it is void",
        beside=True,
    ),
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
        "reason",
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
BY_KEY = {step.key: step for step in LIFE}
PAST = {step.key: step.past for step in LIFE} | {
    K.LOG: "logged",
    K.IMPORT: "imported",
    K.MOVE_DEADLINES: "deadlines moved",
    K.DAYS_OFF: "days off changed",
    K.TYPE_FIGURES: "figures of a year typed",
    K.WRITE_YEAR: "words of a year's report written",
    K.DECLINE: "not accepted",
    K.SETTLE: "settled",
}
_STANDS = {
    S.INVESTIGATING: "it is being investigated",
    S.RESPONSE_SENT: "its response was sent",
}
"""How a case stands, where “it is” and the status make no clause."""


@dataclass(frozen=True)
class Standing:
    """What the table needs to know of a case to say what may come next."""

    kind: Kind
    status: Status
    acknowledged: bool
    """Whether the stage it is in was acknowledged."""
    answered: bool
    stages: int = 1
    """How many stages its procedure has; 1 while it is not settled."""
    then: str = "Ombudsman"
    """What follows the procedure's last stage."""
    stage: int = 1
    owes_action: bool = False
    """Whether an action is not done yet."""
    owes_redress: bool = False
    """Whether redress is not done yet."""


def refusal(key: StepKey, standing: Standing) -> str | None:
    """Why this step is not allowed now, in a clause: ``it is closed``; None where it is allowed."""
    step = BY_KEY[key]
    if key is StepKey.UNDO:
        return None
    if standing.status is Status.VOID:
        return "it was marked as logged in error and counts nowhere"
    if standing.kind not in step.kinds:
        return f"it is {_a(standing.kind)}, and that is for {_either(step.kinds)}"
    if key is StepKey.REQUEST_REVIEW:
        if standing.stages == 1:
            return f"its procedure has one stage: what comes next is the {standing.then}"
        if standing.status is Status.IN_REVIEW:
            return "Stage 2 is under way"
        if standing.stage == 2:
            return f"Stage 2 was done: what comes next is the {standing.then}"
        if not standing.answered:
            return step.otherwise
    if key is StepKey.ACTION_DONE and not standing.owes_action:
        return "it has no action that is still to be done"
    if key is StepKey.REMEDY_DONE and not standing.owes_redress:
        return "it has no redress that is still to be done"
    if standing.status is Status.ON_HOLD:
        if standing.stage == 2 and key in _OF_STAGE_1:
            return f"{step.otherwise} (Stage 2 is under way)"
        if standing.stage == 1 and key in _OF_STAGE_2:
            return step.otherwise
    if standing.status not in step.after:
        stands = _STANDS.get(standing.status, f"it is {standing.status}")
        return step.otherwise if step.otherwise == stands else f"{step.otherwise} ({stands})"
    if step.once and standing.acknowledged:
        return step.once
    return None


def possible(standing: Standing) -> list[Step]:
    """The steps that are allowed now, in the order of the table."""
    return [step for step in LIFE if refusal(step.key, standing) is None]


def instead(standing: Standing) -> str:
    """What is possible now, as the end of a refusal: ``Possible now: Acknowledge, Withdraw.``"""
    steps = possible(standing)
    words = [step.words for step in [step for step in steps if not step.beside] or steps]
    return f"Possible now: {', '.join(words)}." if words else "Nothing can be done with it."


def _a(kind: Kind) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _either(kinds: tuple[Kind, ...]) -> str:
    named = [_a(kind) for kind in kinds]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
