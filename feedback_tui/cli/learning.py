"""The command that prints the learning ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_err
from feedback_tui.cli.shared import OverwriteOption, place, rich_console
from feedback_tui.text import one_line

if TYPE_CHECKING:
    from feedback_tui.desk.learning_ledger import LedgerRow


def learning(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILTER", help="area:finance owner:lee team:north year:2025/26 overdue awaited none …"),
    ] = None,
    area: Annotated[str, typer.Option(help="Only this area.")] = "",
    owner: Annotated[str, typer.Option(help="Only the actions of this owner.")] = "",
    year: Annotated[str, typer.Option(help="Only cases received in this year, as 2025/26.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only actions that are overdue.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many rows.")] = None,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Prints the learning ledger: what was learned, the action, by whom, by when, and the proof. Raises BadParameter
    for a filter or year that is not understood."""
    from dataclasses import replace

    from feedback_tui.desk.learning_ledger import Stand, ledger, ledger_counts, read_ledger_filter
    from feedback_tui.rules.months import reporting_year

    out = list_output(format, output, overwrite, columns)
    here = place(context)
    wanted, troubles = read_ledger_filter(" ".join(words or ()))
    if troubles:
        raise typer.BadParameter(" ".join(troubles))
    try:
        span = reporting_year(year) if year else wanted.year
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None
    wanted = replace(
        wanted,
        area=area or wanted.area,
        owner=owner or wanted.owner,
        stand=Stand.OVERDUE if overdue else wanted.stand,
        year=span,
    )
    register = here.register()
    rows = ledger(register, here.today, wanted, limit)
    if not out.as_text:
        from feedback_tui.desk.list_columns import LEARNING
        from feedback_tui.lists.columns import Listing

        out.give(Listing("Learning", LEARNING, rows))
        return
    _print(rows)
    counts = ledger_counts(register, here.today, wanted)
    print_err(", ".join(f"{count} {stand}" for stand, count in counts.items() if count) or "Nothing is in the ledger.")


def _print(rows: list[LedgerRow]) -> None:
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=True, header_style="underline")
    table.add_column("Stands", width=9, no_wrap=True)
    table.add_column("By", width=11, no_wrap=True)
    table.add_column("Reference", width=max(len(row.reference) for row in rows), no_wrap=True)
    for heading, ratio in (("Area", 2), ("Learned", 4), ("Action", 3), ("Owner", 2)):
        table.add_column(heading, ratio=ratio, no_wrap=True, overflow="ellipsis")
    for row in rows:
        day = row.done_on or row.due_on
        by = f"{day.day:>2} {day:%b %Y}" if day else ""
        action = row.what + (f" (proof: {row.proof})" if row.proof else "")
        cells = [row.stand, by, row.reference, row.area or "", row.learned, action, row.owner or ""]
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    rich_console().print(table)
