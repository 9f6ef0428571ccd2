"""The working reports: open and overdue, owed this week, response times, the quarter, the Ombudsman."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import typer

from feedback_tui.cli.list_output import (
    ColumnsOption,
    ListFileOption,
    ListFormatOption,
    ListOrText,
    ListOutput,
    list_output,
)
from feedback_tui.cli.shared import OverwriteOption, place, print_out, rich_console

if TYPE_CHECKING:
    from feedback_tui.reports.document.blocks import Paper
    from feedback_tui.storage.register import Register

report_commands = typer.Typer(
    help="Working reports: what is open, who owes what, times, the quarter, the Ombudsman.",
    no_args_is_help=True,
)


@report_commands.command("open")
def open_cases(
    context: typer.Context,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """What is open and overdue now, by team and by investigator."""
    from feedback_tui.reports.management_reports import open_now

    _give(context, open_now, list_output(format, output, overwrite, columns))


@report_commands.command("owed")
def owed_this_week(
    context: typer.Context,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """What each manager owes: overdue, and due by Sunday."""
    from feedback_tui.reports.management_reports import owed

    _give(context, owed, list_output(format, output, overwrite, columns))


@report_commands.command("ombudsman")
def ombudsman(
    context: typer.Context,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Replies owed to the Ombudsman, and compliance in this reporting year."""
    from feedback_tui.reports.management_reports import ombudsman_now

    _give(context, ombudsman_now, list_output(format, output, overwrite, columns))


@report_commands.command("times")
def times(
    context: typer.Context,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Response times by month, over the last twelve whole months."""
    from feedback_tui.reports.management_reports import response_times

    _give(context, response_times, list_output(format, output, overwrite, columns))


@report_commands.command("quarter")
def quarter(
    context: typer.Context,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """The quarter that ended last, and what is open and overdue now."""
    from feedback_tui.reports.management_reports import quarter_report

    _give(context, quarter_report, list_output(format, output, overwrite, columns))


def _give(context: typer.Context, report: Callable[[Register, date], Paper], out: ListOutput) -> None:
    from feedback_tui.reports.document.number_format import plain
    from feedback_tui.reports.renderers.as_text import paper_as_text

    here = place(context)
    found = report(here.register(), here.today)
    if out.as_text:
        print_out(paper_as_text(found, rich_console().width).rstrip("\n"))
        return
    from feedback_tui.reports.list_columns import paper_listing

    tables = [table for section in found.sections for table in section.tables]
    out.give(
        paper_listing(found),
        {
            "title": found.title,
            "as_of": here.today,
            "said": [words for section in found.sections for words in section.paragraphs],
            "tables": [
                {
                    "table": table.caption,
                    "rows": [
                        dict(zip(table.columns, (row.label, *map(plain, row.cells)), strict=True)) for row in table.rows
                    ],
                }
                for table in tables
            ],
        },
    )
