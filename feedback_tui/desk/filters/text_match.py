"""How what an officer types is looked for in the register: without regard to case, and `%` and `_` mean themselves."""

from __future__ import annotations

from feedback_tui.storage.search.like_pattern import containing
from feedback_tui.text import safe_text

MOST_PARTS, LONGEST_PART = 20, 100
"""More, or longer, than anyone types: past them a filter looks no further."""


def parts_of(words: str) -> tuple[str, ...]:
    """The parts that are looked for, each anywhere: as they would stand in the register."""
    return tuple(part[:LONGEST_PART] for part in safe_text(words).split()[:MOST_PARTS])


def pattern(part: str) -> str:
    """The pattern that `contains` takes for a part."""
    return containing(part.lower())
