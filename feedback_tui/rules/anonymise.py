"""Removes names from text for publication: known names are struck out, and an officer checks the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

STRUCK = "[…]"
_TITLE = r"(?:Mrs|Mr|Miss|Ms|Mx|Dr|Sir|Dame|Cllr|Councillor)"
_TITLED = re.compile(rf"\b{_TITLE}\.?\s+[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)?")
_APART = re.compile(r"[^\w'’-]+")
_TITLES = {"mrs", "mr", "miss", "ms", "mx", "dr", "sir", "dame", "cllr", "councillor", "the", "and", "mp", "of"}
_ONLY_STRUCK = re.compile(rf"{re.escape(STRUCK)}(?:[\s-]+{re.escape(STRUCK)})+")


def anonymised(words: str, names: Iterable[str]) -> str:
    """Returns `words` with every part of these names replaced by `STRUCK`, and every title with the name after it."""
    said = _TITLED.sub(STRUCK, words)
    for part in _parts(names):
        said = _pattern(part).sub(STRUCK, said)
    return _ONLY_STRUCK.sub(STRUCK, said)


def names_in(words: str, names: Iterable[str]) -> tuple[str, ...]:
    """Returns the parts of these names that still occur in `words`."""
    return tuple(part for part in _parts(names) if _pattern(part).search(words))


def _parts(names: Iterable[str]) -> Iterator[str]:
    """Yields each part of the names that identifies someone: no initials or titles; each once, ignoring upper and lower
    case."""
    seen: set[str] = set()
    for name in names:
        for part in _APART.split(name):
            plain = part.casefold()
            if len(part.strip("'’-")) > 1 and plain not in _TITLES and plain not in seen:
                seen.add(plain)
                yield part


def _pattern(part: str) -> re.Pattern[str]:
    # A capitalised name matches with its capital only: “will” is not Will, “hope” not Hope. A name in small letters
    # matches in any case.
    named = re.escape(part) if part[:1].isupper() else f"(?i:{re.escape(part)})"
    shouted = f"|{re.escape(part.upper())}" if len(part) > 2 else ""
    return re.compile(rf"(?<![\w])(?:{named}{shouted})(?![\w])")
