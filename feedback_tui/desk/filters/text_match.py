"""How typed text is searched for in the register: ignoring upper and lower case; `%` and `_` have no special
meaning."""

from __future__ import annotations

from feedback_tui.storage.search.like_pattern import containing
from feedback_tui.text import safe_text

MOST_PARTS, LONGEST_PART = 20, 100
"""The most parts, and characters of a part, that are searched for; the rest is ignored."""


def parts_of(words: str) -> tuple[str, ...]:
    """Returns the parts of `words` to search for, each anywhere: made safe, split at spaces, cut to the limits."""
    return tuple(part[:LONGEST_PART] for part in safe_text(words).split()[:MOST_PARTS])


def pattern(part: str) -> str:
    """Returns the LIKE pattern of a part, for `contains`."""
    return containing(part.lower())
