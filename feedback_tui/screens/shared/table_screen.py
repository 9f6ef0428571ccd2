"""The base of screens with a table of rows that each belong to a case: when it is read, and when keys wait for it."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.events import Event

from feedback_tui.screens.shared.one_case_screen import OneCaseScreen
from feedback_tui.widgets.case_table import CaseTable
from feedback_tui.widgets.fields import LineField
from feedback_tui.widgets.table_source import Source

Row = TypeVar("Row")


class TableScreen(OneCaseScreen, Generic[Row]):
    """A screen with a table. A subclass makes the table and defines the source of its rows."""

    table: CaseTable[Row]

    def source(self) -> Source[Row]:
        """Returns the source of the rows, as of today."""
        raise NotImplementedError

    def takes(self, event: Event) -> bool:
        """Keys wait until the rows of a new filter, or after a step, have been read."""
        return isinstance(self.focused, LineField) or not self.table.awaited

    def on_screen_resume(self) -> None:
        self.table.awaited = True
        self.look_again()

    def look_again(self) -> None:
        """Reads the rows again, as of today; the cursor stays on its row."""
        self.say_where()
        self.table.use(self.source())
