"""The record of one step of a case: everything that is declared about it.

The life table, the menu of steps, the palette, the forms, the commands, their help and the docs are made from it. A new
step is a record in a module of this folder, a verb in ``casework`` and an input in ``models.inputs``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

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


def words_at(words: str, stage: int) -> str:
    """Returns words that are declared for Stage 2 for another stage after the first."""
    return words if stage < 2 else words.replace("Stage 2", f"Stage {stage}")


@dataclass(frozen=True, kw_only=True, eq=False)
class Step:
    """One thing that can happen to a case."""

    key: StepKey
    words: str
    """Its name in menus: ``Acknowledge``."""
    past: str
    """Its name on the timeline: ``acknowledged``."""
    saved: str = ""
    """The message after saving: ``note kept``. "": `past` is used."""

    # When it is allowed
    kinds: tuple[Kind, ...]
    after: tuple[Status, ...]
    """The statuses in which it is allowed."""
    leads_to: Status | None
    """The status after it; None if the status stays, or depends on what is recorded."""
    otherwise: str
    """Why it is refused in any other status."""
    once: str = ""
    """Why it is refused a second time; "" if it may be repeated."""
    beside: bool = False
    """Whether it is possible at nearly any time, so that the refusal of another step does not list it as possible."""
    laws: tuple[Law, ...] = ()
    """The laws under which this step exists; none: every law."""
    needs: str = ""
    """A fact in `Standing.facts` that it needs: ``action owed``. "": none."""
    lacking: str = ""
    """Why it is refused if that fact is missing."""
    keeps: tuple[Status, ...] = ()
    """The statuses in `after` that do not change to `leads_to`."""

    # What it asks for, and what it does
    asks: tuple[Ask, ...] = ()
    """In the order of the form."""
    verb: str
    """``file:function`` in ``casework``: (actor, reference, input, version seen) → StepResult."""
    input: str
    """``file:Class`` in ``models.inputs``: what the verb takes; its fields are the names of `asks`."""
    also_asks: str = ""
    """Inputs that `asks` does not have, because a special form asks for them, in the words of the docs and the menu."""
    field_of: Mapping[str, str] = field(default_factory=dict)
    """For fields of the input whose name in the form differs: the form's field that shows their problems."""
    letter: str = ""
    """The key of the letter that can be written after saving; "" for none."""

    # As a command
    command: str = ""
    """The name of its command; "" if it has none."""
    sentence: str = ""
    """What it does, as one whole sentence, for ``--help``."""
    of_any_stage: tuple[str, str] = ("", "")
    """Where it is declared for Stage 2 but is one of any later stage: another name of its command, and the sentence of
    that."""
    group: str = "Steps"
    """The heading in the help under which the command is listed."""
    own_command: str = ""
    """The module of `cli.special_commands` with its command, if the record alone cannot make it."""

    # Where officers look for it
    shortcut: str = ""
    """Its key on a case, the queue and lists; "" if it is only in the menu of steps and the palette."""
    bar: int = 0
    """Its position in the bar of keys, from 1; 0 if the key is only in the help."""
    short: str = ""
    """A shorter name for the bar of keys."""
    in_ledger: bool = False
    """Whether the key works in the learning ledger too."""
    synonyms: str = ""
    """Other words by which officers search for it, separated by spaces: pause, for “Put on hold”."""
    likely: Mapping[Status, int] = field(default_factory=dict)
    """The statuses in which it is often the next step, each with its position among the likely steps, from 1."""
    likely_where_owed: int = 0
    """For a step that settles something owed: its position among the steps that are likely whenever they are allowed,
    from 1. 0 for any other step."""

    def at_stage(self, stage: int) -> Step:
        """Returns this step with its words for another stage than the second, where they are of Stage 2."""
        if stage == 2:
            return self
        return replace(
            self,
            words=words_at(self.words, stage),
            past=words_at(self.past, stage),
            otherwise=words_at(self.otherwise, stage),
            once=words_at(self.once, stage),
            short=words_at(self.short, stage),
            asks=tuple(
                replace(ask, help=words_at(ask.help, stage), asked_as=ask.asked_as and words_at(ask.asked_as, stage))
                for ask in self.asks
            ),
        )

    @property
    def asks_for(self) -> str:
        """The inputs in words, separated by “;”."""
        return "; ".join(filter(None, (*(ask.in_the_docs for ask in self.asks), self.also_asks))) or "nothing"

    def status_after(self, status: Status) -> Status | None:
        """Returns the status after this step for a case in `status`; None if it goes back to an earlier status."""
        if status in self.keeps or (self.leads_to is None and self.key not in GOES_BACK):
            return status
        return self.leads_to
