"""The commands for the texts of a year's report that officers write themselves."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import OverwriteOption, place
from feedback_tui.enums import YearSection

words_commands = typer.Typer(
    help="What officers write for a year's report: recommendations, progress, general importance, quotes.",
    no_args_is_help=True,
)
Year = Annotated[str, typer.Argument(metavar="YEAR", help="The year, as 2022/23.")]
Section = Annotated[
    YearSection,
    typer.Argument(
        parser=YearSection.read, metavar="PART", help="recommendations, progress, “general importance” or quotes."
    ),
]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Which paragraph of the part, from 1.")]
Text = Annotated[str, typer.Argument(metavar="TEXT", help="The paragraph; - reads it from standard input.")]


@words_commands.command("add")
def add(context: typer.Context, year: Year, section: Section, text: Text) -> None:
    """Adds a paragraph. It will be published, so it must not name anyone."""
    from feedback_tui.casework.year_texts import add_words

    done = add_words(place(context).actor(), year, section, _read(text))
    print_err(f"Written: {done.section} {done.position} of {done.year}.")


@words_commands.command("change")
def change(context: typer.Context, year: Year, section: Section, number: Number, text: Text) -> None:
    """Replaces a paragraph."""
    from feedback_tui.casework.year_texts import change_words

    done = change_words(place(context).actor(), year, section, number, _read(text))
    print_err(f"Written: {done.section} {done.position} of {done.year}.")


@words_commands.command("remove")
def remove(context: typer.Context, year: Year, section: Section, number: Number) -> None:
    """Removes a paragraph; those after it move up."""
    from feedback_tui.casework.year_texts import remove_words

    was = remove_words(place(context).actor(), year, section, number)
    print_err(f"Taken out of {was.section} of {was.year}: {was.text}")


@words_commands.command("list")
def list_all(
    context: typer.Context,
    year: Year,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Lists what was written for a year."""
    from feedback_tui.casework.year_texts import year_words

    out = list_output(format, output, overwrite, columns)
    found = year_words(place(context).register(), year)
    if not out.as_text:
        from feedback_tui.desk.list_columns import YEAR_WORDS
        from feedback_tui.lists.columns import Listing

        out.give(Listing("Words for the year", YEAR_WORDS, found))
        return
    for paragraph in found:
        print_out(f"{paragraph.section} {paragraph.position}: {paragraph.text}")
    if not found:
        print_err("Nothing was written for that year.")


def _read(text: str) -> str:
    return sys.stdin.read() if text == "-" else text
