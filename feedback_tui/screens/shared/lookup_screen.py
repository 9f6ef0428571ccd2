"""What the screens with one field and a list beneath it share: what is typed is looked for, Enter takes what is lit."""

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
"""Keys that change the words or move in them; every other acts on what was found."""


class GotoField(LineField):
    """What is looked for; the arrows move in what was found, Enter opens it."""

    BINDINGS = [
        Binding("down", "screen.move(1)", show=False),
        Binding("up", "screen.move(-1)", show=False),
        Binding("enter", "screen.open_found", show=False),
    ]


class LookUpScreen(DeskScreen):
    """Asks for words; gives what is chosen of what they find."""

    PLACE = Place.CHOICE
    CSS_PATH = "../styles/lookup.tcss"
    BINDINGS = screen_bindings(Place.CHOICE)
    ASKS: ClassVar[str]
    """What may be typed."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._found: Sequence[str] = ()
        self._found_for: str | None = ""
        """What it shows what was found for; None until it does."""

    # What a subclass says

    def look_up(self, words: str) -> None:
        """Looks for the words, and shows what it finds by `show_found`."""
        raise NotImplementedError

    # The screen

    def body(self) -> Iterable[Widget]:
        yield GotoField(placeholder=self.ASKS)
        yield RowList(id="found")
        yield Static("", id="found-said")

    def on_mount(self) -> None:
        self.query_one(GotoField).focus()

    def takes(self, event: Event) -> bool:
        """A quick hand that types and presses Enter means what these words find, not what the first of them found."""
        typing = not isinstance(event, Key) or event.is_printable or event.key in EDITING
        return typing or self._found_for == self.words

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.query_one(GotoField).words.strip()

    def on_typed(self, event: Typed) -> None:
        self.look_up(self.words)

    def show_found(self, words: str, rows: Iterable[Content], found: Sequence[str], said: str = "") -> None:
        """Shows what these words found, a row each, and what each row gives when it is chosen."""
        self._found_for, self._found = words, found
        shown = self.query_one(RowList)
        shown.clear_options()
        shown.add_options(rows)
        if found:
            shown.highlighted = 0
        self.query_one("#found-said", Static).update(Content(said))

    def went_wrong(self, error: Exception) -> None:
        # What stands there is what there is.
        self._found_for = self.words
        super().went_wrong(error)

    @property
    def lit(self) -> str | None:
        """What the row that is lit gives."""
        rows = self.query(RowList)
        place = rows.first().highlighted if rows else None
        return self._found[place] if place is not None and place < len(self._found) else None

    def action_move(self, by: int) -> None:
        """Moves in what was found, while the field keeps the cursor."""
        rows = self.query_one(RowList)
        if by > 0:
            rows.action_cursor_down()
        else:
            rows.action_cursor_up()

    def action_open_found(self) -> None:
        """Gives back what is lit."""
        if self.lit is not None:
            self.dismiss(self.lit)

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index])
