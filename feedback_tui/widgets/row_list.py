"""A short list of rows to choose from, with the keys that every list here has."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import OptionList

from feedback_tui.widgets.keys import list_bindings


class RowList(OptionList):
    """A list in memory. For rows of the register there is the case table."""

    BINDINGS: ClassVar[list[BindingType]] = [*list_bindings()]
    DEFAULT_CSS = """
    RowList, RowList:focus { border: none; padding: 0; background: $background; background-tint: transparent; }
    RowList { scrollbar-size-vertical: 1; }
    RowList > .option-list--option { padding: 0 1; }
    RowList > .option-list--option-highlighted, RowList:focus > .option-list--option-highlighted {
        background: $primary 22%; color: $foreground; text-style: none;
    }
    """

    def action_up(self) -> None:
        self.action_cursor_up()

    def action_down(self) -> None:
        self.action_cursor_down()
