"""The officer's saved filters: chosen by a key, saved under a name, deleted."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase, digits

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place
from feedback_tui.saved_filters import drop_filter, keep_filter, saved_filters
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.fields import LineField
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.row_list import RowList

KEYS = digits[1:] + "".join(letter for letter in ascii_lowercase if letter not in "jk")
"""The key of each filter in the list; j and k are left out because they move in it."""
HOW = "A key or ⏎ uses one · s keeps the filter that stands now · Del deletes one · esc goes back"


class NameField(LineField):
    """The field for the name of a new filter."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            screen = self.screen
            assert isinstance(screen, SavedFiltersScreen)
            screen.keep(self.words)


class SavedFiltersScreen(DeskScreen):
    """The list of saved filters. Its result is the text of the chosen filter, or None."""

    PLACE = Place.CHOICE
    CSS_PATH = "../styles/lookup.tcss"
    BINDINGS = screen_bindings(Place.CHOICE)

    def __init__(self, services: Services, text: str) -> None:
        super().__init__(services)
        self._text = text.strip()
        self._filters: dict[str, str] = {}

    @property
    def where(self) -> str:
        return "Filters you keep"

    def body(self) -> Iterable[Widget]:
        yield Static("", id="many-said")
        yield RowList(id="found")
        name = NameField(placeholder="a name for the filter")
        name.display = False
        yield name
        yield Static("", id="found-said")

    def on_mount(self) -> None:
        self._show()
        self.query_one(RowList).focus()

    def _show(self) -> None:
        self._filters = saved_filters()
        rows = self.query_one(RowList)
        place = rows.highlighted or 0
        rows.clear_options()
        keys = self._keys()
        rows.add_options(
            [
                Option(
                    Content.assemble(
                        (f"{key}  ", "bold $primary"), (fit(name, 24), "bold"), (f" {one_line(text)}", "$text-muted")
                    ),
                    id=f"filter-{number}",
                )
                for number, (key, (name, text)) in enumerate(zip(keys, self._filters.items(), strict=False))
            ]
        )
        if rows.option_count:
            rows.highlighted = min(place, rows.option_count - 1)
        stands = f"Stands now: {self._text}" if self._text else "No filter stands now: / types one."
        self.query_one("#many-said", Static).update(Content(one_line(stands)))
        said = HOW if self._filters else "None is kept yet. s keeps the filter that stands now · esc goes back"
        self.query_one("#found-said", Static).update(Content(said))

    def _keys(self) -> list[str]:
        return [key for key in KEYS if key != "s"]

    def on_key(self, event: events.Key) -> None:
        if self.query_one(NameField).has_focus:
            return
        keys = self._keys()
        if event.key == "s":
            event.stop()
            self._ask_name()
        elif event.key in ("delete", "backspace"):
            event.stop()
            self._delete()
        elif event.character in keys and keys.index(event.character) < len(self._filters):
            event.stop()
            self.dismiss(list(self._filters.values())[keys.index(event.character)])

    def _ask_name(self) -> None:
        if not self._text:
            self.say("There is no filter to keep: / types one.", "warning")
            return
        name = self.query_one(NameField)
        name.display = True
        name.focus()

    def keep(self, name: str) -> None:
        """Saves the current filter under a name."""
        if (trouble := keep_filter(name, self._text)) is not None:
            self.say(trouble, "warning")
            return
        field = self.query_one(NameField)
        field.put("")
        field.display = False
        self._show()
        self.query_one(RowList).focus()
        self.say(f"Kept as “{one_line(name)}”.")

    def _delete(self) -> None:
        place = self.query_one(RowList).highlighted
        if place is None:
            return
        name = list(self._filters)[place]
        if (trouble := drop_filter(name)) is not None:
            self.say(trouble, "warning")
        else:
            self.say(f"“{name}” is deleted.")
        self._show()

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self.dismiss(list(self._filters.values())[event.option_index])
