"""The register in and out: import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feedback_tui.cli.console import give, place, say


def import_register(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="The register: .csv, or .json from our own export.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only report; import nothing.")] = False,
    template: Annotated[bool, typer.Option("--template", help="Print an empty register to fill in.")] = False,
    encoding: Annotated[str, typer.Option(help="How the file is written, where it is not UTF-8.")] = "utf-8",
) -> None:
    """Imports a register: all of it, or nothing and a list of every bad cell."""
    from feedback_tui.casework.import_cases import import_cases
    from feedback_tui.exchange.register_csv import read_register, register_template

    if template:
        give(register_template().rstrip("\r\n"))
        return
    if file is None:
        raise typer.BadParameter("name the file to import, or use --template.")
    duty = place(context).duty()
    rows = read_register(file, duty.register.profile, duty.today, encoding=encoding)
    if check:
        say(f"{len(rows)} cases can be imported. Nothing was imported.")
        return
    done = import_cases(duty, rows)
    say(f"{done.new} cases imported, {done.unchanged} were there already.")


def export_register(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to: .csv for a spreadsheet, .json for everything.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
) -> None:
    """Exports the register, as CSV or JSON by the name of the file."""
    from feedback_tui.exchange.register_csv import write_register
    from feedback_tui.exchange.register_json import write_json

    kind = file.suffix.casefold()
    if kind not in (".csv", ".json"):
        raise typer.BadParameter(f"“{file}” ends in neither .csv nor .json.")
    if file.exists() and not force:
        say(f"{file} exists already and was left as it is. Use --force to replace it.")
        raise typer.Exit(1)
    register = place(context).register()
    count = write_register(register, file) if kind == ".csv" else write_json(register, file)
    say(f"{count} cases written to {file.absolute()}.")


def add_to(app: typer.Typer) -> None:
    """Registers these commands."""
    app.command("import")(import_register)
    app.command("export")(export_register)
