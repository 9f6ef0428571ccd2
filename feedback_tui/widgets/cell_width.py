"""Text cut and padded to terminal cells, so that wide characters keep columns aligned."""

from __future__ import annotations

from typing import Literal

from rich.cells import cell_len, set_cell_size

from feedback_tui.text import one_line, safe_text

Cut = Literal["end", "middle"]


def fit(text: str, width: int, cut: Cut = "end") -> str:
    """Returns `text` made safe, on one line and exactly `width` cells wide: padded, or cut with an ellipsis. "" for no
    width.

    ``end`` cuts the end off. ``middle`` keeps both ends, where the end distinguishes the text: “Social Work Team -
    North”.
    """
    line = one_line(text)
    if width <= 0:
        return ""
    if cell_len(line) <= width:
        return line + " " * (width - cell_len(line))
    if width < 2:
        return "…"
    if cut == "middle" and width >= 7:
        tail = _last_cells(line, (width - 1) // 2)
        head = set_cell_size(line, width - 1 - cell_len(tail)).rstrip()
        return set_cell_size(f"{head}…{tail}", width)
    return set_cell_size(set_cell_size(line, width - 1).rstrip() + "…", width)


def label_in_column(label: str, cells: int) -> str:
    """Returns a label made safe and padded to `cells`; a longer label is not cut, and gets one blank after it."""
    safe = safe_text(label).replace("\n", " ").expandtabs(1)
    return safe + " " * max(cells - cell_len(safe), 1 if safe else 0)


def _last_cells(line: str, width: int) -> str:
    start, taken = len(line), 0
    while start and taken + (size := cell_len(line[start - 1])) <= width:
        start, taken = start - 1, taken + size
    return line[start:].lstrip()
