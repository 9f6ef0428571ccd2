"""The source of a legal figure or sentence, and whether the source itself was read.

`read_on` is the day on which the source's text was read. `checked = "second-hand"` says that it was not, and that the
figure was taken from others. A council's own figure may have neither.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, model_validator

from feedback_tui.rules.dates import long_date
from feedback_tui.rules.profile_values import Day, MaybeText, Shape, Text, one_of, wrong

SECOND_HAND: Final = "second-hand"
Checked = Annotated[Literal["second-hand"] | None, BeforeValidator(one_of((SECOND_HAND,)))]


class Sourced(Shape):
    """A part of a profile that names its source."""

    source: Text
    page: MaybeText = ""
    """The place in the source, where `source` does not name it: a page, a section, a web address."""
    read_on: Day | None = None
    """The day that its text was read."""
    checked: Checked = None
    """``second-hand`` where its text was not read."""

    @model_validator(mode="after")
    def _read_or_not(self) -> Self:
        if self.read_on is not None and self.checked is not None:
            raise wrong("what was read is not second-hand: leave one of read_on and checked out", "checked")
        return self

    @property
    def cited(self) -> str:
        """The source as shown: its name, the place in it, and whether and when its text was read."""
        place = f", {self.page}" if self.page else ""
        return f"{self.source}{place}{how_checked(self)}"


def how_checked(sourced: Sourced) -> str:
    """Returns how a figure was checked, for the end of its source; "" if the profile does not say."""
    if sourced.checked is not None:
        return f" ({sourced.checked}: its text was not read)"
    return f" (read on {long_date(sourced.read_on)})" if sourced.read_on else ""
