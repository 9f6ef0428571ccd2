"""The command for the summary of a year, quarter, month or any span, or for the cases behind one of its figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feedback_tui.cli.list_output import ListOrText, ListOutput, list_output
from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import OverwriteOption, Place, date_option, may_replace, place, rich_console
from feedback_tui.reports.formats import ReportFormat
from feedback_tui.text import one_line

if TYPE_CHECKING:
    from feedback_tui.reports.drilldown.cases import Behind
    from feedback_tui.rules.months import Span


def summary(
    context: typer.Context,
    year: Annotated[
        str, typer.Argument(help="The year, as 2022/23: 1 April 2022 to 31 March 2023. Or “2022/23 Q2”, or 2022-06.")
    ] = "",
    quarter: Annotated[int | None, typer.Option(help="One quarter: 1 is April to June.")] = None,
    month: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="One month.")] = None,
    first: Annotated[date | None, date_option("--from", help="Any span: its first day.")] = None,
    last: Annotated[date | None, date_option("--to", help="Any span: its last day; today unless given.")] = None,
    format: Annotated[ReportFormat, typer.Option(help="How to print it.")] = ReportFormat.TEXT,
    as_of: Annotated[
        date | None, date_option("--as-of", help="Count the register as it stood on this day; today unless given.")
    ] = None,
    suppress: Annotated[
        int | None,
        typer.Option(min=2, help="For publishing: withhold counts under this, and what they could be worked out from."),
    ] = None,
    cases: Annotated[
        str | None,
        typer.Option(
            metavar="FIGURE",
            help="List the cases behind a figure instead: its path in the JSON.",
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="With --cases: at most so many.")] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write it to this file instead; for csv, a folder of its own.")
    ] = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Prints the year's summary that the law requires (2009 Regulations, reg 18), or that of any span; or lists the
    cases behind a figure. Raises BadParameter for options that contradict each other."""
    here = place(context)
    span = _span(year, quarter, month, first, last, here.today)
    day = as_of or here.today
    if day > here.today:
        raise typer.BadParameter(f"{day} has not come: what the register will hold then is not known.")
    if cases is not None:
        _list(here, span, day, cases, _as_list(format, output, overwrite), limit)
        return
    if output is None and format in (ReportFormat.DOCX, ReportFormat.CSV, ReportFormat.XLSX):
        what = "a folder for the tables" if format is ReportFormat.CSV else f"the file to write, as year.{format}"
        raise typer.BadParameter(f"--format {format} needs --output: name {what}.")
    from feedback_tui.reports.figures import figures_of
    from feedback_tui.reports.report_files import made_of, write_out

    overwrite = may_replace(output, overwrite)
    made = made_of(figures_of(here.register(), span, day), format, suppress)
    if output is not None:
        print_err(write_out(made, output, overwrite=overwrite))
    else:
        assert isinstance(made, str), "a document is written to a file only"
        print_out(made.rstrip("\n"))


def _span(
    year: str, quarter: int | None, month: str | None, first: date | None, last: date | None, today: date
) -> Span:
    from feedback_tui.rules import report_spans

    try:
        return report_spans.countable(_named(year, quarter, month, first, last, today))
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None


def _named(
    year: str, quarter: int | None, month: str | None, first: date | None, last: date | None, today: date
) -> Span:
    """Returns the span that the options name. Raises ValueError if they contradict each other or name no span."""
    from feedback_tui.rules import months, report_spans

    if first is not None or last is not None:
        if first is None or year or quarter is not None or month is not None:
            raise ValueError("--from and --to stand by themselves, and --from says where the span begins")
        return report_spans.between(first, last or today)
    if not year and month is None:
        raise ValueError("name the year, as 2025/26; or a month with --month; or days with --from and --to")
    if quarter is not None and month is not None:
        raise ValueError("give a quarter or a month, not both")
    if month is not None and not year:
        return months.month(month)
    if quarter is None and month is None:
        return report_spans.span_of(year, today)
    whole = months.reporting_year(year)
    if quarter is not None:
        return months.quarter(whole, quarter)
    assert month is not None
    part = months.month(month)
    if not whole.start <= part.start <= whole.end:
        raise ValueError(f"{month} is not in {whole.label}")
    return part


def _as_list(format: ReportFormat, output: Path | None, overwrite: bool) -> ListOutput:
    if format not in [*ListOrText]:
        raise typer.BadParameter("--cases gives text, csv, xlsx or json.")
    return list_output(ListOrText(format), output, overwrite)


def _list(here: Place, span: Span, day: date, key: str, out: ListOutput, limit: int | None) -> None:
    from feedback_tui.reports.drilldown.cases import cases_behind

    found = cases_behind(here.register(), span, day, key, limit)
    if out.as_text:
        _print(found)
    else:
        from feedback_tui.reports.list_columns import behind_listing

        out.give(behind_listing(found))
    left_off = f" The first {len(found.lines):,} are listed." if len(found.lines) < found.count else ""
    print_err(f"{key} in {span.label}: {found.count:,} {found.of.value}.{left_off}")


def _print(found: Behind) -> None:
    from rich.table import Table
    from rich.text import Text

    if not found.lines:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=True, header_style="underline")
    counted = any(line.counted for line in found.lines)
    for heading in ("Reference", "Received", "Status"):
        table.add_column(heading, no_wrap=True)
    if counted:
        table.add_column("Counted", ratio=1, no_wrap=True, overflow="ellipsis")
        table.add_column("Due", no_wrap=True)
        table.add_column("Done", no_wrap=True)
    table.add_column("About", ratio=2, no_wrap=True, overflow="ellipsis")
    for line in found.lines:
        what = [line.counted, str(line.due_on or ""), str(line.done_on or "")] if counted else []
        cells = [line.reference, f"{line.received_on}", line.status, *what, line.summary]
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    rich_console().print(table)
