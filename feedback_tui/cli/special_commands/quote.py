"""The command for a compliment's quote. Without text it proposes one, which the record of a step cannot express."""

from __future__ import annotations

from typing import Annotated

import typer

from feedback_tui.cli.printing import print_out
from feedback_tui.cli.shared import Format, FormatOption, Reference, place
from feedback_tui.cli.step_result import print_result


def quote(
    context: typer.Context,
    reference: Reference,
    text: Annotated[str, typer.Argument(help="The words for the report; not given: they are proposed.")] = "",
    no_name: Annotated[bool, typer.Option("--no-name", help="What looks like a name of the case is none.")] = False,
    none: Annotated[bool, typer.Option("--none", help="It is not to be quoted after all.")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records the quote of a compliment for the report, without names. Without text it prints a proposal and records
    nothing. Raises what the verb raises."""
    from feedback_tui.casework.compliments import quote as record
    from feedback_tui.models.inputs.follow_up import Quote

    here = place(context)
    if not text and not none:
        from feedback_tui.desk.case.page import case_page
        from feedback_tui.rules.anonymise import anonymised

        page = case_page(here.register(), reference, here.today)
        print_out(anonymised(page.description, [person.name for person in page.people if person.name]))
        return
    print_result(record(here.actor(), reference, Quote(text=text, no_name=no_name)), format)
