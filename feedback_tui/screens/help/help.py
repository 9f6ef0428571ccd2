"""The keys of a screen, made from the declared actions, with the reason where an action is not possible now."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen
from textual.widgets import Static

from feedback_tui.actions import Place, Situation, Topic, at
from feedback_tui.widgets.key_bindings import printed
from feedback_tui.widgets.row_list import Page

KEYS, WORDS, WIDTH = 11, 28, 74
"""Widths in cells: of the keys, of the words, and of a whole line."""


def help_lines(place: Place, situation: Situation) -> Content:
    """Returns the help of one screen: by topic the keys, the action's name, and what it does or why it is not
    possible."""
    parts: list[tuple[str, str]] = []
    for topic in Topic:
        # A step without a key is in the list of steps, which shows why it is not possible.
        actions = [action for action in at(place) if action.topic is topic and (action.keys or not action.step)]
        if not actions:
            continue
        parts.append((f"{chr(10) if parts else ''}{topic}\n", "bold $accent"))
        for action in actions:
            keys = " ".join(printed(key) for key in action.keys) + " "
            why = action.why_not(situation)
            help_words = action.help if why is None else f"Not now: {why}."
            first, *rest = textwrap.wrap(help_words, WIDTH - KEYS - WORDS) or [""]
            parts += [
                (f" {keys:<{KEYS - 1}}", "bold $primary" if why is None else "$text-disabled"),
                (
                    f"{action.words:<{WORDS - max(0, len(keys) - KEYS + 1)}}",
                    "bold" if why is None else "$text-disabled",
                ),
                (f"{first}\n", "$text-muted" if why is None else "$text-disabled"),
            ]
            parts += [
                (f"{'':<{KEYS + WORDS}}{line}\n", "$text-muted" if why is None else "$text-disabled") for line in rest
            ]
    return Content.assemble(*parts).rstrip()


class HelpScreen(ModalScreen[None]):
    """The help of the screen beneath it."""

    CSS_PATH = "../styles/help.tcss"
    BINDINGS = [
        Binding("escape,question_mark,f1,q", "dismiss", "Back", show=False),
        Binding("g", "guides", "Guides", show=False),
    ]

    def __init__(self, place: Place, situation: Situation, guides: Callable[[], None]) -> None:
        super().__init__()
        self._guides = guides
        self._place, self._situation = place, situation

    def compose(self) -> ComposeResult:
        with Vertical(id="help") as box:
            box.border_title = Content(f" Keys · {self._place} ")
            box.border_subtitle = Content(" g the guides · esc goes back ")
            with Page():
                yield Static(help_lines(self._place, self._situation))

    def on_mount(self) -> None:
        self.query_one(Page).focus()

    def on_click(self, event: Click) -> None:
        """A click outside the box closes it; a click on the lower edge runs the action written there."""
        box = self.query_one("#help").region
        if not box.contains(event.screen_x, event.screen_y):
            self.dismiss(None)
        elif event.screen_y == box.bottom - 1:
            if event.screen_x >= box.right - len(" esc goes back ") - 2:
                self.dismiss(None)
            else:
                self.action_guides()

    def action_guides(self) -> None:
        """Closes the help and opens the guides."""
        self.dismiss(None)
        self._guides()
