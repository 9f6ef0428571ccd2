"""What goes on beside a case's stages, and what was settled and is changed, as commands for scripts."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from feedback_tui.cli.console import Format, FormatOption, Reference, date_option, place
from feedback_tui.cli.verbs import On, Text, print_done
from feedback_tui.words import OtherProcess

Position = Annotated[int, typer.Argument(min=1, help="Its number on the case.")]
Proof = Annotated[str, typer.Option(help="What shows that it was done.")]


def note(
    context: typer.Context,
    reference: Reference,
    words: Annotated[str, typer.Argument(help="The note.")],
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Writes a note, a call or a letter on the timeline."""
    from feedback_tui.casework.follow_up import note as write
    from feedback_tui.models.steps import Note

    duty = place(context).duty()
    print_done(write(duty, reference, Note(on=on or duty.today, words=words)), format)


def action_done(
    context: typer.Context,
    reference: Reference,
    position: Position,
    on: On = None,
    proof: Proof = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Records that an action was done."""
    from feedback_tui.casework.follow_up import action_done as finish

    duty = place(context).duty()
    print_done(finish(duty, reference, position, on or duty.today, proof=proof), format)


def redress_done(
    context: typer.Context,
    reference: Reference,
    position: Position,
    on: On = None,
    proof: Proof = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Records that redress was done."""
    from feedback_tui.casework.follow_up import remedy_done as finish

    duty = place(context).duty()
    print_done(finish(duty, reference, position, on or duty.today, proof=proof), format)


def undo(
    context: typer.Context,
    reference: Reference,
    check: Annotated[bool, typer.Option("--check", help="Only show what would be.")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Reverses the last step of a case; the step and its undoing both stay on record."""
    from feedback_tui.casework.duty import rehearse
    from feedback_tui.casework.undo import undo as undo_step

    duty = place(context).duty()
    print_done(rehearse(undo_step, duty, reference) if check else undo_step(duty, reference), format)


def allocate(
    context: typer.Context,
    reference: Reference,
    officer: Annotated[str, typer.Option(help="Who owns the case from now on.")] = "",
    investigator: Annotated[
        str, typer.Option("--investigating-officer", "--investigator", help="Who investigates from now on.")
    ] = "",
    on: On = None,
    reason: Text = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Hands a case over: to another officer, another investigator, or both."""
    from feedback_tui.casework.change import allocate as hand_over
    from feedback_tui.models.steps import Allocation

    duty = place(context).duty()
    given = Allocation(on=on or duty.today, officer=officer, investigator=investigator, reason=reason)
    print_done(hand_over(duty, reference, given), format)


def hold(
    context: typer.Context,
    reference: Reference,
    process: Annotated[str, typer.Option(help=", ".join(OtherProcess))],
    reason: Text,
    look_again: Annotated[date, date_option("--look-again-on", help="When to look at it again.")],
    on: On = None,
    told: Annotated[date | None, date_option("--told-on", help="When the complainant was told.")] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Puts a case on hold for another process. No date moves: the six months run on."""
    from feedback_tui.casework.hold import hold as put_on_hold
    from feedback_tui.models.steps import Hold

    duty = place(context).duty()
    given = Hold(
        on=on or duty.today,
        process=OtherProcess.read(process),
        reason=reason,
        told_on=told,
        look_again_on=look_again,
    )
    print_done(put_on_hold(duty, reference, given), format)


def resume(
    context: typer.Context,
    reference: Reference,
    on: On = None,
    reason: Text = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Takes a case off hold: it goes on where it stood."""
    from feedback_tui.casework.hold import resume as take_off_hold
    from feedback_tui.models.steps import Reason

    duty = place(context).duty()
    print_done(take_off_hold(duty, reference, Reason(on=on or duty.today, reason=reason)), format)


def change_procedure(
    context: typer.Context,
    reference: Reference,
    procedure: Annotated[str, typer.Option(help="The procedure it goes on under.")],
    reason: Text,
    on: On = None,
    social_care: Annotated[
        bool | None, typer.Option("--social-care/--no-social-care", help="Is any part about adult social care?")
    ] = None,
    provider: Annotated[str, typer.Option(help="The provider, where the procedure wants it named.")] = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Moves a complaint to another procedure; its deadlines run again from the original receipt."""
    from feedback_tui.casework.change import change_procedure as change
    from feedback_tui.models.steps import ProcedureChange

    duty = place(context).duty()
    given = ProcedureChange(
        on=on or duty.today, procedure=procedure, reason=reason, adult_social_care=social_care, provider=provider
    )
    print_done(change(duty, reference, given), format)


def correct_receipt(
    context: typer.Context,
    reference: Reference,
    received: Annotated[date, date_option("--received", "--received-on", help="When it was really received.")],
    reason: Text,
    keep_extended: Annotated[
        bool | None,
        typer.Option("--keep-extended/--count-again", help="Whether a date that was extended stays."),
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Corrects the date of receipt; what is counted from it is counted again."""
    from feedback_tui.casework.change import correct_receipt as correct
    from feedback_tui.models.steps import ReceiptCorrection

    given = ReceiptCorrection(received_on=received, reason=reason, keep_extended=keep_extended)
    print_done(correct(place(context).duty(), reference, given), format)
