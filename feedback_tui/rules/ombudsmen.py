"""The Ombudsmen to whom a complainant can go: those that come with the program, and those in the council's profile.

An Ombudsman in the profile replaces the common one with the same key. A procedure names its usual Ombudsman; if it does
not, its law decides (`USUAL`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from feedback_tui.enums import Law, OmbudsmanDecision
from feedback_tui.rules.profile_values import Flag, MaybeText, Name, Shape, Text, one_of, several_lines, whole, wrong
from feedback_tui.rules.sources import Sourced

LGSCO, HOUSING, PHSO = "lgsco", "housing-ombudsman", "phso"
USUAL: Final[Mapping[Law, str | None]] = {
    **dict.fromkeys(Law, LGSCO),
    Law.HOUSING_CODE: HOUSING,
    Law.DATA_PROTECTION_2018: None,  # the Information Commissioner, who is no Ombudsman
}
"""The key of the usual Ombudsman for complaints under each law; None if there is none."""
KNOWING, FINAL_RESPONSE = "knowing of the matter", "final response"
_SINCE: Final = {
    KNOWING: "from the day you first knew about the matter you complain about, not from the date of this letter",
    FINAL_RESPONSE: "from the date of our final response",
}
UPHELD, NOT_UPHELD, NOT_INVESTIGATED, NO_FINDING = "upheld", "not upheld", "not investigated", "no finding"
_COUNTS_AS: Final = {
    OmbudsmanDecision.UPHELD: UPHELD,
    OmbudsmanDecision.NOT_UPHELD: NOT_UPHELD,
    OmbudsmanDecision.PASSED_TO_PHSO: NO_FINDING,
    OmbudsmanDecision.DISCONTINUED: NO_FINDING,
}
"""What each of the register's decisions counts as in the year's figures; all others count as not investigated."""


class Reached(Sourced):
    """An Ombudsman's contact details. An empty website, telephone or hours becomes a gap in a letter."""

    website: MaybeText = ""
    telephone: MaybeText = ""
    hours: MaybeText = ""
    """The opening hours of the telephone line."""
    email: MaybeText = ""
    post: MaybeText = ""


class TimeToComplain(Sourced):
    """The time limit for complaining to an Ombudsman, in months, and the event from which it is counted."""

    months: Annotated[int, BeforeValidator(whole(1, 120))]
    counts_from: Annotated[
        Literal["knowing of the matter", "final response"], BeforeValidator(one_of((KNOWING, FINAL_RESPONSE)))
    ] = Field(alias="from")


class DaysStated(Sourced):
    """The calendar days that an Ombudsman gives the council, or that the Ombudsman's letter names the date instead."""

    days: Annotated[int | None, BeforeValidator(whole(1, 365))] = None
    not_stated: Flag = False

    @model_validator(mode="after")
    def _stated_or_not(self) -> Self:
        if self.not_stated == (self.days is not None):
            raise wrong("give either the days, or not_stated = true where their letter names the date")
        return self


class FinalLetter(Sourced):
    """The text that an Ombudsman asks councils to use in their final letters; the contact details follow it."""

    text: Annotated[str, BeforeValidator(several_lines)]


class TheirWord(Shape):
    """A decision in an Ombudsman's own words."""

    name: Name
    recorded_as: Annotated[OmbudsmanDecision, BeforeValidator(one_of(OmbudsmanDecision))]
    """The register's decision for it; the year's figures count by that."""
    counts_as: Annotated[str, BeforeValidator(one_of((UPHELD, NOT_UPHELD, NOT_INVESTIGATED, NO_FINDING)))]

    @model_validator(mode="after")
    def _counts_as_it_is_recorded(self) -> Self:
        counted = _COUNTS_AS.get(self.recorded_as, NOT_INVESTIGATED)
        if self.counts_as != counted:
            raise wrong(f"“{self.recorded_as}” of the register counts as {counted}", "counts_as")
        return self


class TheirWords(Sourced):
    """The decisions that an Ombudsman makes."""

    words: tuple[TheirWord, ...] = Field(alias="word", min_length=1)


class Ombudsman(Shape):
    """An Ombudsman."""

    key: Name
    name: Name
    looks_at: Text
    """Which complaints it looks at, as the end of the sentence “It looks at …”."""
    reached: Reached
    time: TimeToComplain
    reply: DaysStated
    """The days for the council's reply to an enquiry."""
    comments: DaysStated
    """The days for the council's comments on a draft decision."""
    final_letter: FinalLetter | None = None
    decisions: TheirWords

    def sources(self) -> Mapping[str, Sourced]:
        """Returns the parts of this record that name a source, by key."""
        pieces = ("reached", "time", "reply", "comments", "final_letter", "decisions")
        return {name: piece for name in pieces if isinstance(piece := getattr(self, name), Sourced)}

    @property
    def how_long(self) -> str:
        """A sentence with the time limit for complaining, and the event from which it is counted."""
        months = self.time.months
        return f"You usually have up to {months} months to take your complaint to it, {_SINCE[self.time.counts_from]}."

    @property
    def contact(self) -> str:
        """The name and contact details for a letter, each on a line. A missing website, telephone or hours is a gap."""
        at = self.reached
        lines = {
            "Website": at.website or _missing(f"the website of the {self.name}"),
            "Telephone": at.telephone or _missing(f"the telephone number of the {self.name}"),
            "Telephone hours": at.hours or _missing(f"the telephone hours of the {self.name}"),
            "Email": at.email,
            "Post": at.post,
        }
        return "\n".join([self.name, *(f"{label}: {words}" for label, words in lines.items() if words)])

    @property
    def in_a_letter(self) -> str:
        """The paragraphs for letters before the final one: what it does, the time limit, and its contact details."""
        return (
            f"The {self.name} looks at {self.looks_at}. It is free and independent. {self.how_long}\n\n{self.contact}"
        )

    @property
    def in_a_final_letter(self) -> str:
        """The paragraphs for a final letter: the text that the Ombudsman asks for, if any, and its contact details."""
        if self.final_letter is None:
            return self.in_a_letter
        return f"{self.final_letter.text}\n\n{self.contact}"


def _missing(what: str) -> str:
    return f"[missing: {what}]"


@cache
def common_ombudsmen() -> tuple[Ombudsman, ...]:
    """Returns the Ombudsmen that come with the program."""
    text = (resources.files("feedback_tui.profiles.common") / "ombudsmen.toml").read_text("utf-8")
    return tuple(Ombudsman.model_validate(row) for row in tomllib.loads(text)["ombudsman"])


def ombudsmen_of(own: tuple[Ombudsman, ...]) -> tuple[Ombudsman, ...]:
    """Returns the common Ombudsmen, or the council's own with the same key; then those that only the council has."""
    by_key = {each.key.casefold(): each for each in own}
    common = [by_key.pop(each.key.casefold(), each) for each in common_ombudsmen()]
    return (*common, *by_key.values())
