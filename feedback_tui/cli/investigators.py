"""The commands that list what is overdue from investigators, and that hand over everything that one person holds."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_err, print_json, print_out
from feedback_tui.cli.shared import Format, FormatOption, OverwriteOption, date_option, place
from feedback_tui.rules.dates import long_date

CHASE_AGAIN_IN = 5
"""Working days until the next chase, unless a date is given."""


class AsWhat(StrEnum):
    """Whether someone holds a case as its officer, as its investigator, or both."""

    BOTH = "both"
    OFFICER = "officer"
    INVESTIGATOR = "investigator"


def chase_list(
    context: typer.Context,
    investigator: Annotated[str, typer.Option(help="Only this one; without it, everyone in short.")] = "",
    log: Annotated[bool, typer.Option("--log", help="Log the chases, each on its case.")] = False,
    next_on: Annotated[date | None, date_option("--next-on", help="When to chase again; else in 5 working days.")] = (
        None
    ),
    summaries: Annotated[bool, typer.Option("--with-summaries", help="Say what each case is about.")] = False,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Prints what is overdue from an investigator, as text for an email; without a name, all investigators with their
    counts. With --log each chase is recorded on its case; that needs a name (BadParameter)."""
    from feedback_tui.casework.bulk import chase_each
    from feedback_tui.desk.investigators import investigators, late_cases, mail_to
    from feedback_tui.desk.list_columns import INVESTIGATORS, LATE, LATE_IN_WORDS
    from feedback_tui.lists.columns import Listing
    from feedback_tui.models.inputs.contact import ChaseInput

    out = list_output(format, output, overwrite, columns)
    if log and not investigator:
        raise typer.BadParameter("--log needs --investigator: whom was chased?")
    actor = place(context).actor()
    if not investigator:
        everyone = investigators(actor.register, actor.today)
        if not out.as_text:
            out.give(Listing("Investigators", INVESTIGATORS, everyone))
            return
        for one in everyone:
            print_out(f"{one.name}: {one.open} open, {len(one.late)} late")
        return
    late = late_cases(actor.register, investigator, actor.today)
    again = next_on or actor.register.calendar.add(actor.today, CHASE_AGAIN_IN)
    if log:
        fresh = [case.reference for case in late if case.last_chased_on != actor.today]
        chased = chase_each(actor, fresh, ChaseInput(on=actor.today, next_on=again))
        left = {case.reference: case.why_left for case in chased.left}
        late = [case for case in late if case.reference not in left]
        for reference, why in left.items():
            print_err(f"{reference} was left: {why}")
        print_err(f"{len(chased.done)} chased, again on {long_date(again)}.")
    if not out.as_text:
        out.give(Listing("Late", LATE_IN_WORDS if summaries else LATE, late))
    elif late:
        print_out(mail_to(late[0].investigator, late, again, with_summaries=summaries))
    else:
        print_err(f"{investigator} is late with nothing.")


def reallocate(
    context: typer.Context,
    holder: Annotated[str, typer.Option("--from", help="Who has them now.")],
    to: Annotated[str, typer.Option("--to", help="Who has them from now on.")],
    as_what: Annotated[AsWhat, typer.Option("--as-what", help="As officer, as investigator, or both.")] = AsWhat.BOTH,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    check: Annotated[bool, typer.Option("--check", help="Only show what would be handed over.")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Hands everything open that one person holds to another. Exits with 1 if some cases were refused; each is printed
    with the reason."""
    from feedback_tui.casework.bulk import hand_over_each
    from feedback_tui.desk.investigators import handing_over, held_by

    actor = place(context).actor()
    moves = handing_over(held_by(actor.register, holder), to, actor.today, as_what, reason)
    result = hand_over_each(actor, moves, check=check)
    if format is Format.JSON:
        print_json(
            [
                {"reference": case.reference, "handed_over": not case.why_left, "why_not": case.why_left}
                for case in result.cases
            ]
        )
    else:
        for case in result.cases:
            print_out(f"{case.reference}: left, {case.why_left}" if case.why_left else case.reference)
    done, of = len(result.done), len(result.cases)
    print_err(f"{done} of {of} {'would be' if check else 'were'} handed over from {holder} to {to}.")
    if result.left:
        raise typer.Exit(1)
