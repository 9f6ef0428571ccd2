"""The commands for figures that the register does not hold: typed one by one, listed, imported from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import OverwriteOption, place

figure_commands = typer.Typer(
    help="Figures of a year typed in: of years before the register, and the council's activity.", no_args_is_help=True
)
Year = Annotated[str, typer.Argument(metavar="YEAR", help="The year, as 2021/22.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="What it counts: compliments, investigations, activity …")]


@figure_commands.command("set")
def set_one(
    context: typer.Context,
    year: Year,
    name: Name,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="A number: 156, 39, 21%.")],
) -> None:
    """Records one figure of a year, and replaces it if it was recorded before."""
    from feedback_tui.casework.typed_figures import YearFigure, set_figures

    done = set_figures(place(context).actor(), [YearFigure(year, name, value)])
    print_err("Saved." if done.new or done.changed else "It was so already: nothing was changed.")


@figure_commands.command("remove")
def remove(context: typer.Context, year: Year, name: Name) -> None:
    """Removes a typed figure."""
    from feedback_tui.casework.typed_figures import remove_figure

    was = remove_figure(place(context).actor(), year, name)
    print_err(f"Taken back: {was.name} of {was.year}, which was {was.value}.")


@figure_commands.command("list")
def list_all(
    context: typer.Context,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Lists the typed figures, by year."""
    from feedback_tui.casework.typed_figures import typed_figures_of

    out = list_output(format, output, overwrite, columns)
    found = typed_figures_of(place(context).register())
    if not out.as_text:
        from feedback_tui.desk.list_columns import TYPED_FIGURES
        from feedback_tui.lists.columns import Listing

        out.give(Listing("Figures", TYPED_FIGURES, found))
        return
    width = max((len(figure.name) for figure in found), default=0)
    for figure in found:
        print_out(f"{figure.year}  {figure.name:{width}}  {figure.value:>10}")
    if not found:
        print_err("No figures were typed. Type one as: figure set 2021/22 investigations 156")


@figure_commands.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV with the columns year, name and value.")],
    check: Annotated[bool, typer.Option("--check", help="Only report; import nothing.")] = False,
) -> None:
    """Records the figures of a file: all of them, or none, with a list of what is wrong."""
    from dataclasses import replace

    from feedback_tui.casework.typed_figures import set_figures
    from feedback_tui.exchange.typed_figures_csv import read_figures

    actor = place(context).actor()
    done = set_figures(replace(actor, rehearsing=check), read_figures(file))
    told = f"{done.new} new, {done.changed} changed, {done.unchanged} there already."
    print_err(f"{told} Nothing was imported." if check else told)
