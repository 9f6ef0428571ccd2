"""The command that says what the day brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from feedback_tui.cli.shared import Format, FormatOption, place, print_json, print_out
from feedback_tui.text import one_line

if TYPE_CHECKING:
    from feedback_tui.desk.morning import Figure


def today(context: typer.Context, format: FormatOption = Format.TEXT) -> None:
    """The morning at a glance: overdue, due, waiting, received, open by team and by investigator, in cases."""
    from feedback_tui.desk.morning import morning

    here = place(context)
    found = morning(here.register(), here.today)
    if format is Format.JSON:
        sections = ("due", "waiting", "received", "by_team", "by_investigator")
        print_json({"date": found.day, **{name: [_plain(one) for one in getattr(found, name)] for name in sections}})
        return
    for heading, figures in found.sections:
        print_out(heading)
        for figure in figures:
            print_out(f"{figure.count:>6,}  {one_line(figure.name)}")


def _plain(figure: Figure) -> dict[str, object]:
    from feedback_tui.desk.filters.filter_parser import write_filter

    return {"name": figure.name, "count": figure.count, "filter": write_filter(figure.wanted)}
