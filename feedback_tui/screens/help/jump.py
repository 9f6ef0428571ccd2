"""Jump: shows a letter at everything on the screen that can take the focus; typing the letter goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static

from feedback_tui.widgets.case_table import CaseTable

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


@dataclass(frozen=True)
class Target:
    """A place on the screen, and the function that goes there."""

    at: Offset
    go: Callable[[], object]


def targets(screen: Screen[Any]) -> list[Target]:
    """Returns what can be jumped to, from top to bottom: rows of lists, and other widgets that take the focus."""
    found: list[Target] = []
    for widget in screen.focus_chain:
        if not isinstance(widget, Widget) or not widget.region:
            continue
        if isinstance(widget, CaseTable):
            found += _rows(widget)
        elif isinstance(widget, OptionList):
            found += _options(widget)
        else:
            found.append(Target(widget.region.offset, widget.focus))
    return sorted(found, key=lambda target: (target.at.y, target.at.x))


def _rows(table: CaseTable[Any]) -> Iterator[Target]:
    for line, place in table.places_in_view:
        yield Target(table.region.offset + Offset(0, line), lambda place=place: _to_row(table, place))  # type: ignore[misc]


def _to_row(table: CaseTable[Any], place: int) -> None:
    table.focus()
    table.move_to(place)


def _options(rows: OptionList) -> Iterator[Target]:
    inside = rows.scrollable_content_region
    for index in range(rows.option_count):
        line = rows._index_to_line.get(index)
        if line is None or rows.get_option_at_index(index).disabled:
            continue
        y = line - rows.scroll_offset.y
        if 0 <= y < inside.height:
            yield Target(inside.offset + Offset(0, y), lambda index=index: _to_option(rows, index))  # type: ignore[misc]


def _to_option(rows: OptionList, index: int) -> None:
    rows.focus()
    rows.highlighted = index


def labels(count: int) -> list[str]:
    """Returns `count` labels: one letter each, or two if there are not enough letters."""
    if count <= len(LETTERS):
        return list(LETTERS[:count])
    return [first + second for first in LETTERS for second in LETTERS][:count]


class JumpScreen(ModalScreen[int | None]):
    """Shows the labels above the screen beneath. Its result is the number of the chosen target, or None."""

    DEFAULT_CSS = """
    JumpScreen { background: transparent; layers: labels; }
    JumpScreen Static { position: absolute; width: auto; height: 1; background: $warning; color: $background; }
    """

    def __init__(self, found: list[Target]) -> None:
        super().__init__()
        self._targets, self._labels, self._typed = found, labels(len(found)), ""

    def compose(self) -> ComposeResult:
        for target, label in zip(self._targets, self._labels, strict=True):
            sign = Static(Content.assemble((label, "bold")))
            sign.styles.offset = (target.at.x, target.at.y)
            yield sign

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self._typed += event.character or "\0"
        if self._typed in self._labels:
            self.dismiss(self._labels.index(self._typed))
        elif not any(label.startswith(self._typed) for label in self._labels):
            self.dismiss(None)
