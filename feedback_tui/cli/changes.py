"""What goes on beside a case's stages, and what was settled and is changed, as commands for scripts."""

from __future__ import annotations

from typing import Annotated

import typer

from feedback_tui.cli.shared import Format, FormatOption, Reference, place
from feedback_tui.cli.stages import On
from feedback_tui.cli.step_result import print_result

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
    print_result(write(actor, reference, Note(on=on or actor.today, words=words)), format)


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
    print_result(finish(actor, reference, position, on or actor.today, proof=proof), format)


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
    print_result(finish(actor, reference, position, on or actor.today, proof=proof), format)


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
    print_result(rehearse(undo_step, actor, reference) if check else undo_step(actor, reference), format)
