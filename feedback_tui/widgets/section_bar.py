"""A line with the names of a page's sections; the current one is marked, and a click chooses another."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

GAP, NARROW_GAP = 3, 2
"""Cells added to the width of each name; the narrow gap is used if not all names fit."""


class SectionBar(Widget):
    """The names of the sections, the current one in brackets."""

    DEFAULT_CSS = """
    SectionBar { height: 1; padding: 0 2; background: $background; color: $text-muted; text-wrap: nowrap; }
    """

    class Chosen(Message):
        """A section was clicked."""

        def __init__(self, name: str) -> None:
            self.name = name
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self.marked = ""
        """The name of the current section."""

    def show(self, names: Sequence[str]) -> None:
        """Shows these sections."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            self.refresh()

    def mark(self, name: str) -> None:
        """Marks the current section."""
        if name != self.marked:
            self.marked = name
            self.refresh()

    def _spans(self) -> list[tuple[int, int, str]]:
        """Returns (first column, end, name) for each name in view, in cells. If not all fit, names before the marked
        one are left out, first to last."""
        names, room, gap = list(self._names), self.size.width, self._gap
        while len(names) > 1 and self._width(names) > room and names[0] != self.marked:
            names.pop(0)
        spans, column = [], 0
        for name in names:
            spans.append((column, column + cell_len(name) + 2, name))
            column += cell_len(name) + gap
        return spans

    @property
    def _gap(self) -> int:
        wide = sum(cell_len(name) + GAP for name in self._names)
        return GAP if wide <= self.size.width else NARROW_GAP

    def _width(self, names: Sequence[str]) -> int:
        return sum(cell_len(name) + self._gap for name in names)

    def render(self) -> Content:
        parts: list[tuple[str, str]] = []
        for start, _, name in self._spans():
            here = name == self.marked
            gap = " " if start and self._gap == GAP else ""
            parts.append((gap, ""))
            parts.append((f"[{name}]" if here else f" {name} ", "bold $primary" if here else "$text-muted"))
        return Content.assemble(*parts)

    def on_click(self, event: Click) -> None:
        # The first two cells are padding.
        column = event.x - 2
        for start, end, name in self._spans():
            if start <= column < end:
                self.post_message(self.Chosen(name))
