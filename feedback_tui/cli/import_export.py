"""The commands that read and write registers: import, export, copy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import Place, may_replace, place, rich_console
from feedback_tui.text import one_line


def import_(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="The register: .csv, or .json from our own export.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only report; import nothing.")] = False,
    template: Annotated[bool, typer.Option("--template", help="Print an empty register to fill in.")] = False,
    encoding: Annotated[str, typer.Option(help="How the file is written, where it is not UTF-8.")] = "utf-8",
    mapping: Annotated[
        Path | None,
        typer.Option("--map", help="A list (.csv, .xlsx) with other headings: the file that says which is which."),
    ] = None,
) -> None:
    """Imports a register: all of it, or nothing and a list of every bad cell.

    With --map, imports a council's own list. If the mapping file does not exist yet, a proposal is written to it, which
    you check before you import.
    """
    if template:
        from feedback_tui.exchange.register_csv import register_template

        print_out(register_template().rstrip("\r\n"))
        return
    if file is None:
        raise typer.BadParameter("name the file to import, or use --template.")
    if mapping is not None:
        _read_own(place(context), file, mapping, check, encoding)
    elif file.suffix.casefold() == ".json":
        _read_whole(place(context), file, check)
    else:
        _read_rows(place(context), file, check, encoding)


def _read_rows(here: Place, file: Path, check: bool, encoding: str) -> None:
    """Imports a CSV register. A verified backup is made first."""
    from feedback_tui.exchange.import_export import bring_in

    print_err(bring_in(here.actor(), file, check=check, encoding=encoding))


def _read_own(here: Place, file: Path, kept: Path, check: bool, encoding: str) -> None:
    """Imports a council's own list by its mapping file. If that file does not exist, writes a proposed one and imports
    nothing."""
    from feedback_tui.exchange.column_mapping import in_toml, left_out, proposed, read_mapping
    from feedback_tui.exchange.council_lists import preview, read_list
    from feedback_tui.exchange.import_export import bring_in
    from feedback_tui.storage.maintenance.atomic_files import write_output

    there = kept.expanduser().exists()
    mapping = read_mapping(kept) if there else None
    found = read_list(file, sheet=mapping.sheet if mapping else "", encoding=encoding)
    if mapping is None:
        mapping = proposed(found.headings)
        write_output(kept, in_toml(mapping), overwrite=False)
    if check or not there:
        _print_preview(preview(found, mapping))
        if said := left_out(mapping):
            print_err(said)
    if not there:
        print_err(
            f"{len(found.rows)} rows. This is proposed, and kept in {kept}: look it over, correct it, then run this "
            "again with --check. Nothing was imported."
        )
        return
    print_err(bring_in(here.actor(), file, check=check, encoding=encoding, mapping=mapping))


def _print_preview(rows: list[tuple[str, str, tuple[str, ...]]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=True, header_style="underline")
    for heading, ratio in (("Heading in the list", 3), ("Column of the register", 3), ("Its first values", 5)):
        table.add_column(heading, ratio=ratio, no_wrap=True, overflow="ellipsis")
    for heading, column, values in rows:
        cells = (heading, column or "left out", " · ".join(values))
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    rich_console().print(table)


def _read_whole(here: Place, file: Path, check: bool) -> None:
    from feedback_tui.exchange.register_json import read_json

    done = here.with_key(lambda: read_json(file, here.where, check_only=check))
    what = "can be taken over" if check else "taken over, with the record of every step"
    print_err(f"{done.new} cases {what}; {done.unchanged} are there already.")
    if done.kept is not None:
        print_err(f"The empty register that stood there is kept at {done.kept}.")


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to: .csv for a spreadsheet, .json for everything.")],
    force: Annotated[bool, typer.Option("--force", "--overwrite", help="Replace the file if it is there.")] = False,
) -> None:
    """Exports the register as CSV or JSON, by the file's suffix; BadParameter for another."""
    from feedback_tui.exchange.import_export import KINDS, take_out

    if file.suffix.casefold() not in KINDS:
        raise typer.BadParameter(f"“{file}” ends in neither .csv nor .json.")
    force = may_replace(file, force)
    print_err(take_out(place(context).register(), file, replacing=force))


def copy(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FROM", help="A register: a file, or postgresql://…")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Where none stands yet: a file, or an empty database.")],
) -> None:
    """Copies a whole register from a file to a server or back, and compares the two row by row."""
    from feedback_tui.exchange.copy_register import copy_register
    from feedback_tui.storage.backend.addresses import shown

    done = place(context).with_key(lambda: copy_register(source, target))
    print_out(shown(target))
    print_err(f"{done.cases:,} cases and {done.events:,} events were copied and compared; last event {done.head[:16]}.")
