"""The register in and out: import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feedback_tui.cli.console import Place, give, place, say


def import_register(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="The register: .csv, or .json from our own export.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only report; import nothing.")] = False,
    template: Annotated[bool, typer.Option("--template", help="Print an empty register to fill in.")] = False,
    encoding: Annotated[str, typer.Option(help="How the file is written, where it is not UTF-8.")] = "utf-8",
) -> None:
    """Imports a register: all of it, or nothing and a list of every bad cell."""
    if template:
        from feedback_tui.exchange.register_csv import register_template

        give(register_template().rstrip("\r\n"))
        return
    if file is None:
        raise typer.BadParameter("name the file to import, or use --template.")
    if file.suffix.casefold() == ".json":
        _read_whole(place(context), file, check)
    else:
        _read_rows(place(context), file, check, encoding)


def _read_rows(here: Place, file: Path, check: bool, encoding: str) -> None:
    """Reads a CSV; a verified backup is made before anything is imported."""
    from feedback_tui.exchange.moving import bring_in

    say(bring_in(here.duty(), file, check=check, encoding=encoding))


def _read_whole(here: Place, file: Path, check: bool) -> None:
    from feedback_tui.exchange.register_json import read_json

    done = here.with_key(lambda: read_json(file, here.where, check_only=check))
    what = "can be taken over" if check else "taken over, with the record of every step"
    say(f"{done.new} cases {what}; {done.unchanged} are there already.")
    if done.kept is not None:
        say(f"The empty register that stood there is kept at {done.kept}.")


def export_register(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to: .csv for a spreadsheet, .json for everything.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
) -> None:
    """Exports the register, as CSV or JSON by the name of the file."""
    from feedback_tui.exchange.moving import KINDS, take_out

    if file.suffix.casefold() not in KINDS:
        raise typer.BadParameter(f"“{file}” ends in neither .csv nor .json.")
    if file.exists() and not force:
        say(f"{file} exists already and was left as it is. Use --force to replace it.")
        raise typer.Exit(1)
    say(take_out(place(context).register(), file, replacing=force))


def copy(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FROM", help="A register: a file, or postgresql://…")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Where none stands yet: a file, or an empty database.")],
) -> None:
    """Copies a whole register from a file to a server or back, and compares the two row by row."""
    from feedback_tui.exchange.copying import copy_register

    done = place(context).with_key(lambda: copy_register(source, target))
    give(target)
    say(f"{done.cases:,} cases and {done.events:,} events were copied and compared; last event {done.head[:16]}.")


def add_to(app: typer.Typer) -> None:
    """Registers these commands."""
    app.command("import")(import_register)
    app.command("export")(export_register)
    app.command("copy")(copy)
