"""The columns that all lists of cases have: whose case it is, and its summary."""

from __future__ import annotations

from datetime import date
from typing import Protocol, TypeVar

from feedback_tui.screens.shared.hidden_names import Names
from feedback_tui.widgets.table_columns import Column


class Known(Protocol):
    """The values of a row that these columns use."""

    @property
    def who(self) -> str | None: ...
    @property
    def who_instead(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def on_hold(self) -> str | None: ...
    @property
    def hold_until(self) -> date | None: ...


Row = TypeVar("Row", bound=Known)


def who_column(names: Names) -> Column[Row]:
    """Returns the column of the complainant, else the customer."""

    def toned(row: Row) -> str:
        return "quiet" if row.who is None or names.hidden else ""

    return Column("Who", lambda row: names.shown(row.who, row.who_instead) or "–", 12, 17, 2, tone=toned)


def about_column() -> Column[Row]:
    """Returns the column of the summary, or else the first words of the case; a hold comes first."""
    return Column("In short", lambda row: row.about, 18, 40, 3, grows=True, wants=28)
