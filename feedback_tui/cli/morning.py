"""The command that prints the figures of the day."""

from __future__ import annotations

import typer

from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_out
from feedback_tui.cli.shared import OverwriteOption, place
from feedback_tui.text import one_line


def today(
    context: typer.Context,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Prints how many cases are overdue, due, waiting and received, and open by team and by investigator."""
    from feedback_tui.desk.morning import morning

    out = list_output(format, output, overwrite, columns)
    here = place(context)
    found = morning(here.register(), here.today)
    if not out.as_text:
        from feedback_tui.desk.morning_list import morning_json, morning_listing

        out.give(morning_listing(found), morning_json(found))
        return
    for heading, figures in found.sections:
        print_out(heading)
        for figure in figures:
            print_out(f"{figure.count:>6,}  {one_line(figure.name)}")
