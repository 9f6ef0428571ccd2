"""What every section of a case is made of: labels, headings, pieces of styled words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from textual.content import Content

from feedback_tui.text import safe_text

Piece = str | tuple[str, str]
LABEL = 14
QUIET = "$text-muted"
TONES = {"late": "bold $text-error", "today": "bold $text-warning", "soon": "$text-warning", "quiet": QUIET, "": ""}
"""The style of each tone of ``screens.due``."""


def section(*pieces: Piece) -> Content:
    """A section of these pieces, as they stand."""
    return Content.assemble(*((piece if isinstance(piece, tuple) else (piece, "")) for piece in pieces)).rstrip()


def joined(sections: Iterable[Content]) -> Content:
    """Sections one beneath the other; those with nothing to say left out."""
    return Content("\n\n").join([section for section in sections if section.plain])


def heading(words: str) -> Piece:
    """A section's heading."""
    return (f"{words}\n", "bold $accent")


def labelled(label: str, words: str | None, width: int, style: str = "") -> list[Piece]:
    """A line with its label, what is too long for it set in; nothing where there is nothing to say."""
    if not words:
        return []
    lines = [line for part in safe_text(words).split("\n") for line in textwrap.wrap(part, width - LABEL) or [""]]
    return [(f"{label:<{LABEL}}", QUIET), (f"\n{'':<{LABEL}}".join(lines) + "\n", style)]
