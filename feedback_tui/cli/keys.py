"""The keys of the interface, as they are on this machine for this officer."""

from __future__ import annotations

from typing import Annotated

import typer

from feedback_tui.cli.shared import Format, FormatOption, print_err, print_json, print_out


def keys(
    template: Annotated[
        bool, typer.Option("--template", help="Print a file of preferences to begin with, all of it as comments.")
    ] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """The keys of the interface, with the names that a file of preferences gives other keys by."""
    from feedback_tui import preferences
    from feedback_tui.actions.key_names import printed, written
    from feedback_tui.actions.key_remapping import topics

    if template:
        print_out(preferences.template().rstrip())
        return
    own = preferences.read_preferences()
    own.use()
    if format is Format.JSON:
        rows = [(topic, action) for topic, actions in topics() for action in actions]
        print_json(
            [
                {"name": row.name, "keys": [written(key) for key in row.keys], "words": row.words, "topic": topic}
                for topic, row in rows
            ]
        )
    else:
        for number, (topic, actions) in enumerate(topics()):
            print_out(f"{chr(10) if number else ''}{topic}")
            for action in actions:
                shown = " ".join(printed(key) for key in action.keys) or "–"
                print_out(f"  {shown:<14} {action.name:<28} {action.words}")
    print_err(
        f"Yours to change in {preferences.preferences_file()} (feedback-tui keys --template prints one to begin with)."
    )
    if own.problems:
        for problem in own.problems:
            print_err(problem)
        raise typer.Exit(1)
