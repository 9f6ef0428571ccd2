"""The command line: the options before the command, and the last place that catches errors, so that no traceback is
shown."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from feedback_tui import __version__, folders
from feedback_tui.cli.commands import Program, add_commands, command_of
from feedback_tui.cli.disk_prompt import is_said_local
from feedback_tui.cli.global_options import DATABASE, HELP, OFFICER, TODAY, VERSION, GlobalOption
from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import Place, back_up_if_due, officer, today
from feedback_tui.cli.startup import open_interface
from feedback_tui.plain_error import PlainError
from feedback_tui.storage.errors import UnknownDisk
from feedback_tui.storage.maintenance.unfinished_files import clear_left_behind
from feedback_tui.text import one_line, readable
from feedback_tui.vocabulary import UnknownWord


def print_version(asked: bool) -> None:
    """Prints the version to standard output, and those of Python and SQLite to standard error for bug reports; then
    exits."""
    if asked:
        import sqlite3

        print_out(f"feedback-tui {__version__}")
        print_err(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}")
        raise typer.Exit


def _typed(option: GlobalOption, **more: Any) -> Any:
    """Returns a global option as the parser declares it."""
    return typer.Option(option.name, metavar=option.value, help=option.help, **more)


def options(
    context: typer.Context,
    db: Annotated[str | None, _typed(DATABASE)] = None,
    day: Annotated[str | None, _typed(TODAY)] = None,
    name: Annotated[str | None, _typed(OFFICER)] = None,
    version: Annotated[bool, _typed(VERSION, is_eager=True, callback=print_version)] = False,
) -> None:
    """Opens the terminal interface; with a command, runs that and ends."""
    context.obj = Place(db or folders.default_database(), today(day), officer(name))
    if context.invoked_subcommand is None:
        raise typer.Exit(open_interface(context.obj.where, context.obj.officer, context.obj.today if day else None))


LARGEST = 2**31 - 1
"""The largest number that can be typed: PostgreSQL's integer columns take no larger one."""


def program_with(command: str | None) -> typer.Typer:
    """Returns the Typer app with this command, or with all."""
    app = typer.Typer(
        name="feedback-tui",
        help="A complaints desk for the terminal: feedback about adult social care, its deadlines and its year.",
        no_args_is_help=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        cls=Program,
        context_settings={"help_option_names": list(HELP)},
    )
    app.callback(invoke_without_command=True)(options)
    add_commands(app, command)
    return app


def command_tree(app: typer.Typer) -> Any:
    """Returns the parser of the app, with whole numbers limited to `LARGEST`."""
    whole = typer.main.get_command(app)
    _limit_numbers(whole)
    return whole


def _limit_numbers(command: Any) -> None:
    """Makes every whole number above `LARGEST` wrong usage."""
    for option in command.params:
        if option.callback is None:
            option.callback = _not_too_large
    for own in getattr(command, "commands", {}).values():
        _limit_numbers(own)


def _not_too_large(context: typer.Context, option: Any, value: object) -> object:
    if isinstance(value, int) and abs(value) > LARGEST:
        words = f"{one_line(str(value), 30)} is too large a number: the largest is {LARGEST}."
        raise typer.BadParameter(words, ctx=context, param=option)
    return value


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code: 0 done, 1 wrong data or a failure, 2 wrong usage. Never raises."""
    try:
        clear_left_behind()
        app = program_with(command_of(arguments))
        if any(readable(argument) != argument for argument in arguments):
            from feedback_tui.cli.argument_encoding import refuse_other_encodings

            refuse_other_encodings(app)
        code = command_tree(app)(arguments, prog_name="feedback-tui", standalone_mode=False)
        sys.stdout.flush()
        back_up_if_due()
        return code if isinstance(code, int) else 0
    except TyperException as error:
        command = command_of(arguments)
        print_err(f"{error.format_message()}\nSee: feedback-tui {f'help {command}' if command else '--help'}")
        return 2
    except (typer.Abort, KeyboardInterrupt):
        print_err("Stopped. Nothing was saved after the last message.")
        return 1
    except BrokenPipeError:
        # The reader of a pipe has closed it (``| head``): not an error, and nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except UnknownDisk as error:
        # This is raised before the command does anything, so the command can start again after the answer.
        return run(arguments) if is_said_local(error) else _explain(error)
    except Exception as error:
        return _explain(error)


def _explain(error: Exception) -> int:
    """Prints the message for an error and returns the exit code. For a fault in the program, the message shows only the
    type and place, no personal text."""
    from pydantic import ValidationError

    from feedback_tui.models.inputs.problem_words import problem_words

    if isinstance(error, FileNotFoundError) and not _has_folder():
        print_err("The folder that you are in is gone. Nothing was done; change to another, and try again.")
        return 1
    if isinstance(error, PlainError):
        print_err(str(error))
        # A wrong word in an option is wrong usage; in a file it is wrong data, and is reported by BadRegister.
        return 2 if isinstance(error, UnknownWord | folders.NotUtf8) else 1
    if isinstance(error, ValidationError):
        for problem in error.errors():
            where = " ".join(str(part).replace("_", "-") for part in problem["loc"])
            print_err(f"{where}: {problem_words(problem)}")
        return 1
    frames = []
    trace = error.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename.rpartition('feedback_tui')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    print_err(
        f"Something went wrong in the program ({type(error).__name__} at {frames[-1]}). Nothing was saved by this step."
    )
    return 1


def _has_folder() -> bool:
    """Returns whether the current folder still exists."""
    try:
        Path.cwd()
    except OSError:
        return False
    return True
