"""The inputs of a step, declared once. The form, the command, its help and the docs are made from these declarations.

Plain data only: the name of a field of the step's input, how the form asks for it, and the option or argument of the
command that gives it.
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
    """A word of an open vocabulary: the list suggests words, and any text is accepted."""
    NAME = auto()
    """As OPEN, but a word of the list is only used if it is chosen: one name may be the beginning of another."""
    CLOSED = auto()
    """A word of a long closed vocabulary, found by typing part of it."""
    CHOICE = auto()
    """A word of a short closed vocabulary, all words of which are shown."""
    PATH = auto()
    """The path of an existing file; the `vocabulary` is the suffixes that it may have."""
    NEW_PATH = auto()
    """The path of a file to be created, or of a folder."""


class Flag(Enum):
    """What an unanswered question of yes or no means."""

    NO_UNLESS_SAID = auto()
    """No answer means no. The command has ``--name``."""
    MAY_BE_UNKNOWN = auto()
    """No answer means that it is not known. The command has ``--name/--no-name``."""


@dataclass(frozen=True)
class When:
    """A condition on the word in another field of the form. Without `among` and `outside`: that the field is filled
    in."""

    field: str
    among: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    def holds(self, words: Mapping[str, str]) -> bool:
        """Returns whether the condition is true for the form's `words`, by field. Upper and lower case, and spaces at
        the ends, are ignored."""
        word = words.get(self.field, "").strip().casefold()
        if self.among:
            return word in {each.casefold() for each in self.among}
        if self.outside:
            return word not in {each.casefold() for each in self.outside}
        return bool(word)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One input of a step."""

    name: str
    """The name of the field in the step's input, in its form and in its command."""
    entry: Entry = Entry.LINE
    flag: Flag | None = None
    """For a question of yes or no; None for anything else."""
    answers: tuple[str, str] = (NO, YES)
    """The words that the form shows for no and for yes."""
    number: bool = False
    """Whether it is a whole number from 1: the number of a person, an action or a point of the case."""
    several: bool = False
    """Whether any number of names may be given: separated by “;” in the form, as several words of the command."""
    offered: Iterable[str] = ()
    """The words of a closed list: a vocabulary class, or some of its words."""
    vocabulary: str = ""
    """The name of the list in the council's profile that is offered: ``channels``."""
    asked_as: str | None = None
    """How the docs and the menu of steps call it. None: the label in lower case; "": they do not mention it."""

    # In the form
    label: str = ""
    """The label of its field. "" if it has no field of its own, and `screens.steps.special_forms` asks for it."""
    begins: str = ""
    """The field's first content. A date is given as it is typed: ``today``, ``+20wd`` (working days)."""
    as_on_page: str = ""
    """The field of the case's page (`desk.case.page`) whose value is the first content."""
    nothing: str = ""
    """The word in the list, and in the command, for no value: ``not recorded``."""
    required: bool = False
    help: str = ""
    rule: str = ""
    """The 2009 Regulation that requires it: ``reg 13``. It is only shown for a case under these Regulations."""
    shown: When | None = None
    """The condition for showing the field; None: it is always shown."""
    future: bool = False
    """Whether it is a date in the future, so that ``fri`` means the next Friday, not the last."""
    lines: int = 3
    """The height of a field for several lines."""
    kinds: tuple[Kind, ...] = tuple(Kind)
    """The kinds of feedback for which it is asked."""

    # In the command
    options: tuple[str, ...] = ()
    """The names of its option; none: ``--`` and its name with dashes."""
    argument: str = ""
    """If it is an argument and not an option: its name in the help, in capitals."""
    option_help: str = ""
    """Its help. "": the offered words, or the form's help as a sentence."""
    may_be_left_out: bool = False
    """Whether the command accepts that it is missing although the form requires it: there is a default, or the verb
    refuses with the reason."""
    of_the_form_alone: bool = False
    """Whether it is not part of the input, but decides what happens after the step was saved."""

    @property
    def in_the_docs(self) -> str:
        """How the docs and the menu of steps call it; "" if they do not mention it."""
        return self.asked_as if self.asked_as is not None else self.label[:1].lower() + self.label[1:]

    def said(self, word: str) -> bool | None:
        """Returns the answer that a word of the form gives to this question of yes or no. An empty word means no, or
        None (not known), as `flag` says."""
        if not word and self.flag is Flag.MAY_BE_UNKNOWN:
            return None
        return word == self.answers[1]

    def value(self, given: date | bool | int | str | Sequence[str] | None) -> Any:
        """Converts the value given to a form or a command for the field of the step's input; None if there is none.

        Dates, answers and numbers stay as they are, a word is read from its list, and several names become a tuple.
        Raises UnknownWord for a word that is not in the list.
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
    """Returns the input ``on``: the day on which a step was taken; today by default."""
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
    """Returns the input that asks whether the step's letter (`Step.letter`) is opened after saving."""
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
"""Asks whether any part of a case is about adult social care, if its procedure is another one."""


def reason(label: str = "Reason", *, asked_as: str = "reason", help: str = "", may_be_left_out: bool = False) -> Ask:
    """Returns the required input ``reason``: why a step is taken."""
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
