"""What a declaration consists of, and what it needs to know to say whether it is allowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from feedback_tui.enums import StepKey
from feedback_tui.rules.lifecycle import lifecycle


class Place(StrEnum):
    """A screen that actions stand on, in the words of the help."""

    QUEUE = "queue"
    CASES = "cases"
    TODAY = "today"
    CASE = "case"
    STEPS = "what can be done"
    FORM = "form"
    LETTERS = "letters"
    LETTER = "letter"
    WHERE = "where are we?"
    INVESTIGATORS = "investigators"
    INTAKE = "new feedback"
    YEAR = "year"
    LEARNING = "learning"
    YEAR_WORDS = "words for the year"
    EXPLAIN = "dates explained"
    CHOICE = "choice"
    FIND = "find"
    CASES_BEHIND = "cases behind a figure"
    WORKING_DAYS = "working days"
    DAYS_OFF = "days off"
    HELP = "help"
    JOB = "long work"
    GUIDES = "the guides"


class Topic(StrEnum):
    """The headings of the help, in order."""

    HERE = "Here"
    WRITE = "Write"
    MOVE = "Move about"
    ALWAYS = "Always"
    STEPS = "Take the case further"


@dataclass(frozen=True)
class Situation:
    """Where an officer stands: which case is meant, if any, and how far that case is."""

    reference: str | None = None
    standing: lifecycle.Standing | None = None
    """How the case stands; None where there is no case, or it is not read yet."""
    facts: frozenset[str] = field(default=frozenset())
    """What else holds here, in words that an action may ask for: ``complaint``."""


@dataclass(frozen=True)
class Action:
    """One thing an officer can do."""

    name: str
    """The screen's method is ``do_<name>``; officers remap its keys under this name."""
    keys: tuple[str, ...]
    """As Textual names them; the first is the one shown. None: it is reached by a list or the palette."""
    words: str
    """For the bar of keys, the palette and the help."""
    help: str
    """A sentence for the help and the palette."""
    places: tuple[Place, ...]
    topic: Topic = Topic.HERE
    bar: int = 0
    """Its rank in the bar of keys, 1 first; 0: it stands in the help alone."""
    short: str = ""
    """Fewer words for the bar of keys."""
    needs_case: bool = False
    step: StepKey | None = None
    """The step of ``rules.lifecycle.lifecycle`` that it takes a case through."""
    needs: str = ""
    """A fact that must hold here."""
    otherwise: str = ""
    """What to say where it does not."""
    in_palette: bool = True
    also: str = ""
    """Other words that officers look for it by in the palette."""

    def why_not(self, situation: Situation) -> str | None:
        """Why this cannot be done now, as a clause; None where it can."""
        if (self.needs_case or self.step) and situation.reference is None:
            return "no case is chosen"
        if self.needs and self.needs not in situation.facts:
            return self.otherwise
        if self.step is not None and situation.standing is not None:
            return lifecycle.refusal(self.step, situation.standing)
        return None
