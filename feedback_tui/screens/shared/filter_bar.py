"""The filter of a list: terms and words, completed while typing."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Static

from feedback_tui.desk.filters.filter_completion import Completion, completions
from feedback_tui.desk.filters.filter_parser import Setting
from feedback_tui.widgets.case_table import CaseTable
from feedback_tui.widgets.fields import LineField
from feedback_tui.widgets.vocabulary_fields import Suggestions

EXAMPLE = "words, or terms: team:north due<fri overdue officer:me -theme:charging"


class FilterBar(LineField):
    """Tab takes the highlighted suggestion; Enter and the down arrow move to the rows; Escape empties it first."""

    DEFAULT_CSS = """
    FilterBar { display: none; width: 1fr; }
    """

    class Left(Message):
        """The officer went back to the rows."""

    def __init__(self, suggestions: Suggestions) -> None:
        super().__init__(placeholder=EXAMPLE)
        self._suggestions = suggestions
        self._offered: list[Completion] = []
        self._chosen = False
        self.setting: Setting | None = None
        """What terms are parsed with; while it is None nothing is suggested."""

    def typed(self) -> None:
        if self.has_focus:
            self.suggest()

    def suggest(self) -> None:
        """Shows completions of the term under the cursor."""
        self._chosen = False
        self._offered = completions(self.value, self.cursor_position, self.setting) if self.setting else []
        if self._offered:
            self._suggestions.open(self, [one.shown for one in self._offered], lit=True, above=True)
        else:
            self._suggestions.close()

    def take(self, word: str) -> None:
        """Fills in a suggestion."""
        found = next((one for one in self._offered if one.shown == word), None)
        self._suggestions.close()
        if found is not None:
            self.value = found.text
            self.cursor_position = found.cursor

    def on_blur(self) -> None:
        self._suggestions.close()

    def _leave(self) -> None:
        # Directly, not by a message: a key that follows quickly is for the rows.
        self.screen.set_focus(self.screen.query_one(CaseTable))
        self.post_message(self.Left())

    async def _on_key(self, event: events.Key) -> None:
        lit = self._suggestions.lit
        match event.key:
            case "tab" if lit is not None:
                self.take(lit)
            case "down" | "up" if lit is not None:
                self._suggestions.move(1 if event.key == "down" else -1)
                self._chosen = True
            case "enter" if lit is not None and self._chosen:
                self.take(lit)
            case "escape" if lit is not None and self._chosen:
                self._suggestions.close()
            case "escape":
                self.value = ""
                self._leave()
            case "enter" | "down" | "up" | "tab":
                self._leave()
            case _:
                return
        event.stop()
        event.prevent_default()


class FilterTrouble(Static):
    """The terms that were not understood, in plain words, beneath the filter."""

    DEFAULT_CSS = """
    FilterTrouble {
        display: none; height: auto; max-height: 3; padding: 0 3;
        color: $text-warning; background: $surface;
    }
    """
