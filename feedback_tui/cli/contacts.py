"""What is said, sent or tried, and the investigator's half, as commands."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from feedback_tui.cli.shared import Format, FormatOption, Reference, date_option, place
from feedback_tui.cli.stages import On, Text
from feedback_tui.cli.step_result import print_result
from feedback_tui.enums import Contact

Person = Annotated[int | None, typer.Option(min=1, help="With whom: their number among the people of the case.")]
NextUpdateOn = Annotated[date | None, date_option("--next-update-on", help="When they hear next.")]


def contact(
    context: typer.Context,
    reference: Reference,
    kind: Annotated[str, typer.Option(help=", ".join(Contact))],
    words: Annotated[str, typer.Option("--words", help="What was said.")] = "",
    channel: Text = "",
    person: Person = None,
    told: Annotated[bool, typer.Option("--told", help="They were told how it stands: the update is done.")] = False,
    next_update: NextUpdateOn = None,
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Logs a call, a meeting, a letter, or a failed try to reach them."""
    from feedback_tui.casework.contact import contact as log_contact
    from feedback_tui.models.inputs.contact import ContactInput

    actor = place(context).actor()
    given = ContactInput(
        on=on or actor.today,
        kind=Contact.read(kind),
        channel=channel,
        person=person,
        words=words,
        told=told,
        next_update_on=next_update,
    )
    print_result(log_contact(actor, reference, given), format)


def next_update(
    context: typer.Context,
    reference: Reference,
    to: Annotated[date, date_option("--to", "--next-update-on", help="When they hear next.")],
    reason: Text = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Sets or moves the day on which the complainant hears next."""
    from feedback_tui.casework.contact import next_update as set_update
    from feedback_tui.models.inputs.contact import NextUpdate

    print_result(set_update(place(context).actor(), reference, NextUpdate(to=to, reason=reason)), format)


def chase(
    context: typer.Context,
    reference: Reference,
    next_on: Annotated[date | None, date_option("--next-on", help="When to chase again.")] = None,
    escalated_to: Annotated[str, typer.Option(help="The manager who was told.")] = "",
    why_late: Annotated[str, typer.Option(help="Why it is late.")] = "",
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Logs that the investigator was chased."""
    from feedback_tui.casework.investigator import chase as log_chase
    from feedback_tui.models.inputs.contact import ChaseInput

    actor = place(context).actor()
    given = ChaseInput(on=on or actor.today, escalated_to=escalated_to, why_late=why_late, next_on=next_on)
    print_result(log_chase(actor, reference, given), format)


def draft_received(
    context: typer.Context, reference: Reference, on: On = None, format: FormatOption = Format.TEXT
) -> None:
    """Records that the investigator's draft came."""
    from feedback_tui.casework.investigator import draft_received as receive
    from feedback_tui.models.inputs.contact import DraftReceived

    actor = place(context).actor()
    print_result(receive(actor, reference, DraftReceived(on=on or actor.today)), format)


def draft_checked(
    context: typer.Context,
    reference: Reference,
    by: Annotated[str, typer.Option(help="Who checked it; you, if not given.")] = "",
    words: Annotated[str, typer.Option("--words", help="What was found.")] = "",
    again_on: Annotated[
        date | None, date_option("--again-on", help="It went back: when the next draft is due.")
    ] = None,
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records that the draft was checked, and stands or went back."""
    from feedback_tui.casework.investigator import check_draft
    from feedback_tui.models.inputs.contact import DraftCheck

    actor = place(context).actor()
    print_result(
        check_draft(actor, reference, DraftCheck(on=on or actor.today, by=by, words=words, again_on=again_on)), format
    )


def sign_off(
    context: typer.Context,
    reference: Reference,
    by: Annotated[str, typer.Option(help="The responsible person, or whom they named.")],
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records who signed the response off."""
    from feedback_tui.casework.investigator import sign_off as sign
    from feedback_tui.models.inputs.contact import SignOff

    actor = place(context).actor()
    print_result(sign(actor, reference, SignOff(on=on or actor.today, by=by)), format)
