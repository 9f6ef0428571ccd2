"""A short list of rows to choose from, with the keys common to all lists."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from feedback_tui.widgets.key_bindings import list_bindings, use_own_keys


class RowList(OptionList):
    """A list in memory; for rows of the register use the case table.

    If `beside` is given, the page keys scroll it instead of the list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*list_bindings()]
    DEFAULT_CSS = """
    RowList, RowList:focus { border: none; padding: 0; background: $background; background-tint: transparent; }
    RowList { scrollbar-size-vertical: 1; }
    RowList > .option-list--option { padding: 0 1; }
    RowList > .option-list--option-highlighted, RowList:focus > .option-list--option-highlighted {
        background: $primary 22%; color: $foreground; text-style: none;
    }
    RowList:nocolor > .option-list--option-highlighted, RowList:nocolor:focus > .option-list--option-highlighted {
        background: $foreground 28%;
    }
    """

    def __init__(self, *options: Option, id: str | None = None, beside: VerticalScroll | None = None) -> None:
        super().__init__(*options, id=id)
        use_own_keys(self, list_bindings)
        self._beside = beside

    def action_page_up(self) -> None:
        if self._beside is not None:
            self._beside.scroll_page_up(animate=False)
        else:
            self._move(-self.size.height)

    def action_page_down(self) -> None:
        if self._beside is not None:
            self._beside.scroll_page_down(animate=False)
        else:
            self._move(self.size.height)

    def _move(self, rows: int) -> None:
        if not self.option_count:
            return
        place = max(0, min((self.highlighted or 0) + rows, self.option_count - 1))
        # A heading cannot be highlighted, so the row nearest to it is.
        ways = (range(place, self.option_count), range(place, -1, -1))
        for way in ways if rows > 0 else reversed(ways):
            if (lit := next((each for each in way if not self.options[each].disabled), None)) is not None:
                self.highlighted = lit
                return

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        # Scroll to the top for the first row, so that its heading is in view too.
        if highlighted is not None and all(option.disabled for option in self.options[:highlighted]):
            self.scroll_home(animate=False)

    def action_up(self) -> None:
        self.action_cursor_up()

    def action_down(self) -> None:
        self.action_cursor_down()


class Page(VerticalScroll):
    """Text that scrolls, with the keys common to all lists."""

    BINDINGS: ClassVar[list[BindingType]] = [*list_bindings()]
    DEFAULT_CSS = """
    Page { scrollbar-size-vertical: 1; }
    """

    def __init__(self, *children: Widget, id: str | None = None) -> None:
        super().__init__(*children, id=id)
        use_own_keys(self, list_bindings)

    def action_up(self) -> None:
        self.scroll_up(animate=False)

    def action_down(self) -> None:
        self.scroll_down(animate=False)

    def action_page_up(self) -> None:
        self.scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        self.scroll_page_down(animate=False)

    def action_first(self) -> None:
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        self.scroll_end(animate=False)
