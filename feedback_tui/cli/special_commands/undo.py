"""The command `undo`. It can also show what it would do, which the record of a step cannot express."""

from __future__ import annotations

from typing import Annotated

import typer

from feedback_tui.cli.shared import Format, FormatOption, Reference, place
from feedback_tui.cli.step_result import print_result


def undo(
    context: typer.Context,
    reference: Reference,
    check: Annotated[bool, typer.Option("--check", help="Only show what would be.")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Reverses the last step of a case; the step and its reversal both stay on record. With --check nothing is changed.
    Raises what the verb raises."""
    from feedback_tui.casework.actor import rehearse
    from feedback_tui.casework.undo import undo as undo_step

    actor = place(context).actor()
    print_result(rehearse(undo_step, actor, reference) if check else undo_step(actor, reference), format)
