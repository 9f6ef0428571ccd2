"""A line that filters the list beneath it: letters filter, the arrows move in the list, Enter chooses."""

from __future__ import annotations

from textual.binding import Binding
from textual.widgets import OptionList

from feedback_tui.widgets.fields import LineField


class NarrowField(LineField):
    """Keeps the focus, and passes the keys for moving and choosing to its list, once it has one."""

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
    """The list that it filters."""

    def action_in_list(self, name: str) -> None:
        """Runs the list's action of this name."""
        if self.rows is not None:
            getattr(self.rows, f"action_{name}")()
