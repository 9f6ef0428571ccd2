"""What a torture comes to: how often it was tried, and how often the promise was broken."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

_begun_with = 0


def begin_with(seed: int) -> None:
    """Has every torture draw its lots from here on as this seed has it: the same seed, the same lots."""
    global _begun_with
    _begun_with = seed


def chance_of(torture: int) -> random.Random:
    """The lots of one torture, which has a number of its own."""
    return random.Random(_begun_with * 100 + torture)


@dataclass
class Count:
    """One promise put to the test."""

    promise: str
    tried: int = 0
    broken: list[str] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)
    """Other things that were counted on the way."""

    def tell(self, what: str, count: int = 1) -> None:
        """Counts something that is no broken promise."""
        self.told[what] = self.told.get(what, 0) + count

    @property
    def line(self) -> str:
        told = "".join(f", {count:,} {what}" for what, count in self.told.items())
        return f"{self.promise}: {self.tried:,} tried, {len(self.broken):,} broken{told}"
