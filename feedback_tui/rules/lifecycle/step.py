"""The record of one step of a case: all that is declared of it, once.

The life table, the menu of steps, the palette, the forms, the commands, their help and the docs are made from it. A new
step is a record in one of the files beside this one, a verb in ``casework`` and an input in ``models.inputs``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedback_tui.enums import Kind, Law, Status, StepKey
from feedback_tui.rules.lifecycle.ask import Ask

S, K = Status, StepKey
OPEN = (S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD, S.RESPONSE_SENT, S.IN_REVIEW)
BEFORE_INVESTIGATION = (S.LOGGED, S.ACKNOWLEDGED)
UNANSWERED = (S.LOGGED, S.ACKNOWLEDGED, S.INVESTIGATING, S.ON_HOLD)
ANY = tuple(status for status in S if status is not S.VOID)
COMPLAINTS = (Kind.COMPLAINT,)
ANSWERABLE = (Kind.COMPLAINT, Kind.CONCERN, Kind.ENQUIRY, Kind.COMMENT)
EVERY_KIND = tuple(Kind)
GOES_BACK = (K.REOPEN, K.RESUME, K.UNDO)


@dataclass(frozen=True, kw_only=True, eq=False)
class Step:
    """A thing that can happen to a case."""

    key: StepKey
    words: str
    """What the officer does, for a menu: ``Acknowledge``."""
    past: str
    """What was done, for a timeline: ``acknowledged``."""
    saved: str = ""
    """What is said once it is saved, where `past` is no sentence: ``note kept``."""

    # When it is allowed
    kinds: tuple[Kind, ...]
    after: tuple[Status, ...]
    """The statuses that it may follow."""
    leads_to: Status | None
    """The status after it; None: the case keeps its own, or it depends on what is recorded."""
    otherwise: str
    """Why it is refused in any other status."""
    once: str = ""
    """Where it cannot be done twice: what to say then."""
    beside: bool = False
    """Whether it goes on beside the life of a case, at nearly any time: a refusal need not offer it instead."""
    laws: tuple[Law, ...] = ()
    """The laws under which there is such a step; none: under every law."""
    needs: str = ""
    """A fact of the case that it needs, as a `Standing` has it: ``action owed``."""
    lacking: str = ""
    """What to say where that fact does not hold."""
    keeps: tuple[Status, ...] = ()
    """The statuses among `after` that it leaves as they are, though it leads on from the others."""

    # What it asks for, and what it does
    asks: tuple[Ask, ...] = ()
    """In the order of the form."""
    verb: str
    """``file:function`` in ``casework``: (actor, reference, input, version seen) → StepResult."""
    input: str
    """``file:Class`` in ``models.inputs``: what the verb takes; its fields are the names of `asks`."""
    also_asks: str = ""
    """What else the docs and the menu say that it asks for: where a form of its own asks it."""
    field_of: Mapping[str, str] = field(default_factory=dict)
    """Which field of the form shows a problem of a field of the input that has another name."""
    letter: str = ""
    """The key of the letter that the form offers to write once it is saved."""

    # As a command
    command: str = ""
    """Its name; empty: it has none of its own."""
    sentence: str = ""
    """What it does, as one whole sentence, for ``--help``."""
    group: str = "Steps"
    """The heading of the help that it stands under."""
    own_command: str = ""
    """The module of `cli.special_commands` with its command, if the record alone cannot make it."""

    # Where officers look for it
    shortcut: str = ""
    """Its key on a case, the queue and lists; empty: it is taken from the menu of steps and the palette."""
    bar: int = 0
    """Its rank in the bar of keys, 1 first; 0: it stands in the help alone."""
    short: str = ""
    """Fewer words for the bar of keys."""
    in_ledger: bool = False
    """Whether it is taken from the learning ledger too."""
    synonyms: str = ""
    """Other words that officers look for it by: pause, for “Put on hold”."""
    likely: Mapping[Status, int] = field(default_factory=dict)
    """The statuses in which it is mostly taken next, each with its rank among those, 1 first."""
    likely_where_owed: int = 0
    """Its rank among the steps that are likely wherever they are allowed, since something is owed; 0: it is not."""

    @property
    def asks_for(self) -> str:
        """What it asks for, in words."""
        return "; ".join(filter(None, (*(ask.in_the_docs for ask in self.asks), self.also_asks))) or "nothing"

    def status_after(self, status: Status) -> Status | None:
        """The status of a case that was in `status`; None where it goes back to what it was before."""
        if status in self.keeps or (self.leads_to is None and self.key not in GOES_BACK):
            return status
        return self.leads_to
