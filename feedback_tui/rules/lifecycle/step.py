"""One row of the table of a case's life, and the statuses and kinds that the rows are written with."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_tui.enums import Kind, Status, StepKey

S, K = Status, StepKey
OPEN = (S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD, S.RESPONSE_SENT, S.IN_REVIEW)
UNANSWERED = (S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD)
ANY = tuple(status for status in S if status is not S.VOID)
COMPLAINTS = (Kind.COMPLAINT,)
ANSWERABLE = (Kind.COMPLAINT, Kind.CONCERN, Kind.ENQUIRY, Kind.COMMENT)
EVERY_KIND = tuple(Kind)
GOES_BACK = (K.REOPEN, K.RESUME, K.UNDO)


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
    needs: str = ""
    """A fact of the case that it needs, as a `Standing` has it: ``action owed``."""
    lacking: str = ""
    """What to say where that fact does not hold."""
    keeps: tuple[Status, ...] = ()
    """The statuses among `after` that it leaves as they are, though it leads on from the others."""

    def status_after(self, status: Status) -> Status | None:
        """The status of a case that was in `status`; None where it goes back to what it was before."""
        if status in self.keeps or (self.leads_to is None and self.key not in GOES_BACK):
            return status
        return self.leads_to
