"""The commands that only read: queue, show, summary."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from feedback_tui.cli.console import Format, FormatOption, Place, Reference, give, give_json, place, rich_console, say
from feedback_tui.cli.filtering import FilterWords, filter_of
from feedback_tui.text import one_line

if TYPE_CHECKING:
    from feedback_tui.desk.case import CasePage
    from feedback_tui.desk.queue import QueueRow
    from feedback_tui.reports.paper.shapes import Paper
    from feedback_tui.rules.months import Span


class SummaryFormat(StrEnum):
    """How the year is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    CSV = "csv"


def queue(
    context: typer.Context,
    words: FilterWords = None,
    format: FormatOption = Format.TEXT,
    team: Annotated[str, typer.Option(help="Only this team.")] = "",
    officer: Annotated[str, typer.Option(help="Only cases that this officer owns.")] = "",
    investigator: Annotated[str, typer.Option(help="Only cases that this person investigates.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Every open deadline, not only what is owed next.")] = False,
    order: Annotated[
        str, typer.Option("--order", help="due (soonest first), received, reference, team, officer or investigator.")
    ] = "due",
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many rows.")] = None,
) -> None:
    """The deadline queue: what is owed next, soonest first. FILTER as in the program: team:north due<fri -overdue."""
    from feedback_tui.desk.arranged import Arrangement, Grouping, QueueOrder
    from feedback_tui.desk.queue import QueueFilter
    from feedback_tui.desk.queue import queue as read_queue

    here = place(context)
    register = here.register()
    wanted = QueueFilter(team, officer, investigator, overdue, every, where=filter_of(words, here, register))
    # Without a group of its own the whole list is sorted; by due date it is in that order anyway.
    arranged = Arrangement() if order == "due" else Arrangement(Grouping.NOTHING, QueueOrder.read(order))
    rows = read_queue(register, here.today, wanted, limit, arranged=arranged)
    if format is Format.JSON:
        give_json([queue_json(row) for row in rows])
    else:
        _print_queue(rows, here)


def queue_json(row: QueueRow) -> dict[str, object]:
    """A row of the queue as the contract has it."""
    names = (
        "reference",
        "kind",
        "deadline",
        "due_on",
        "original_due_on",
        "working_days_left",
        "status",
        "team",
        "officer",
        "investigator",
        "summary",
    )
    return {name: getattr(row, name) for name in names}


def show(context: typer.Context, reference: Reference, format: FormatOption = Format.TEXT) -> None:
    """A case with its people, points, stages, deadlines and timeline."""
    from feedback_tui.desk.case import case_page

    here = place(context)
    page = case_page(here.register(), reference, here.today)
    if format is Format.JSON:
        give_json(case_json(page))
    else:
        from feedback_tui.cli.case_text import print_case

        print_case(page)


def case_json(page: CasePage) -> dict[str, object]:
    """A case for other programs: everything on its page."""
    data: dict[str, Any] = asdict(page)
    del data["standing"]
    data["deadlines"] = [{"deadline": deadline.pop("kind"), **deadline} for deadline in data["deadlines"]]
    return data


def summary(
    context: typer.Context,
    year: Annotated[str, typer.Argument(help="The year, as 2022/23: 1 April 2022 to 31 March 2023.")],
    quarter: Annotated[int | None, typer.Option(help="One quarter: 1 is April to June.")] = None,
    month: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="One month.")] = None,
    format: Annotated[SummaryFormat, typer.Option(help="How to print it.")] = SummaryFormat.TEXT,
    suppress: Annotated[
        int | None, typer.Option(min=2, help="For publishing: withhold counts under this, and what gives them away.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write it to this file instead; for csv, a folder of its own.")
    ] = None,
) -> None:
    """The year's summary that the law requires (2009 Regulations, reg 18), or a quarter or month of it."""
    from feedback_tui.reports.figures import figures

    here = place(context)
    span = _span(year, quarter, month)
    register = here.register()
    with register.reading() as session:
        found = figures(session, register.profile, span, here.today)
    if format is SummaryFormat.JSON:
        if suppress is not None:
            raise typer.BadParameter("--suppress is for publishing, and JSON has every count: use another format.")
        from feedback_tui.reports.as_json import as_json

        _write(as_json(found), output)
        return
    if suppress is None:
        from feedback_tui.reports.paper.whole import paper

        whole = paper(found)
    else:
        from feedback_tui.reports.small_numbers import publishable

        whole = publishable(found, suppress)
    if format is SummaryFormat.CSV:
        _give_tables(whole, output)
    else:
        _give_summary(whole, format, output)


def _give_summary(whole: Paper, format: SummaryFormat, output: Path | None) -> None:
    match format:
        case SummaryFormat.MARKDOWN:
            from feedback_tui.reports.as_markdown import paper_as_markdown

            _write(paper_as_markdown(whole), output)
        case SummaryFormat.HTML:
            from feedback_tui.reports.as_html import paper_as_html

            _write(paper_as_html(whole), output)
        case SummaryFormat.DOCX:
            from feedback_tui.reports.as_docx import paper_as_docx

            if output is None:
                raise typer.BadParameter("--format docx needs --output: name the file to write, as year.docx.")
            _write(paper_as_docx(whole), output)
        case _:
            from feedback_tui.reports.as_text import paper_as_text

            _write(paper_as_text(whole), output)


def _write(data: str | bytes, output: Path | None) -> None:
    if output is None:
        assert isinstance(data, str), "a document is written to a file only"
        give(data.rstrip("\n"))
    else:
        from feedback_tui.storage.files import write_safely

        write_safely(output, data)
        say(f"Written to {output.absolute()}.")


def _give_tables(whole: Paper, folder: Path | None) -> None:
    """One CSV a table, in a folder that holds nothing else: tables of another year would be taken for this one's."""
    from feedback_tui.reports.as_csv import paper_as_csv
    from feedback_tui.storage.errors import RegisterError
    from feedback_tui.storage.files import write_safely

    if folder is None:
        raise typer.BadParameter("--format csv needs --output: name a folder for the tables.")
    folder = folder.expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise RegisterError(f"{folder} cannot be written: {error.strerror}. Nothing was changed.") from None
    if taken:
        raise RegisterError(f"{folder} holds other files, and was left as it is. Name a folder that is new or empty.")
    files = paper_as_csv(whole)
    for name, text in files.items():
        write_safely(folder / name, text)
    say(f"{len(files)} files written to {folder}.")


def _span(year: str, quarter: int | None, month: str | None) -> Span:
    from feedback_tui.rules import months

    try:
        whole = months.reporting_year(year)
        if quarter is not None and month is not None:
            raise ValueError("give a quarter or a month, not both")
        if quarter is not None:
            return months.quarter(whole, quarter)
        if month is None:
            return whole
        part = months.month(month)
        if not whole.start <= part.start <= whole.end:
            raise ValueError(f"{month} is not in {whole.label}")
        return part
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None


def _print_queue(rows: list[QueueRow], here: Place) -> None:
    from rich.table import Table
    from rich.text import Text

    if not rows:
        say("Nothing is owed.")
        return
    console = rich_console()
    people = console.width >= 120
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=True, header_style="underline")
    for heading, width in (("Due", 15), ("Days", 8), ("Reference", max(len(row.reference) for row in rows))):
        table.add_column(heading, width=width, no_wrap=True, justify="right" if heading == "Days" else "left")
    table.add_column("Owed", width=26 if people else 18, no_wrap=True, overflow="ellipsis")
    for heading in ("Team", "Officer", "Investigator") if people else ():
        table.add_column(heading, ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("About", ratio=3, no_wrap=True, overflow="ellipsis")
    for row in rows:
        due = f"{row.due_on:%a} {row.due_on.day:>2} {row.due_on:%b %Y}" if row.due_on else "no date"
        owed = row.deadline.label if row.deadline else f"{row.kind}, {row.status}"
        names = [row.team or "", row.officer, row.investigator or ""] if people else []
        cells = [due, _days(row.working_days_left), row.reference, owed, *names, row.summary]
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    console.print(table)


def _days(left: int | None) -> str:
    if left is None:
        return ""
    return f"{-left} late" if left < 0 else "today" if left == 0 else str(left)


def add_to(app: typer.Typer) -> None:
    """Registers these commands."""
    app.command("queue")(queue)
    app.command("show")(show)
    app.command("summary")(summary)
