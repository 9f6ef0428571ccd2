"""Entering several pieces of feedback one after the other: which fields stay filled in, what was entered, and taking
back the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedback_tui.text import one_line

KEPT = (
    *("kind", "received_on", "channel", "procedure", "adult_social_care", "correspondent_role", "team"),
    *("compliment_source", "officer"),
)
"""The fields that stay filled in for the next entry."""
TAKEN_BACK = "Taken back while entering a pile"
"""The reason recorded on a case that was logged and marked as logged in error at once."""


@dataclass
class Pile:
    """What was entered since the form was opened."""

    entered: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Each reference, with the form's text as saved."""

    @property
    def last(self) -> str | None:
        """The reference of the last entry, or None."""
        return self.entered[-1][0] if self.entered else None

    def add(self, reference: str, words: Mapping[str, str]) -> None:
        """Adds an entry that was saved."""
        self.entered.append((reference, dict(words)))

    def take_back(self) -> dict[str, str]:
        """Removes the last entry and returns its text."""
        return self.entered.pop()[1]

    def in_words(self) -> str:
        """Returns how many were entered, and the last with the beginning of its text: ``3 entered, the last ASC-26-0007
        “Thank you”``; "" for none."""
        if not self.entered:
            return ""
        said = one_line(self.entered[-1][1].get("description", ""), 30)
        return f"{len(self.entered)} entered, the last {self.last} “{said}”"


def left_over(saved: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Returns the text typed while the entry was being saved, by field: what follows the saved text."""
    more = {}
    for name, words in now.items():
        before = saved.get(name, "")
        if name not in KEPT and words != before:
            more[name] = words.removeprefix(before)
    return more
