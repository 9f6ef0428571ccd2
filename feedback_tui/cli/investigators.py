"""What investigators are late with, and handing over all that one person holds, as commands."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from feedback_tui.cli.console import Format, FormatOption, date_option, give, give_json, place, say
from feedback_tui.rules.dates import long_date

if TYPE_CHECKING:
    from feedback_tui.desk.investigators import LateCase

CHASE_AGAIN_IN = 5
"""Working days after which they are chased again, unless another day is given."""


class AsWhat(StrEnum):
    """As what someone holds a case."""

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
    format: FormatOption = Format.TEXT,
) -> None:
    """What an investigator is late with, as a text for a mail: references and dates. With --log the chases are kept."""
    from feedback_tui.casework.each import chase_each
    from feedback_tui.desk.investigators import investigators, late_cases, mail_to
    from feedback_tui.models.contact_steps import ChaseInput

    if log and not investigator:
        raise typer.BadParameter("--log needs --investigator: whom was chased?")
    duty = place(context).duty()
    if not investigator:
        everyone = investigators(duty.register, duty.today)
        if format is Format.JSON:
            give_json([{"investigator": one.name, "open": one.open, "late": len(one.late)} for one in everyone])
            return
        for one in everyone:
            give(f"{one.name}: {one.open} open, {len(one.late)} late")
        return
    late = late_cases(duty.register, investigator, duty.today)
    again = next_on or duty.register.calendar.add(duty.today, CHASE_AGAIN_IN)
    if log:
        fresh = [case.reference for case in late if case.last_chased_on != duty.today]
        tried = chase_each(duty, fresh, ChaseInput(on=duty.today, next_on=again))
        left = {row.reference: row.why_not for row in tried if not row.done}
        late = [case for case in late if case.reference not in left]
        for reference, why in left.items():
            say(f"{reference} was left: {why}")
        say(f"{len(tried) - len(left)} chased, again on {long_date(again)}.")
    if format is Format.JSON:
        give_json([_json(case) for case in late])
    elif late:
        give(mail_to(late[0].investigator, late, again, with_summaries=summaries))
    else:
        say(f"{investigator} is late with nothing.")


def _json(case: LateCase) -> dict[str, object]:
    names = ("reference", "investigator", "deadline", "due_on", "days_late", "response_due_on", "chased")
    return {name: getattr(case, name) for name in names}


def reallocate(
    context: typer.Context,
    holder: Annotated[str, typer.Option("--from", help="Who has them now.")],
    to: Annotated[str, typer.Option("--to", help="Who has them from now on.")],
    as_what: Annotated[AsWhat, typer.Option("--as-what", help="As officer, as investigator, or both.")] = AsWhat.BOTH,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    check: Annotated[bool, typer.Option("--check", help="Only show what would be handed over.")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Hands everything open that one person holds to another; what does not fit is named and left."""
    from feedback_tui.casework.each import hand_over_each
    from feedback_tui.desk.investigators import handing_over, held_by

    duty = place(context).duty()
    moves = handing_over(held_by(duty.register, holder), to, duty.today, as_what, reason)
    tried = hand_over_each(duty, moves, check=check)
    if format is Format.JSON:
        give_json([{"reference": row.reference, "handed_over": row.done, "why_not": row.why_not} for row in tried])
    else:
        for row in tried:
            give(row.reference if row.done else f"{row.reference}: left, {row.why_not}")
    done = sum(row.done for row in tried)
    say(f"{done} of {len(tried)} {'would be' if check else 'were'} handed over from {holder} to {to}.")
    if done < len(tried):
        raise typer.Exit(1)
