"""The line above a screen (council, where you are, who works, which day) and the line of keys beneath it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.widget import Widget

from feedback_tui.actions import Action, Situation
from feedback_tui.text import one_line
from feedback_tui.widgets.cells import fit
from feedback_tui.widgets.keys import printed


class TitleBar(Widget):
    """One line: the council and the screen on the left, the officer and the day on the right."""

    DEFAULT_CSS = """
    TitleBar {
        dock: top; height: 1; padding: 0 1;
        background: $panel; color: $foreground;
    }
    """

    def __init__(self, council: str, where: str, right: str) -> None:
        super().__init__()
        self._council, self._where, self._right = one_line(council), one_line(where), one_line(right)

    def say(self, *, where: str | None = None, right: str | None = None) -> None:
        """Changes what it says."""
        self._where = self._where if where is None else one_line(where)
        self._right = self._right if right is None else one_line(right)
        self.refresh()

    def render(self) -> Content:
        width = self.size.width
        right = self._right if cell_len(self._right) <= width // 2 else fit(self._right, width // 2)
        room = width - cell_len(right) - 2
        where = self._where if cell_len(self._where) <= room else fit(self._where, room)
        council = self._council
        left = room - cell_len(where) - 3
        parts: list[str | tuple[str, str]] = [(where, "bold $primary")]
        if left >= 12:
            parts += [(" · ", "$text-muted"), council if cell_len(council) <= left else fit(council, left)]
        content = Content.assemble(*parts)
        gap = max(width - content.cell_length - cell_len(right), 1)
        return Content.assemble(content, " " * gap, (right, "$text-muted"))


class KeyBar(Widget):
    """One line of keys: what can be done here and now, best first, as many as fit; a click does it."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; padding: 0 1;
        background: $panel; color: $foreground;
    }
    """

    class Chosen(Message):
        """A key was clicked."""

        def __init__(self, name: str) -> None:
            self.name = name
            super().__init__()

    def __init__(self, actions: Sequence[Action], situation: Situation) -> None:
        super().__init__()
        self._actions = sorted((action for action in actions if action.bar), key=lambda action: action.bar)
        self._situation = situation
        self._spans: list[tuple[int, int, str]] = []

    def stand(self, situation: Situation) -> None:
        """Tells it where the officer stands now."""
        if situation != self._situation:
            self._situation = situation
            self.refresh()

    @property
    def shown(self) -> list[str]:
        """The names of the actions in view, left to right."""
        return [name for _, _, name in self._spans]

    def render(self) -> Content:
        possible = [action for action in self._actions if action.why_not(self._situation) is None]
        fixed = [action for action in possible if action.bar >= 20]
        room = self.size.width - sum(_width(action) + 2 for action in fixed)
        shown: list[Action] = []
        for action in (action for action in possible if action.bar < 20):
            if _width(action) + (2 if shown else 0) > room:
                break
            room -= _width(action) + (2 if shown else 0)
            shown.append(action)
        parts: list[tuple[str, str]] = []
        self._spans, column = [], 0
        for action in [*shown, *fixed]:
            if action in fixed and action is fixed[0]:
                parts.append((" " * max(room, 0), ""))
                column += max(room, 0)
            if column:
                parts.append(("  ", ""))
                column += 2
            parts += [(printed(action.keys[0]), "bold $primary"), (f" {_words(action)}", "$foreground")]
            self._spans.append((column, column + _width(action), action.name))
            column += _width(action)
        return Content.assemble(*parts)

    def on_click(self, event: Click) -> None:
        column = event.x - 1
        for start, end, name in self._spans:
            if start <= column < end:
                self.post_message(self.Chosen(name))

    def on_resize(self, event: Resize) -> None:
        self.refresh()


def _words(action: Action) -> str:
    return action.short or action.words


def _width(action: Action) -> int:
    return cell_len(f"{printed(action.keys[0])} {_words(action)}")
