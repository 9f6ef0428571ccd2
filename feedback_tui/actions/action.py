"""The declaration of an action, and the test whether it is possible."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from feedback_tui.enums import StepKey
from feedback_tui.rules.lifecycle import lifecycle
from feedback_tui.rules.lifecycle.step import words_at


class Place(StrEnum):
    """A screen that has actions, by its name in the help."""

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
    """What decides whether an action is possible: the current case, if any, and its state."""

    reference: str | None = None
    standing: lifecycle.Standing | None = None
    """The state of the case; None if there is no case or it has not been read yet."""
    facts: frozenset[str] = field(default=frozenset())
    """Other facts that actions can require, such as ``complaint``."""


@dataclass(frozen=True)
class Action:
    """One thing an officer can do."""

    name: str
    """The screen's method is ``do_<name>``; officers change its keys by this name."""
    keys: tuple[str, ...]
    """Keys by their Textual names; the first is the one shown. Empty if it is reached by a list or the palette only."""
    words: str
    """The name for the key bar, the palette and the help."""
    help: str
    """A sentence for the help and the palette."""
    places: tuple[Place, ...]
    topic: Topic = Topic.HERE
    bar: int = 0
    """Its rank in the key bar, 1 first; 0 if it is not in the bar."""
    short: str = ""
    """A shorter name for the key bar."""
    needs_case: bool = False
    step: StepKey | None = None
    """The step of ``rules.lifecycle.lifecycle`` that it takes."""
    needs: str = ""
    """A fact that must be in the situation."""
    otherwise: str = ""
    """The reason to show if that fact is missing."""
    in_palette: bool = True
    also: str = ""
    """Synonyms for the search in the palette."""

    def words_in(self, situation: Situation) -> str:
        """Returns its name; of a step of a later stage, for the stage that the case is in."""
        return self._at_stage(self.words, situation)

    def short_in(self, situation: Situation) -> str:
        """Returns its name for the key bar."""
        return self._at_stage(self.short or self.words, situation)

    def _at_stage(self, words: str, situation: Situation) -> str:
        if self.step is None or situation.standing is None:
            return words
        return words_at(words, lifecycle.stage_meant(self.step, situation.standing))

    def why_not(self, situation: Situation) -> str | None:
        """Returns why the action is not possible now, as a clause; None if it is."""
        if (self.needs_case or self.step) and situation.reference is None:
            return "no case is chosen"
        if self.needs and self.needs not in situation.facts:
            return self.otherwise
        if self.step is not None and situation.standing is not None:
            return lifecycle.refusal(self.step, situation.standing)
        return None
