"""The command that lists the keys of the interface, as set on this machine for this officer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import OverwriteOption

if TYPE_CHECKING:
    from feedback_tui.actions.action import Action


def keys(
    template: Annotated[
        bool, typer.Option("--template", help="Print a file of preferences to begin with, all of it as comments.")
    ] = False,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Prints the keys of the interface, with the names used in a preferences file; with --template such a file. Exits
    with 1 if the officer's own file has problems."""
    from feedback_tui import preferences
    from feedback_tui.actions.key_names import printed, written
    from feedback_tui.actions.key_remapping import topics
    from feedback_tui.lists.columns import ListColumn, Listing

    out = list_output(format, output, overwrite, columns)
    if template:
        print_out(preferences.template().rstrip())
        return
    own = preferences.read_preferences()
    own.use()
    if not out.as_text:
        rows = [(topic, action) for topic, actions in topics() for action in actions]
        columns_of: tuple[ListColumn[tuple[str, Action]], ...] = (
            ListColumn("name", "Name", lambda row: row[1].name),
            ListColumn(
                "keys",
                "Keys",
                lambda row: [written(key) for key in row[1].keys],
                words=lambda row: " ".join(printed(key) for key in row[1].keys),
            ),
            ListColumn("words", "What it does", lambda row: row[1].words),
            ListColumn("topic", "Topic", lambda row: row[0]),
        )
        out.give(Listing("Keys", columns_of, rows))
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
