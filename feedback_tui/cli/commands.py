"""The table of commands: module, help group and help sentence of each.

A call loads only its own command, and the help of all commands needs only this table. A command is the function of its
name in its module; a command with commands of its own is a Typer whose name ends in ``_commands``.

Fast path. Gain: `--help` takes 0.4 of the time of loading every command. Cost: the help sentence of a command that is
not made from a step is here and not at its function. Tested against loading every command by tests/cli/test_start.py
(a command is the same alone as among all) and tests/cli/test_help.py. Delete it when loading every command adds less
than a tenth to the start of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib import import_module
from inspect import getdoc
from keyword import iskeyword
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup

from feedback_tui.cli.command_help import CommandHelp, GroupHelp, list_commands
from feedback_tui.cli.global_options import HELP, VERSION, WITH_VALUE


class Group(StrEnum):
    """A heading of the help, under which commands are listed."""

    THE_DAY = "The day"
    STEPS = "Steps"
    PEOPLE = "People"
    AFTER_THE_RESPONSE = "After the response"
    OMBUDSMAN = "Ombudsman"
    THE_YEAR = "The year"
    IN_AND_OUT = "In and out"
    THE_REGISTER = "The register"
    SETTING_UP = "Setting up"


class Command(NamedTuple):
    """A command as the help lists it."""

    name: str
    module: str
    """The module of this package that defines it; `MADE` if it is made from a step."""
    help: str
    """One whole sentence. Further paragraphs of the function's docstring follow it in the help."""
    group: Group


def _group(group: Group, *rows: tuple[str, str, str]) -> tuple[Command, ...]:
    """Returns the commands of a group from (name, module, help)."""
    return tuple(Command(*row, group) for row in rows)


MADE = ""
"""The module of a command that is made from the record of its step."""


def _steps() -> Iterator[Command]:
    """Yields the command of each step that has one, as its record declares it."""
    from feedback_tui.rules.lifecycle.lifecycle import LIFE

    for step in LIFE:
        if step.command:
            module = f"special_commands.{step.own_command}" if step.own_command else MADE
            yield Command(step.command, module, step.sentence, Group(step.group))
        if all(step.of_any_stage):
            yield Command(step.of_any_stage[0], MADE, step.of_any_stage[1], Group(step.group))


WRITTEN = (
    *_group(
        Group.THE_DAY,
        ("today", "morning",
         "Shows the morning at a glance: what is overdue, due and waiting, what came in, and what is open by team."),
        ("queue", "show",
         "Lists what is owed next, soonest first; a FILTER is written as in the program (team:north due<fri)."),
        ("show", "show", "Shows a case with its people, points, stages, deadlines and timeline."),
        ("cases", "cases", "Lists all cases, open, closed and void, the latest first, or those that FILTER means."),
        ("find", "cases", "Finds cases by words in their descriptions, names, notes, letters and learning."),
        ("chase-list", "investigators",
         "Prints what an investigator is late with, as text for an email; --log records the chases too."),
        ("days", "working_days",
         "Counts working days as the law does: the date N days on, or the days after one date up to and with another."),
        ("explain", "working_days", "Explains every date of a case, or every deadline of a procedure, day by day."),
        ("calendar", "calendar_feed", "Writes every open deadline as an all-day event of a calendar file."),
        ("demo", "admin",
         "Opens the interface on a fictional council with two years of cases, in a temporary register."),
    ),
    *_group(
        Group.STEPS,
        ("log", "log", "Logs a complaint, concern, compliment, comment or enquiry."),
        ("reallocate", "investigators",
         "Hands everything open that one person holds to another, and names what does not fit."),
        ("letters", "letters",
         "Lists the letters for a case, with what each still lacks; those that fit it now come first."),
    ),
    *_group(
        Group.AFTER_THE_RESPONSE,
        ("learning", "learning",
         "Shows the learning ledger: what was learned, what is done about it, by whom and by when."),
    ),
    *_group(
        Group.THE_YEAR,
        ("summary", "summary", "Prints the year's summary (2009 Regulations, reg 18), or that of any span."),
        ("report", "reports", "Prints a working report: open cases, what is owed, times, the quarter, the Ombudsman."),
        ("figure", "typed_figures",
         "Records figures of earlier years and of the council's activity, which are typed in."),
        ("words", "year_texts", "Records what officers write for a year's report: recommendations, progress, quotes."),
    ),
    *_group(
        Group.IN_AND_OUT,
        ("import", "import_export",
         "Imports a register: all of it, or nothing and a list of every cell that is wrong."),
        ("export", "import_export", "Exports the register as CSV or JSON, by the name of the file."),
        ("copy", "import_export",
         "Copies a whole register from a file to a server or back, and compares the two row by row."),
        ("subject", "personal_data", "Prints everything that is held on a person, for a subject access request."),
    ),
    *_group(
        Group.THE_REGISTER,
        ("where", "admin", "Says which register and which officer the program works with."),
        ("check", "admin", "Checks the file, the record and the counts; it ends with 1 only where integrity fails."),
        ("backup", "admin", "Makes a verified copy of the register."),
        ("restore", "admin", "Puts a backup in the register's place, and keeps what stood there beside it."),
        ("encrypt", "encryption", "Encrypts the register and its backups with a key."),
        ("decrypt", "encryption",
         "Makes an encrypted register readable without a key; its backups so far stay encrypted."),
        ("key", "encryption", "Changes the key of an encrypted register, or has the system's keyring remember it."),
        ("erase", "personal_data",
         "Takes people's names and words out of closed cases for good; dates and figures stay."),
        ("erased", "personal_data",
         "Lists the cases that were erased, for `erase --again` after an older copy was put back."),
        ("views", "view_log", "Lists who opened a case and when, the latest first, where the profile records it."),
    ),
    *_group(
        Group.SETTING_UP,
        ("init", "admin", "Makes the register for a council's profile."),
        ("profile", "profiles",
         "Shows, checks or changes a council's profile: its procedures, their limits, its words."),
        ("days-off", "days_off",
         "Lists, adds or takes back bank holidays and closure days, and shows the deadlines they move."),
        ("roles", "roles",
         "Makes the roles reader, officer, manager and keeper on a server, or brings them up to this version."),
        ("keys", "keys",
         "Lists the keys of the interface, with the names by which a file of preferences changes them."),
        ("serve", "serve", "Opens the interface in a browser on this machine (needs feedback-tui[browser])."),
        ("guides", "guides", "Prints the guides that come with the program, as Markdown."),
        ("licences", "licences", "Lists the licences of all packages that the program stands on."),
        ("help", "help", "Prints the help of the program, or of the command that is named."),
    ),
)  # fmt: skip
"""The commands that are not steps of a case, by group, in the order of the help."""
_BY_NAME = {command.name: command for command in WRITTEN}


@cache
def commands() -> dict[str, Command]:
    """Returns every command by name; within a group in the order of the help."""
    return {**_BY_NAME, **{command.name: command for command in _steps()}}


def command_named(name: str) -> Command | None:
    """Returns the command of this name, or None. The records of the steps are loaded only if no other command
    matches."""
    return _BY_NAME.get(name) or commands().get(name)


class Program(TyperGroup):
    """All commands. The help lists them by group; an unknown word is compared with all of them for a suggestion."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        found = commands().values()
        wide = max(len(each.name) for each in found)
        for group in Group:
            list_commands(formatter, group, [(each.name, each.help) for each in found if each.group is group], wide)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if command_named(args[0]) is None and not ctx.resilient_parsing:
            like = ", ".join(f"'{name}'" for name in get_close_matches(args[0], commands()))
            ctx.fail(f"No such command '{args[0]}'." + (f" Did you mean {like}?" if like else ""))
        return super().resolve_command(ctx, args)


NO_COMMAND = ""
"""The result of `command_of` if no command needs to be loaded: for help, version and an unknown word."""


def command_of(arguments: Sequence[str]) -> str | None:
    """Returns the command to load for a call, or NO_COMMAND; None if all commands must be loaded (completion)."""
    left = iter(arguments)
    for word in left:
        if word in WITH_VALUE:
            next(left, None)
        elif word in (VERSION.name, *HELP):
            return NO_COMMAND
        elif not word.startswith("-"):
            return word if command_named(word) else NO_COMMAND
        elif word.partition("=")[0] not in WITH_VALUE:
            return None
    return None


def add_commands(app: typer.Typer, only: str | None = None) -> None:
    """Registers every command, or only this one; none for NO_COMMAND."""
    if only == NO_COMMAND:
        return
    for command in commands().values() if only is None else filter(None, [command_named(only)]):
        _add(app, command)


def _add(app: typer.Typer, command: Command) -> None:
    if command.module == MADE:
        from feedback_tui.cli.step_commands import step_command
        from feedback_tui.rules.lifecycle.lifecycle import LIFE

        step = next(step for step in LIFE if command.name in (step.command, step.of_any_stage[0]))
        app.command(command.name, cls=CommandHelp, help=command.help)(step_command(step))
        return
    found = vars(import_module(f"feedback_tui.cli.{command.module}"))
    written = command.name.replace("-", "_")
    if (group := found.get(f"{written}_commands")) is not None:
        app.add_typer(group, name=command.name, cls=GroupHelp, help=command.help)
        return
    run = found[f"{written}_" if iskeyword(written) else written]
    more = (getdoc(run) or "").partition("\n\n")[2]
    app.command(command.name, cls=CommandHelp, help=f"{command.help}\n\n{more}".strip())(run)
