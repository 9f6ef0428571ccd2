"""The command that prints the guides."""

from __future__ import annotations

from typing import Annotated

import typer

from feedback_tui.cli.printing import print_err, print_out


def guides(
    name: Annotated[str | None, typer.Argument(help="Which; without it they are listed.")] = None,
) -> None:
    """Lists the guides, or prints the named one as Markdown. Exits with 2 for an unknown name."""
    from feedback_tui import guides as written

    found = written.guides()
    if name is None:
        for guide in found:
            print_out(f"{guide.name:<24} {guide.title}")
        return
    chosen = next((guide for guide in found if guide.name == name.casefold()), None)
    if chosen is None:
        print_err(f"There is no guide “{name}”: {', '.join(guide.name for guide in found)} are.")
        raise typer.Exit(2)
    print_out(chosen.text().rstrip())
