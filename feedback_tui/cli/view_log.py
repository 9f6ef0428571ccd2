"""The command that lists who looked at a case, and the recording of views by commands."""

from __future__ import annotations

from datetime import datetime

import typer

from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import OverwriteOption, Place, Reference, place


def views(
    context: typer.Context,
    reference: Reference,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Lists who looked at a case, and when, latest first. Recorded if the profile has record_views = true. Raises
    NoSuchCase; Restricted."""
    from feedback_tui.casework.view_log import views_of

    out = list_output(format, output, overwrite, columns)
    register = place(context).register()
    found = views_of(register, reference)
    if not out.as_text:
        from feedback_tui.desk.list_columns import VIEWS
        from feedback_tui.lists.columns import Listing

        out.give(Listing("Views", VIEWS, found))
    for view in found if out.as_text else ():
        print_out(f"{_local(view.viewed_at)}  {view.officer}")
    if not register.profile.record_views:
        print_err(
            "The profile of this register does not have it recorded: record_views = true does. What a keeper opens of "
            "the restricted cases of a server is recorded always."
        )
    elif not found:
        print_err("No one has looked at it since that is recorded.")


def note_views(here: Place, references: list[str]) -> None:
    """Records that these cases were printed. A failure is only reported, because the output has been printed
    already."""
    from feedback_tui.casework.view_log import saw
    from feedback_tui.storage.errors import RegisterError

    actor = here.actor()
    try:
        for reference in references:
            saw(actor, reference)
    except RegisterError as error:
        print_err(f"That you looked could not be recorded: {error}")


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
