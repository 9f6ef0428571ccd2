"""Who looked at a case."""

from __future__ import annotations

from datetime import datetime

import typer

from feedback_tui.cli.console import Format, FormatOption, Place, Reference, give, give_json, place, say


def views(context: typer.Context, reference: Reference, format: FormatOption = Format.TEXT) -> None:
    """Who looked at a case, and when, latest first; recorded where the profile has record_views = true."""
    from feedback_tui.casework.viewing import views_of

    register = place(context).register()
    found = views_of(register, reference)
    if format is Format.JSON:
        give_json([{"officer": view.officer, "viewed_at": view.viewed_at} for view in found])
    for view in found if format is Format.TEXT else ():
        give(f"{_local(view.viewed_at)}  {view.officer}")
    if not register.profile.record_views:
        say(
            "The profile of this register does not have it recorded: record_views = true does. What a keeper opens of "
            "the restricted cases of a server is recorded always."
        )
    elif not found:
        say("No one has looked at it since that is recorded.")


def note_views(here: Place, references: list[str]) -> None:
    """Has it recorded that cases were printed. That it could not be is told: what was asked for stands above."""
    from feedback_tui.casework.viewing import saw
    from feedback_tui.storage.errors import RegisterError

    duty = here.duty()
    try:
        for reference in references:
            saw(duty, reference)
    except RegisterError as error:
        say(f"That you looked could not be recorded: {error}")


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
