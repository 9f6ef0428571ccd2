"""The base of screens with one field and a list beneath: typing searches, Enter chooses the highlighted row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.events import Event, Key
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.actions import Place
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.widgets.fields import LineField, Typed
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.row_list import RowList

EDITING = ("backspace", "delete", "left", "right", "home", "end", "ctrl+a", "ctrl+e", "ctrl+w", "ctrl+u", "ctrl+k")
"""Keys that edit the text; all others act on the list."""


class GotoField(LineField):
    """The field for the text; the arrows move in the list, Enter opens the highlighted row."""

    BINDINGS = [
        Binding("down", "screen.move(1)", show=False),
        Binding("up", "screen.move(-1)", show=False),
        Binding("enter", "screen.open_found", show=False),
    ]


class LookUpScreen(DeskScreen):
    """Asks for text. Its result is the value of the chosen row, or None."""

    PLACE = Place.CHOICE
    CSS_PATH = "../styles/lookup.tcss"
    BINDINGS = screen_bindings(Place.CHOICE)
    ASKS: ClassVar[str]
    """What may be typed, shown in the empty field."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._found: Sequence[str] = ()
        self._found_for: str | None = ""
        """The text that the list shows results for; None before the first results."""

    # For subclasses

    def look_up(self, words: str) -> None:
        """Searches for the text, and shows the results by calling `show_found`."""
        raise NotImplementedError

    # The screen

    def body(self) -> Iterable[Widget]:
        yield GotoField(placeholder=self.ASKS)
        yield RowList(id="found")
        yield Static("", id="found-said")

    def on_mount(self) -> None:
        self.query_one(GotoField).focus()

    def takes(self, event: Event) -> bool:
        """Keys that act on the list wait until it shows the results of the whole text, even if someone types fast."""
        typing = not isinstance(event, Key) or event.is_printable or event.key in EDITING
        return typing or self._found_for == self.words

    @property
    def words(self) -> str:
        """The text to search for."""
        return self.query_one(GotoField).words.strip()

    def on_typed(self, event: Typed) -> None:
        self.look_up(self.words)

    def show_found(self, words: str, rows: Iterable[Content], found: Sequence[str], said: str = "") -> None:
        """Shows the results for `words`: one row each, and in `found` what each row gives when chosen."""
        self._found_for, self._found = words, found
        shown = self.query_one(RowList)
        shown.clear_options()
        shown.add_options(rows)
        if found:
            shown.highlighted = 0
        self.query_one("#found-said", Static).update(Content(said))

    def went_wrong(self, error: Exception) -> None:
        # After an error no better results will come, so keys must not wait.
        self._found_for = self.words
        super().went_wrong(error)

    @property
    def lit(self) -> str | None:
        """What the highlighted row gives, or None."""
        rows = self.query(RowList)
        place = rows.first().highlighted if rows else None
        return self._found[place] if place is not None and place < len(self._found) else None

    def action_move(self, by: int) -> None:
        """Moves in the list by `by` rows (1 or -1), while the field keeps the focus."""
        rows = self.query_one(RowList)
        if by > 0:
            rows.action_cursor_down()
        else:
            rows.action_cursor_up()

    def action_open_found(self) -> None:
        """Closes the screen with what is highlighted."""
        if self.lit is not None:
            self.dismiss(self.lit)

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index])
