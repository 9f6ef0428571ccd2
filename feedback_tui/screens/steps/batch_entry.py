"""A pile of feedback entered one after the other: what stays in the form, what was entered, and the last taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedback_tui.text import one_line

KEPT = (
    *("kind", "received_on", "channel", "procedure", "adult_social_care", "correspondent_role", "team"),
    *("compliment_source", "officer"),
)
"""The fields that the next of a pile begins with: the ones that a pile has in common."""
TAKEN_BACK = "Taken back while entering a pile"
"""The reason on a case that was logged and taken back at once."""


@dataclass
class Pile:
    """What was entered since the form was opened."""

    entered: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Each reference, with the words as they were saved."""

    @property
    def last(self) -> str | None:
        """The reference of what was entered last."""
        return self.entered[-1][0] if self.entered else None

    def add(self, reference: str, words: Mapping[str, str]) -> None:
        """Puts what was saved on the pile."""
        self.entered.append((reference, dict(words)))

    def take_back(self) -> dict[str, str]:
        """Takes the last off the pile, and gives its words."""
        return self.entered.pop()[1]

    def in_words(self) -> str:
        """How many were entered, and the last: ``3 entered, the last ASC-26-0007``."""
        if not self.entered:
            return ""
        said = one_line(self.entered[-1][1].get("description", ""), 30)
        return f"{len(self.entered)} entered, the last {self.last} “{said}”"


def left_over(saved: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What was typed on while it was being saved: the words that came after those that were."""
    more = {}
    for name, words in now.items():
        before = saved.get(name, "")
        if name not in KEPT and words != before:
            more[name] = words.removeprefix(before)
    return more
