"""The title bar at the top of a screen (council, screen, officer, day) and the key bar at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.widget import Widget

from feedback_tui.actions import Action, Situation
from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.key_bindings import shown_key

GAP = 2
ALWAYS = 20
"""Actions with this `bar` rank or a higher one are always shown, at the right of the key bar."""


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
        """Changes the text in the middle, on the right, or both; None leaves a text as it is."""
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
    """One line of keys: the actions that are possible now, lowest rank first, as many as fit. Clicking one does it."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; padding: 0 1;
        background: $panel; color: $foreground;
    }
    """

    class Chosen(Message):
        """An action in the bar was clicked; `name` is the action's name."""

        def __init__(self, name: str) -> None:
            self.name = name
            super().__init__()

    def __init__(self, actions: Sequence[Action], situation: Situation) -> None:
        super().__init__()
        self._actions = sorted((action for action in actions if action.bar), key=lambda action: action.bar)
        self._situation = situation

    def stand(self, situation: Situation) -> None:
        """Sets the situation that decides which actions are possible, and redraws if it changed."""
        if situation != self._situation:
            self._situation = situation
            self.refresh()

    @property
    def shown(self) -> list[str]:
        """The names of the actions shown, left to right."""
        return [action.name for _, action in self._laid_out()]

    def _laid_out(self) -> list[tuple[int, Action]]:
        """Returns the actions shown, each with its first column in cells; actions that are always shown are on the
        right."""
        possible = [action for action in self._actions if action.why_not(self._situation) is None]
        always = [action for action in possible if action.bar >= ALWAYS]
        room = self.size.width - sum(self._width(action) + GAP for action in always)
        placed: list[tuple[int, Action]] = []
        column = 0
        for action in possible:
            if action.bar >= ALWAYS or column + self._width(action) > room:
                break
            placed.append((column, action))
            column += self._width(action) + GAP
        column = max(room, 0)
        for action in always:
            placed.append((column + GAP, action))
            column += GAP + self._width(action)
        return placed

    def render(self) -> Content:
        parts: list[tuple[str, str]] = []
        column = 0
        for start, action in self._laid_out():
            parts += [(" " * (start - column), ""), (shown_key(action), "bold $primary")]
            parts.append((f" {self._words(action)}" if action.keys else self._words(action), "$foreground"))
            column = start + self._width(action)
        return Content.assemble(*parts)

    def _words(self, action: Action) -> str:
        return action.short_in(self._situation)

    def _width(self, action: Action) -> int:
        return cell_len(f"{shown_key(action)} {self._words(action)}".lstrip())

    def on_click(self, event: Click) -> None:
        column = event.x - 1
        for start, action in self._laid_out():
            if start <= column < start + self._width(action):
                self.post_message(self.Chosen(action.name))

    def on_resize(self, event: Resize) -> None:
        self.refresh()
