"""The commands for days off: list, add, remove, read the official list, count again by law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_err, print_json, print_out
from feedback_tui.cli.shared import Format, FormatOption, OverwriteOption, place, read_date
from feedback_tui.plain_error import PlainError
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.nations import Nation

if TYPE_CHECKING:
    from feedback_tui.casework.days_off import DaysOffChanged
    from feedback_tui.casework.move_deadlines import MovedDeadline
    from feedback_tui.models.inputs.stages import DaysOffChange

days_off_commands = typer.Typer(
    help="Bank holidays and closure days, and the deadlines they move.", no_args_is_help=True
)
Check = Annotated[bool, typer.Option("--check", help="Only show what would move.")]
Day = Annotated[date, typer.Argument(parser=read_date, metavar="DATE")]


@days_off_commands.command("list")
def list_days(
    context: typer.Context,
    year: Annotated[int | None, typer.Option(help="Of this year only.")] = None,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Lists the days off on record, without weekends; closure days are marked."""
    from feedback_tui.desk.days_off_list import days_off_listing

    out = list_output(format, output, overwrite, columns)
    register = place(context).register()
    listing = days_off_listing(register, year)
    if not out.as_text:
        out.give(listing)
        return
    for row in listing.rows:
        print_out(f"{row.date.isoformat()}  {row.date:%a}  {row.why}{' (closure)' if row.closure else ''}")
    if register.calendar.nation is not Nation.ENGLAND:
        print_err(f"The bank holidays are those of {register.calendar.nation.label}.")
    print_err(f"Official bank holidays are known up to {long_date(register.calendar.official_until)}.")


@days_off_commands.command("add")
def add_day(
    context: typer.Context,
    day: Day,
    why: Annotated[str, typer.Argument(help="What the day is: it is named wherever it is skipped.")],
    closure: Annotated[bool, typer.Option("--closure", help="A closure day of the council's own.")] = False,
    check: Check = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Adds a day off: a bank holiday announced late, or a closure day."""
    from feedback_tui.models.inputs.stages import DaysOffChange
    from feedback_tui.rules.working_days import DayOff
    from feedback_tui.text import one_line

    _change(context, DaysOffChange(added=(DayOff(day, one_line(why)),), closure=closure), check, format)


@days_off_commands.command("remove")
def remove_day(context: typer.Context, day: Day, check: Check = False, format: FormatOption = Format.TEXT) -> None:
    """Removes a day off, which makes it a working day again."""
    from feedback_tui.models.inputs.stages import DaysOffChange

    _change(context, DaysOffChange(removed=(day,)), check, format)


@days_off_commands.command("read")
def read_list(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="bank-holidays.json, as GOV.UK publishes it.")],
    check: Check = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Reads the official list of bank holidays, of the register's division, and changes the register's list to match
    it."""
    from feedback_tui.casework.days_off import official_change

    try:
        written = file.read_bytes()
    except OSError as error:
        raise PlainError(f"{file} cannot be read: {error.strerror}.") from None
    change = official_change(place(context).register(), written)
    if change is None:
        print_err("The register's bank holidays are those of the list. Nothing changes.")
        return
    _change(context, change, check, format)


@days_off_commands.command("by-law")
def by_law(context: typer.Context, check: Check = False, format: FormatOption = Format.TEXT) -> None:
    """Counts open deadlines set by law again if closure days had moved them; in law, closure days are working days."""
    from feedback_tui.casework.recount_by_law import count_by_law

    moved = count_by_law(replace(place(context).actor(), rehearsing=check))
    if format is Format.JSON:
        print_json({"moved": _moved_json(moved), "applied": not check})
        return
    for row in moved:
        print_out(_move_line(row))
    if not moved:
        print_err("No open time of the law was moved by closure days. Nothing changes.")
        return
    said = f"{_open_deadlines(len(moved))} {'would move back' if check else 'moved back'}."
    said_then = (
        "Nothing was changed." if check else "Each move is on the record of its case; closed ones stay as they were."
    )
    print_err(f"{said} {said_then}")


def _open_deadlines(count: int) -> str:
    return f"{count} open deadline{'' if count == 1 else 's'}"


def _moved_json(moved: tuple[MovedDeadline, ...]) -> list[dict[str, object]]:
    return [{"reference": row.reference, "deadline": row.kind, "from": row.due_from, "to": row.due_to} for row in moved]


def _move_line(row: MovedDeadline) -> str:
    if row.due_from == row.due_to:
        return f"{row.reference}  {row.kind.label}: {long_date(row.due_to)} was told and stays, its original date moves"
    return f"{row.reference}  {row.kind.label}: {long_date(row.due_from)} → {long_date(row.due_to)}"


def _change(context: typer.Context, given: DaysOffChange, check: bool, format: Format) -> None:
    from feedback_tui.casework.days_off import change_days_off

    actor = place(context).actor()
    done = change_days_off(replace(actor, rehearsing=check), given)
    if format is Format.JSON:
        print_json(
            {
                "added": [{"date": off.day, "why": off.why} for off in done.added],
                "removed": [{"date": off.day, "why": off.why} for off in done.removed],
                "moved": _moved_json(done.moved),
                "on_a_day_off": [
                    {"reference": row.reference, "deadline": row.kind, "due_on": row.due_to}
                    for row in done.on_a_day_off
                ],
                **({"not_moved": stays} if (stays := _stays_json(done)) else {}),
                "applied": not check,
            }
        )
        return
    _print(done, check)


def _stays_json(done: DaysOffChanged) -> list[dict[str, object]]:
    return [{"reference": row.reference, "deadline": row.kind, "due_on": row.due_to} for row in done.stays]


def _print(done: DaysOffChanged, check: bool) -> None:
    for row in done.moved:
        print_out(_move_line(row))
    for row in done.stays:
        print_out(
            f"{row.reference}  {row.kind.label}: {long_date(row.due_to)} stays: the law sets it, and knows no closures"
        )
    for row in done.on_a_day_off:
        print_out(f"{row.reference}  {row.kind.label}: {long_date(row.due_to)} stays, and is now a day off: tell them")
    for off in done.added:
        print_err(f"Added: {long_date(off.day)}, {off.why}.")
    for off in done.removed:
        print_err(f"Taken back: {long_date(off.day)}, {off.why}.")
    moved = f"{len(done.moved)} open deadlines {'would move' if check else 'moved'}."
    print_err(f"{moved} {'Nothing was changed.' if check else 'Each move is on the record of its case.'}")
