"""What a step asks for, declared once: its form, its command, its help and the docs are made from it.

Plain data: a field of the step's input, how a form asks for it, and the option or argument of the command that gives
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any

from feedback_tui.enums import Kind

NO, YES = "no", "yes"


class Entry(Enum):
    """How a field of a form is filled in."""

    LINE = auto()
    WORDS = auto()
    DATE = auto()
    OPEN = auto()
    """A word of an open vocabulary: the list suggests, any text may stand."""
    NAME = auto()
    """As OPEN, but nothing is taken from the list unless it is chosen: one name may begin another."""
    CLOSED = auto()
    """A word of a longer closed vocabulary, found by typing."""
    CHOICE = auto()
    """A word of a short closed vocabulary, all of it in view."""
    PATH = auto()
    """The path of a file that is there; its vocabulary is the endings that it may have."""
    NEW_PATH = auto()
    """The path of a file to be made, or of a folder."""


class Flag(Enum):
    """A question that is answered with yes or no."""

    NO_UNLESS_SAID = auto()
    """Not answered is no. The command has ``--name``."""
    MAY_BE_UNKNOWN = auto()
    """Not answered is not known. The command has ``--name/--no-name``."""


@dataclass(frozen=True)
class When:
    """A condition on another field of the form, by the word that stands in it; without words: that something does."""

    field: str
    among: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    def holds(self, words: Mapping[str, str]) -> bool:
        """Whether it holds of what stands in the form, by field. Capitals and spaces at the ends do not matter."""
        word = words.get(self.field, "").strip().casefold()
        if self.among:
            return word in {each.casefold() for each in self.among}
        if self.outside:
            return word not in {each.casefold() for each in self.outside}
        return bool(word)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One thing that a step asks for."""

    name: str
    """The field of the step's input, of its form, and of its command."""
    entry: Entry = Entry.LINE
    flag: Flag | None = None
    """Of a question with yes or no."""
    answers: tuple[str, str] = (NO, YES)
    """The words of the form for no and for yes."""
    number: bool = False
    """A whole number from 1 up: of a person, an action, a point of the case."""
    several: bool = False
    """Any number of names: separated by “;” in the form, several words of the command."""
    offered: Iterable[str] = ()
    """The words of a closed list: the class of a vocabulary, or some of its words."""
    vocabulary: str = ""
    """The list of the council's profile that is offered: ``channels``."""
    asked_as: str | None = None
    """How the docs and the menu of steps name it; None: the label in lower case; empty: they leave it out."""

    # In the form
    label: str = ""
    """Before its field. Empty: no field of its own; the step's own form gives it (`screens.steps.special_forms`)."""
    begins: str = ""
    """What stands in the field as it opens. A date as it is typed: ``today``, ``+20wd`` (working days)."""
    as_on_page: str = ""
    """The field of the case's page that stands in it as it opens."""
    nothing: str = ""
    """The word of the list, and of the command, that stands for nothing given: ``not recorded``."""
    required: bool = False
    help: str = ""
    rule: str = ""
    """What of the 2009 Regulations asks for it: ``reg 13``. The form of a case under another law does not say it."""
    shown: When | None = None
    future: bool = False
    """A date to come: ``fri`` is the next one."""
    lines: int = 3
    kinds: tuple[Kind, ...] = tuple(Kind)
    """The kinds of feedback that it is asked of."""

    # In the command
    options: tuple[str, ...] = ()
    """Its names; empty: ``--`` and its name with dashes."""
    argument: str = ""
    """Where it is an argument: its name in the help, in capitals."""
    option_help: str = ""
    """Empty: the words that are offered, or what the form says, as a sentence."""
    may_be_left_out: bool = False
    """Whether the command may leave out what the form requires: the verb then says what is wrong, or a word is
    usual."""
    of_the_form_alone: bool = False
    """No part of the input: it says what happens once the step is saved."""

    @property
    def in_the_docs(self) -> str:
        """How the docs and the menu of steps name it; empty where they do not."""
        return self.asked_as if self.asked_as is not None else self.label[:1].lower() + self.label[1:]

    def said(self, word: str) -> bool | None:
        """What a word of the form answers, where this is a question with yes or no. Empty: it was not asked."""
        if not word and self.flag is Flag.MAY_BE_UNKNOWN:
            return None
        return word == self.answers[1]

    def value(self, given: date | bool | int | str | Sequence[str] | None) -> Any:
        """Returns what a form or a command was given, for the field of the step's input; None if it was not given.

        A date, an answer and a number stand as they are; a word is read from its list, several become a tuple. Raises
        UnknownWord.
        """
        read: Callable[[str], Any] = getattr(self.offered, "read", str)
        if self.several:
            return tuple(map(read, given if isinstance(given, Sequence) else ()))
        if not isinstance(given, str):
            return given
        if self.nothing and given.strip().casefold() == self.nothing.casefold():
            return None
        if self.offered or self.number:
            return read(given) if given else None
        return given


def day(label: str, *options: str, option_help: str = "", asked_as: str = "date") -> Ask:
    """The day that a step was taken, the field ``on`` of its input: today unless another is typed."""
    return Ask(
        name="on",
        entry=Entry.DATE,
        label=label,
        begins="today",
        required=True,
        may_be_left_out=True,
        options=("--on", *options),
        option_help=option_help or "When it was done; today if not given.",
        asked_as=asked_as,
    )


def letter_of_it() -> Ask:
    """Whether the form opens the letter of the step (`Step.letter`) once it is saved."""
    return Ask(
        name="letter",
        flag=Flag.NO_UNLESS_SAID,
        label="Its letter",
        help="opens it, filled in",
        kinds=(Kind.COMPLAINT,),
        of_the_form_alone=True,
        asked_as="",
    )


SOCIAL_CARE = Ask(
    name="adult_social_care",
    label="Social care",
    flag=Flag.MAY_BE_UNKNOWN,
    help="is any part of it about adult social care?",
    options=("--social-care/--no-social-care",),
    option_help="Is any part about adult social care?",
    asked_as="",
)
"""Whether any part of a case is about adult social care, where its procedure is not that of social care."""


def reason(label: str = "Reason", *, asked_as: str = "reason", help: str = "", may_be_left_out: bool = False) -> Ask:
    """The reason that a step cannot be taken without, the field ``reason`` of its input."""
    return Ask(
        name="reason",
        entry=Entry.WORDS,
        label=label,
        required=True,
        lines=2,
        help=help,
        asked_as=asked_as,
        may_be_left_out=may_be_left_out,
    )
