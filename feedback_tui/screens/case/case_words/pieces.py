"""What every section of a case is made of: labels, headings, pieces of styled words."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content

from feedback_tui.text import safe_text

Piece = str | tuple[str, str]
LABEL = 14
LEAST = 40
"""Cells that the words of a case have at the least."""
QUIET = "$text-muted"
_COLUMN = re.compile(r" *(?:\S+(?: \S+)*? {2,})?")
"""What stands before the second column of a line: its indent, or its label and the room after it."""
TONES = {"late": "bold $text-error", "today": "bold $text-warning", "soon": "$text-warning", "quiet": QUIET, "": ""}
"""The style of each tone of ``screens.shared.due_words``."""


def section(*pieces: Piece) -> Content:
    """A section of these pieces, as they stand."""
    return Content.assemble(*((piece if isinstance(piece, tuple) else (piece, "")) for piece in pieces)).rstrip()


def joined(sections: Iterable[Content], width: int = 0) -> Content:
    """Sections one beneath the other, those with nothing to say left out; set in to `width` cells, if given."""
    said = [section for section in sections if section.plain]
    return Content("\n\n").join([set_in(section, width) for section in said] if width else said)


def set_in(content: Content, width: int) -> Content:
    """`content` in `width` cells: what is too long for a line goes on beneath its second column, not its label."""
    lines: list[Content] = []
    for line in content.split("\n", allow_blank=True):
        if line.cell_length <= width:
            lines.append(line)
            continue
        found = _COLUMN.match(line.plain)
        start = found.end() if found and cell_len(found.group()) <= width // 2 else 0
        first, *rest = line[start:].wrap(max(width - cell_len(line.plain[:start]), 1))
        indent = " " * cell_len(line.plain[:start])
        lines += [line[:start] + first, *(Content(indent) + more for more in rest)]
    return Content("\n").join(lines)


def heading(words: str) -> Piece:
    """A section's heading."""
    return (f"{words}\n", "bold $accent")


def labelled(label: str, words: str | None, width: int, style: str = "") -> list[Piece]:
    """A line with its label, what is too long for it set in; nothing where there is nothing to say.

    A screen that is not laid out yet has no width: the words then stand in one that any screen has.
    """
    if not words:
        return []
    width = width if width > LABEL else LEAST
    lines = [line for part in safe_text(words).split("\n") for line in textwrap.wrap(part, width - LABEL) or [""]]
    return [(f"{f'{label} ':<{LABEL}}", QUIET), (f"\n{'':<{LABEL}}".join(lines) + "\n", style)]
