"""The commands that print the help of a command, and the manual page."""

from __future__ import annotations

from typing import Annotated

import typer

from feedback_tui.cli.printing import print_out


def help(
    names: Annotated[list[str] | None, typer.Argument(metavar="COMMAND", help="Which; all of them if none.")] = None,
    man: Annotated[bool, typer.Option("--man", help="Print the manual page of the program, for man.")] = False,
) -> None:
    """Prints help, the same as --help after the command; with --man the manual page."""
    # Imported here to avoid a circle: the program imports the commands.
    from feedback_tui.cli.main import command_tree, program_with, run

    if not man:
        raise typer.Exit(run([*(names or ()), "--help"]))
    from feedback_tui.cli.manual import manual_page

    print_out(manual_page(command_tree(program_with(None))).rstrip())
