"""The commands for working reports: open and overdue, owed this week, response times, the quarter, the Ombudsman."""

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
from feedback_tui.cli.printing import print_out
from feedback_tui.cli.shared import OverwriteOption, place, rich_console

if TYPE_CHECKING:
    from feedback_tui.reports.document.blocks import Paper
    from feedback_tui.storage.register import Register

report_commands = typer.Typer(
    help="Working reports: what is open, who owes what, times, the quarter, the Ombudsman.",
    no_args_is_help=True,
)


_REPORTS = {
    "open": ("open_now", "What is open and overdue now, by team and by investigator."),
    "owed": ("owed", "What each manager owes: overdue, and due by Sunday."),
    "ombudsman": ("ombudsman_now", "Replies owed to the Ombudsman, and compliance in this reporting year."),
    "times": ("response_times", "Response times by month, over the last twelve whole months."),
    "quarter": ("quarter_report", "The quarter that ended last, and what is open and overdue now."),
}
"""By command: the function of ``reports.management_reports`` that makes the report, and the help."""


def _add(name: str, made_by: str, sentence: str) -> None:
    @report_commands.command(name, help=sentence)
    def command(
        context: typer.Context,
        format: ListFormatOption = ListOrText.TEXT,
        columns: ColumnsOption = "",
        output: ListFileOption = None,
        overwrite: OverwriteOption = False,
    ) -> None:
        from feedback_tui.reports import management_reports

        _give(context, getattr(management_reports, made_by), list_output(format, output, overwrite, columns))


for _name, _report in _REPORTS.items():
    _add(_name, *_report)


def _give(context: typer.Context, report: Callable[[Register, date], Paper], out: ListOutput) -> None:
    from feedback_tui.reports.renderers.as_text import paper_as_text

    here = place(context)
    found = report(here.register(), here.today)
    if out.as_text:
        print_out(paper_as_text(found, rich_console().width).rstrip("\n"))
        return
    from feedback_tui.reports.list_columns import paper_listing
    from feedback_tui.reports.renderers.as_json import paper_document

    out.give(paper_listing(found), paper_document(found))
