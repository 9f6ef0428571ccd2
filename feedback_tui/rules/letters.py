"""A council's letters: templates that are filled in from a case. They are checked when the profile is read.

A place is a word of `PLACES` in braces, such as ``{reference}``. A place without a value becomes a gap,
``[missing: the council's address]``, and a letter with a gap cannot be sent.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Annotated, Final

from pydantic import BeforeValidator

from feedback_tui.enums import STAGES, Contact, Kind, Status
from feedback_tui.plain_error import PlainError
from feedback_tui.rules.profile_values import MaybeText, Name, Shape, Text, listed, one_of, several_lines, whole, wrong
from feedback_tui.text import safe_text

PLACES: Final[dict[str, str]] = {
    "date": "the date of the letter",
    "reference": "the reference",
    "recipient": "who it goes to",
    "customer": "the customer's name",
    "officer": "the officer's name",
    "investigator": "the investigating officer",
    "signatory": "who signs it",
    "council": "the council's name",
    "council_address": "the council's address",
    "council_telephone": "the council's telephone",
    "council_email": "the council's email",
    "subject_matter": "what it is about",
    "received_on": "the day it was received",
    "acknowledged_on": "the day it was acknowledged",
    "received_by": "how it was received",
    "points": "what the complaint is about",
    "record": "the written record of what was said",
    "wanted": "what they want to happen",
    "outcome_sought": "the outcome that they want, or the question for it",
    "response_due": "the day the response is expected by",
    "six_months_end": "the end of the six months",
    "period_told": "the period that was told",
    "extended_from": "the date that was told before",
    "reason": "the reason",
    "next_update": "the day they hear next",
    "reply_by": "the day they should reply by",
    "consent_of": "whose consent is needed",
    "stage": "the stage",
    "review_asked_on": "the day the review was asked for",
    "stage_name": "the name of the stage",
    "independent_person": "the independent person",
    "adjudicating_officer": "the adjudicating officer",
    "panel": "the chair and the members of the panel",
    "panel_held_on": "the day the panel was held",
    "panel_report_on": "the day the panel's report was received",
    "considered": "how it was considered",
    "conclusions": "the conclusions on each point",
    "outcome": "the outcome",
    "remedial_action": "what has been or will be done",
    "way_on": "what they can do next",
    "ombudsman": "the Ombudsman: how long they have, and how to reach it",
    "ombudsman_name": "the name of the Ombudsman",
    "complain_to": "where they may go next: “Ombudsman”, or what its procedure names instead",
    "closing": "why it is closed",
    "closed_on": "the day it was closed",
}
"""The places that a letter may have, each with its name in a gap."""
_PLACE = re.compile(r"\{([^{}]*)\}")
_GAP = re.compile(r"\[missing: ([^\[\]]*)\]")


class UnknownLetter(PlainError, ValueError):
    """The council has no letter with this key or name; the message lists those it has."""


def _written(value: object) -> str:
    text = several_lines(value)
    _check_places(text)
    return text


def _check_places(text: str) -> None:
    for name in _PLACE.findall(text):
        if name not in PLACES:
            raise wrong(f"{{{name}}} is not a place that can be filled in: known are {listed(PLACES, 'and')}")
    if "{" in (rest := _PLACE.sub("", text)) or "}" in rest:
        raise wrong("a brace stands alone: a place is written {reference}")


def _subject(value: object) -> object:
    if isinstance(value, str):
        _check_places(value)
    return value


def _one(vocabulary: type[Contact] | type[Kind] | type[Status]) -> BeforeValidator:
    return BeforeValidator(one_of(vocabulary))


class Letter(Shape):
    """The template of a letter."""

    key: Name
    name: Name
    """Its name in the officer's list of letters."""
    contact: Annotated[
        Contact, BeforeValidator(one_of((Contact.LETTER_TO, Contact.HOLDING_LETTER, Contact.FINAL_NOTICE)))
    ] = Contact.LETTER_TO
    """The kind of contact that is recorded when it is sent. A holding letter counts as the update that was due."""
    kinds: tuple[Annotated[Kind, _one(Kind)], ...] = (Kind.COMPLAINT,)
    when: tuple[Annotated[Status, _one(Status)], ...] = ()
    """The statuses in which it is listed first; none: every status."""
    stage: Annotated[int | None, BeforeValidator(whole(STAGES[0], STAGES[-1]))] = None
    """The stage for which it is listed first; None: every stage."""
    subject: Annotated[Text, BeforeValidator(_subject)]
    text: Annotated[str, BeforeValidator(_written)]

    def fits(self, kind: Kind, status: Status, stage: int) -> bool:
        """Returns whether it is listed first for a case of this kind, status and stage."""
        return (
            kind in self.kinds
            and (not self.when or status in self.when)
            and (self.stage is None or self.stage == stage)
        )


class Council(Shape):
    """The council's contact details for its letters. An empty one becomes a gap in the letter."""

    address: MaybeText = ""
    telephone: MaybeText = ""
    email: MaybeText = ""
    signatory: MaybeText = ""
    """Who signs the responses: the responsible person (2009 Regulations, reg 4), or whom they appointed."""


@dataclass(frozen=True)
class FilledLetter:
    """A letter filled in from a case; `missing` has the names of its gaps."""

    key: str
    text: str
    missing: tuple[str, ...]


def fill(letter: Letter, words: Mapping[str, str]) -> FilledLetter:
    """Returns the letter with `words` in its places. A place without words becomes a gap."""

    def put(place: re.Match[str]) -> str:
        name = place.group(1)
        return safe_text(words.get(name, "")).strip() or f"[missing: {PLACES[name]}]"

    text = _PLACE.sub(put, f"{letter.subject}\n\n{letter.text}")
    return FilledLetter(letter.key, text, tuple(missing_in(text)))


def missing_in(text: str) -> list[str]:
    """Returns the names of a text's gaps, each once, in the order of the text."""
    return list(dict.fromkeys(_GAP.findall(text)))


def gaps_in(text: str) -> list[tuple[int, int]]:
    """Returns the start and end index of each gap."""
    return [gap.span() for gap in _GAP.finditer(text)]


@cache
def common_letters() -> tuple[Letter, ...]:
    """Returns the letters that come with the program; a profile replaces one by a letter with the same key."""
    text = (resources.files("feedback_tui.profiles.common") / "letters.toml").read_text("utf-8")
    return tuple(Letter.model_validate(row) for row in tomllib.loads(text)["letter"])


def letters_of(own: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """Returns the common letters, or the council's own with the same key; then the letters that only the council
    has."""
    by_key = {letter.key.casefold(): letter for letter in own}
    common = [by_key.pop(letter.key.casefold(), letter) for letter in common_letters()]
    return (*common, *by_key.values())


def letter_of(own: tuple[Letter, ...], key: str) -> Letter:
    """Returns the letter with this key or name, ignoring upper and lower case, and dashes. Raises UnknownLetter."""
    wanted, letters = " ".join(key.casefold().replace("_", " ").replace("-", " ").split()), letters_of(own)
    for letter in letters:
        if wanted in (letter.key.casefold().replace("-", " "), letter.name.casefold()):
            return letter
    raise UnknownLetter(f"“{key}” is not one of the letters: use {', '.join(letter.key for letter in letters)}")
