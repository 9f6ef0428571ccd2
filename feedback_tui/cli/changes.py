"""What goes on beside a case's stages, and what was settled and is changed, as commands for scripts."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from feedback_tui.cli.shared import Format, FormatOption, Reference, date_option, place
from feedback_tui.cli.stages import On, Text, print_done
from feedback_tui.enums import OtherProcess

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
    from feedback_tui.casework.notes import note as write
    from feedback_tui.models.inputs.stages import Note

    actor = place(context).actor()
    print_done(write(actor, reference, Note(on=on or actor.today, words=words)), format)


def action_done(
    context: typer.Context,
    reference: Reference,
    position: Position,
    on: On = None,
    proof: Proof = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Records that an action was done."""
    from feedback_tui.casework.notes import action_done as finish

    actor = place(context).actor()
    print_done(finish(actor, reference, position, on or actor.today, proof=proof), format)


def redress_done(
    context: typer.Context,
    reference: Reference,
    position: Position,
    on: On = None,
    proof: Proof = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Records that redress was done."""
    from feedback_tui.casework.notes import remedy_done as finish

    actor = place(context).actor()
    print_done(finish(actor, reference, position, on or actor.today, proof=proof), format)


def undo(
    context: typer.Context,
    reference: Reference,
    check: Annotated[bool, typer.Option("--check", help="Only show what would be.")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Reverses the last step of a case; the step and its undoing both stay on record."""
    from feedback_tui.casework.actor import rehearse
    from feedback_tui.casework.undo import undo as undo_step

    actor = place(context).actor()
    print_done(rehearse(undo_step, actor, reference) if check else undo_step(actor, reference), format)


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
    from feedback_tui.models.inputs.stages import Allocation

    actor = place(context).actor()
    given = Allocation(on=on or actor.today, officer=officer, investigator=investigator, reason=reason)
    print_done(hand_over(actor, reference, given), format)


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
    from feedback_tui.models.inputs.stages import Hold

    actor = place(context).actor()
    given = Hold(
        on=on or actor.today,
        process=OtherProcess.read(process),
        reason=reason,
        told_on=told,
        look_again_on=look_again,
    )
    print_done(put_on_hold(actor, reference, given), format)


def resume(
    context: typer.Context,
    reference: Reference,
    on: On = None,
    reason: Text = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Takes a case off hold: it goes on where it stood."""
    from feedback_tui.casework.hold import resume as take_off_hold
    from feedback_tui.models.inputs.stages import Reason

    actor = place(context).actor()
    print_done(take_off_hold(actor, reference, Reason(on=on or actor.today, reason=reason)), format)


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
    from feedback_tui.models.inputs.stages import ProcedureChange

    actor = place(context).actor()
    given = ProcedureChange(
        on=on or actor.today, procedure=procedure, reason=reason, adult_social_care=social_care, provider=provider
    )
    print_done(change(actor, reference, given), format)


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
    from feedback_tui.models.inputs.stages import ReceiptCorrection

    given = ReceiptCorrection(received_on=received, reason=reason, keep_extended=keep_extended)
    print_done(correct(place(context).actor(), reference, given), format)
