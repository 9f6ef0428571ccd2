"""The commands `queue` and `show`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from feedback_tui.cli.cases import FilterWords, filter_of
from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_err, print_json
from feedback_tui.cli.shared import (
    Format,
    FormatOption,
    OverwriteOption,
    Place,
    Reference,
    place,
    rich_console,
)
from feedback_tui.cli.view_log import note_views
from feedback_tui.text import one_line

if TYPE_CHECKING:
    from feedback_tui.desk.case.page import CasePage
    from feedback_tui.desk.queue.queue_row import QueueRow


def queue(
    context: typer.Context,
    words: FilterWords = None,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
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
    """Prints the deadline queue: what is owed next, earliest first. FILTER as in the program: team:north due<fri
    -overdue."""
    from feedback_tui.desk.filters.case_filter import EVERY
    from feedback_tui.desk.queue.queue import queue as read_queue
    from feedback_tui.desk.queue.queue_filter import QueueFilter
    from feedback_tui.desk.queue.sort_and_group import Arrangement, Grouping, QueueOrder

    out = list_output(format, output, overwrite, columns)
    here = place(context)
    opened = here.register() if words else None
    where = EVERY if opened is None else filter_of(words, here, opened)
    wanted = QueueFilter(team, officer, investigator, overdue, every, where=where)
    # With no grouping the whole list is sorted; grouping by due date keeps that order anyway.
    arranged = Arrangement() if order == "due" else Arrangement(Grouping.NOTHING, QueueOrder.read(order))
    rows = read_queue(opened or here.unopened(), here.today, wanted, limit, arranged=arranged)
    if out.as_text:
        _print_queue(rows, here)
        return
    from feedback_tui.desk.list_columns import QUEUE
    from feedback_tui.lists.columns import Listing

    out.give(Listing("Queue", QUEUE, rows))


def show(context: typer.Context, reference: Reference, format: FormatOption = Format.TEXT) -> None:
    """Prints a case with its people, points, stages, deadlines and timeline, and records that it was viewed. Raises
    NoSuchCase; Restricted; RegisterError."""
    from feedback_tui.desk.case.page import case_page

    here = place(context)
    page = case_page(here.register(), reference, here.today)
    if format is Format.JSON:
        print_json(case_json(page))
    else:
        from feedback_tui.cli.show_text import print_case

        print_case(page, here.today)
    note_views(here, [page.reference])


def case_json(page: CasePage) -> dict[str, object]:
    """Returns everything on a case's page for JSON, with the keys of the interface contract."""
    data: dict[str, Any] = asdict(page)
    del data["standing"]
    data |= {"last_contact": asdict(page.last_contact), "failed_tries": page.failed_tries}
    for rows, own in (("deadlines", ("number", "why_no_closures")), ("timeline", ("moved",))):
        for row in data[rows]:
            for name in own:
                del row[name]
    data["deadlines"] = [{"deadline": deadline.pop("kind"), **deadline} for deadline in data["deadlines"]]
    return data


def _print_queue(rows: list[QueueRow], here: Place) -> None:
    from rich.table import Table
    from rich.text import Text

    if not rows:
        print_err("Nothing is owed.")
        return
    console = rich_console()
    people = console.width >= 120
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=True, header_style="underline")
    for heading, width in (
        ("Due", 15 if people else 11),
        ("Days", 8),
        ("Reference", max(len(row.reference) for row in rows)),
    ):
        table.add_column(heading, width=width, no_wrap=True, justify="right" if heading == "Days" else "left")
    table.add_column("Owed", width=26 if people else 15, no_wrap=True, overflow="ellipsis")
    table.add_column(
        "Who", width=None if people else 10, ratio=1 if people else None, no_wrap=True, overflow="ellipsis"
    )
    for heading in ("Team", "Officer", "Investigator") if people else ():
        table.add_column(heading, ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("About", ratio=3, no_wrap=True, overflow="ellipsis")
    for row in rows:
        weekday = f"{row.due_on:%a} " if row.due_on and people else ""
        due = f"{weekday}{row.due_on.day:>2} {row.due_on:%b %Y}" if row.due_on else "no date"
        owed = row.owed or f"{row.kind}, {row.status}"
        names = [row.team or "", row.officer, row.investigator or ""] if people else []
        whose = row.who or row.who_instead
        cells = [due, _days(row.working_days_left), row.reference, owed, whose, *names, row.about]
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    console.print(table)


def _days(left: int | None) -> str:
    if left is None:
        return ""
    return f"{-left} late" if left < 0 else "today" if left == 0 else str(left)
