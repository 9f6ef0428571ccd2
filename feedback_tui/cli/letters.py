"""The command that lists the letters for a case."""

from __future__ import annotations

import typer

from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_out
from feedback_tui.cli.shared import OverwriteOption, Reference, place


def letters(
    context: typer.Context,
    reference: Reference,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Prints the letters for a case, those that fit it now first, each with what it still lacks."""
    from feedback_tui.desk.case.letters_list import letters_listing
    from feedback_tui.desk.case.page import case_page

    out = list_output(format, output, overwrite, columns)
    here = place(context)
    register = here.register()
    page = case_page(register, reference, here.today)
    listing = letters_listing(page, register.profile, here.officer, here.today)
    if not out.as_text:
        out.give(listing)
        return
    for row in listing.rows:
        lacks = f" (to write in: {', '.join(row.missing)})" if row.missing else ""
        print_out(f"{'*' if row.fits else ' '} {row.letter:<24} {row.name}{lacks}")
