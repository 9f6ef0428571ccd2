"""The filter argument of commands, and the commands `cases` and `find`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import OverwriteOption, Place, place, rich_console
from feedback_tui.lists.formats import ListFormat
from feedback_tui.text import one_line

if TYPE_CHECKING:
    from feedback_tui.desk.case_list import CaseRow
    from feedback_tui.desk.filters.case_filter import CaseFilter
    from feedback_tui.storage.register import Register

SHOWN = 20
"""How many cases `find` prints if no limit is given."""
FilterWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILTER",
        help="Terms that must all hold, as team:north overdue received>=2026-04-01; in single quotes where one begins"
        " with a dash.",
    ),
]


def filter_of(words: list[str] | None, here: Place, register: Register) -> CaseFilter:
    """Returns the filter for the words after a command. Raises BadParameter for a term that is not understood."""
    from feedback_tui.desk.filters.case_filter import EVERY
    from feedback_tui.desk.filters.filter_parser import Setting, read_filter
    from feedback_tui.desk.filters.filter_values import known_values

    if not words:
        return EVERY
    found = read_filter(" ".join(words), Setting(here.today, register.calendar, here.officer, known_values(register)))
    for trouble in found.troubles:
        if not trouble.kept:
            raise typer.BadParameter(f"{trouble}.")
        print_err(f"{trouble}.")
    return found.wanted


def cases(
    context: typer.Context,
    words: FilterWords = None,
    order: Annotated[
        str, typer.Option("--order", help="received (latest first), reference, team, officer, investigator or status.")
    ] = "received",
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Prints all cases, open, closed and void, or those that FILTER matches, latest first."""
    from feedback_tui.desk.case_list import Order, case_count
    from feedback_tui.desk.case_list import cases as read_cases

    out = list_output(format, output, overwrite, columns)
    here = place(context)
    register = here.register()
    wanted = filter_of(words, here, register)
    rows = read_cases(register, here.today, wanted, Order.read(order), limit)
    if not out.as_text:
        from feedback_tui.desk.list_columns import CASES
        from feedback_tui.lists.columns import Listing

        out.give(Listing("Cases", CASES, rows))
        return
    _print_cases(rows)
    count = case_count(register, here.today, wanted)
    print_err(f"{count} case{'s' if count != 1 else ''}" + (f", {len(rows)} shown." if len(rows) < count else "."))


def _print_cases(rows: list[CaseRow]) -> None:
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    console = rich_console()
    wide = console.width >= 120
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=True, header_style="underline")
    for heading, width in (("Received", 11), ("Reference", max(len(row.reference) for row in rows)), ("Kind", 10)):
        table.add_column(heading, width=width, no_wrap=True)
    table.add_column("Who", ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("Status", width=13, no_wrap=True, overflow="ellipsis")
    for heading in ("Team", "Officer", "Outcome") if wide else ():
        table.add_column(heading, ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("About", ratio=3, no_wrap=True, overflow="ellipsis")
    for row in rows:
        came = f"{row.received_on.day:>2} {row.received_on:%b %Y}"
        names = [row.team or "", row.officer, row.outcome or row.closing_reason or ""] if wide else []
        cells = [came, row.reference, row.kind, row.who or row.who_instead, row.status, *names, row.about]
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    console.print(table)


def find(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Words that must all be in it, in any order.")],
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many; else 20, and in csv and xlsx all.")] = None,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Prints cases found by words in descriptions, names, notes, letters and learning."""
    from feedback_tui.desk.find import EVERY_CASE
    from feedback_tui.desk.find import find as find_cases

    out = list_output(format, output, overwrite, columns)
    most = limit or (SHOWN if out.format in (None, ListFormat.JSON) else EVERY_CASE)
    found = find_cases(place(context).register(), " ".join(words), most)
    if not out.as_text:
        from feedback_tui.desk.list_columns import FOUND
        from feedback_tui.lists.columns import Listing, plain_rows

        listing = Listing("Found", FOUND, found.cases)
        out.give(listing, {"count": found.count, "cases": plain_rows(listing)})
        return
    for case in found.cases:
        print_out(f"{case.reference}  {case.kind}, {case.status}  {one_line(case.snippet)}")
    print_err(
        f"{found.count} case{'s' if found.count != 1 else ''}" + (f", {most} shown." if most < found.count else ".")
    )
