"""The figures of the morning as a list, and as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_tui.desk.filters.filter_parser import write_filter
from feedback_tui.desk.list_columns import column
from feedback_tui.desk.morning import Figure, Morning
from feedback_tui.lists.columns import ListColumn, Listing, plain_rows

SECTIONS = ("due", "waiting", "received", "by_team", "by_investigator")
"""The keys of the JSON; each holds figures."""


@dataclass(frozen=True)
class FigureRow:
    """A figure with the heading that it is under."""

    section: str
    name: str
    count: int
    filter: str
    """The filter as it is typed above a list of cases."""


COLUMNS: tuple[ListColumn[FigureRow], ...] = (
    column("section", "Section", in_json=False),
    column("name", "What is counted"),
    column("count", "Cases"),
    column("filter", "Filter"),
)


def morning_listing(found: Morning) -> Listing[FigureRow]:
    """Returns one row for each figure, in the order of the screen."""
    rows = [_row(heading, figure) for heading, figures in found.sections for figure in figures]
    return Listing("Today", COLUMNS, rows)


def morning_json(found: Morning) -> dict[str, object]:
    """Returns the day under ``date``, and the figures under the key of their section."""
    under = {name: [_row(name, figure) for figure in getattr(found, name)] for name in SECTIONS}
    return {"date": found.day, **{name: plain_rows(Listing(name, COLUMNS, rows)) for name, rows in under.items()}}


def _row(section: str, figure: Figure) -> FigureRow:
    return FigureRow(section, figure.name, figure.count, write_filter(figure.wanted))
