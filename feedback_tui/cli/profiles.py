"""The commands for a council's profile: check, show, use."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from feedback_tui.cli.printing import print_err, print_json, print_out
from feedback_tui.cli.shared import Format, FormatOption, place
from feedback_tui.cli.working_days import load, print_lines, print_width
from feedback_tui.rules.dates import long_date

profile_commands = typer.Typer(
    help="A council's profile: its procedures, their limits, its words.", no_args_is_help=True
)


@profile_commands.command("check")
def profile_check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A profile (.toml), or the key of one that is shipped.")],
) -> None:
    """Checks a profile and prints each error, with its line and what would be right."""
    found = load(file)
    procedures = ", ".join(procedure.key for procedure in found.procedures)
    print_err(f"{found.name} ({found.key}) can be used. Its procedures: {procedures}.")


@profile_commands.command("show")
def profile_show(
    context: typer.Context,
    key: Annotated[
        str | None,
        typer.Argument(metavar="[KEY]", help="A shipped profile, or a .toml file; without: the register's."),
    ] = None,
    toml: Annotated[
        bool, typer.Option("--toml", help="As it is written: to save, change and use as your own.")
    ] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Shows a profile: procedures, versions and limits, each figure with its source, or “not stated”."""
    from feedback_tui.rules.profile import profile_text
    from feedback_tui.rules.profile_description import profile_lines

    if key is None:
        register = place(context).register()
        found, written = register.profile, register.profile_toml
    else:
        found, written = load(key), profile_text(key)
    if toml:
        print_out(written.rstrip("\n"))
    elif form is Format.JSON:
        print_json(found.model_dump(mode="json", by_alias=True, exclude_none=True))
    else:
        print_lines(profile_lines(found, print_width()))


@profile_commands.command("use")
def profile_use(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The changed profile (.toml), or a shipped one's key.")],
    check: Annotated[bool, typer.Option("--check", help="Only show what would change.")] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Replaces the register's profile. New cases follow the new one; each case keeps the version of its procedure.

    Refused where cases run under a procedure or version that the new profile takes away or changes.
    """
    from feedback_tui.casework.change_profile import use_profile
    from feedback_tui.rules.profile import profile_text

    actor = replace(place(context).actor(), rehearsing=check)
    done = use_profile(actor, profile_text(file), file)
    moved = done.days_off.moved if done.days_off else ()
    if form is Format.JSON:
        print_json(
            {
                "profile": done.profile.key,
                "changes": list(done.changes),
                "moved": [
                    {"reference": row.reference, "deadline": row.kind, "from": row.due_from, "to": row.due_to}
                    for row in moved
                ],
                "applied": not check,
            }
        )
        return
    for change in done.changes:
        print_out(change)
    for row in moved:
        print_out(f"{row.reference}  {row.kind.label}: {long_date(row.due_from)} → {long_date(row.due_to)}")
    if not done.changes:
        print_err("The register's profile says the same already.")
    elif check:
        print_err("Nothing was changed.")
    else:
        print_err(f"The register now works with {done.profile.name}. A case keeps the version that it began under.")
