"""A line that narrows a list beneath it: letters narrow, the arrows move in the list, Enter takes what is lit."""

from __future__ import annotations

from textual.binding import Binding
from textual.widgets import OptionList

from feedback_tui.widgets.fields import LineField


class NarrowField(LineField):
    """Keeps the focus, and passes the keys that move and choose on to its list, once it has one."""

    BINDINGS = [
        Binding("down", "in_list('cursor_down')", show=False),
        Binding("up", "in_list('cursor_up')", show=False),
        Binding("pagedown", "in_list('page_down')", show=False),
        Binding("pageup", "in_list('page_up')", show=False),
        Binding("ctrl+home", "in_list('first')", show=False),
        Binding("ctrl+end", "in_list('last')", show=False),
        Binding("enter", "in_list('select')", show=False),
    ]
    rows: OptionList | None = None
    """The list that it narrows."""

    def action_in_list(self, name: str) -> None:
        """Does in the list what the key means there."""
        if self.rows is not None:
            getattr(self.rows, f"action_{name}")()
