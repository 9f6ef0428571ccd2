"""What the commands share: the register and officer of the global options, and common options."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from feedback_tui import folders
from feedback_tui.cli.printing import print_err
from feedback_tui.rules.dates import NotADate, register_date
from feedback_tui.text import safe_text

if TYPE_CHECKING:
    from rich.console import Console as RichConsole

    from feedback_tui.casework.actor import Actor
    from feedback_tui.storage.register import Register
    from feedback_tui.storage.unopened import Unopened


T = TypeVar("T")


class Format(StrEnum):
    """The format in which a command prints its result."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True)
class Place:
    """The global options: the register's address, today's date and the officer."""

    where: str
    today: date
    officer: str

    def register(self) -> Register:
        """Returns the register, opened. Asks for the key of an encrypted one. Raises RegisterError."""
        from feedback_tui.storage.errors import KeyNeeded
        from feedback_tui.storage.register import open_register

        try:
            register = open_register(self.where)
        except KeyNeeded:
            register = self.with_key(lambda: open_register(self.where))
        register.reader = register.officer_for(self.officer)
        return register

    def unopened(self) -> Unopened:
        """The register, to be opened when something needs it. Raises nothing."""
        from feedback_tui.storage.unopened import Unopened

        return Unopened(self.where, self.officer, self.register)

    def with_key(self, use: Callable[[], T]) -> T:
        """Returns what `use` returns; asks for the register's key if `use` needs one. Raises RegisterError, and what
        `use` raises."""
        from feedback_tui.cli.key_prompt import unlocked
        from feedback_tui.storage.backend.addresses import on_server, register_file

        return use() if on_server(self.where) else unlocked(register_file(self.where), use)

    def actor(self) -> Actor:
        """Returns the officer at work on the register. Raises RegisterError."""
        from feedback_tui.casework.actor import Actor

        register = self.register()
        _at_work.append(register)
        return Actor(register, register.reader, self.today)


_at_work: list[Register] = []
"""The registers that this call of the program works on."""


def back_up_if_due() -> None:
    """Makes a backup after a step, as the interface does, if the last one is old enough.

    The step is already saved, so a failed backup is only reported.
    """
    while _at_work:
        register = _at_work.pop()
        # A server makes its own backups.
        if not (register.changed and register.in_a_file):
            continue
        from feedback_tui.storage.errors import RegisterError
        from feedback_tui.storage.maintenance.backup import Why
        from feedback_tui.storage.maintenance.backup import backup_if_due as back_up

        try:
            back_up(register, why=Why.STEP)
        except RegisterError as error:
            print_err(f"Saved; but no backup could be made: {error}")


def place(context: typer.Context) -> Place:
    """Returns the global options of this call."""
    found = context.find_object(Place)
    assert found is not None, "the callback of the app sets it"
    return found


def read_date(text: str) -> date:
    """Returns the date of an option (YYYY-MM-DD or DD/MM/YYYY). Raises BadParameter, which Typer shows and exits with
    2."""
    try:
        return register_date(text)
    except NotADate as error:
        raise typer.BadParameter(f"{error}.") from None


def today(text: str | None) -> date:
    """Returns the day of ``--today``, else today's date. No other command code reads the clock. Raises BadParameter."""
    return read_date(text) if text else date.today()


def officer(text: str | None) -> str:
    """Returns the officer's name: ``--as``, else from the environment or the system. Raises NotUtf8."""
    return folders.officer_name(text)


def may_replace(path: Path | None, overwrite: bool) -> bool:
    """Returns whether the file at `path` may be replaced: if `overwrite` is set, or if the officer agrees at a
    terminal.

    Raises AlreadyThere if nobody can be asked; Abort if the officer refuses.
    """
    if path is None or overwrite or not os.path.lexists(path.expanduser()) or path.expanduser().is_dir():
        return overwrite
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        from feedback_tui.storage.maintenance.atomic_files import AlreadyThere

        raise AlreadyThere(path)
    typer.confirm(f"{safe_text(str(path))} is there already. Replace it?", abort=True, err=True)
    return True


OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there.")]
FormatOption = Annotated[Format, typer.Option("--format", help="text, or json for other programs.")]
Reference = Annotated[str, typer.Argument(metavar="REFERENCE", help="The case, whatever its capitals.")]


def date_option(*names: str, help: str) -> Any:
    """Returns a date option: YYYY-MM-DD or DD/MM/YYYY."""
    return typer.Option(*names, parser=read_date, metavar="DATE", help=help)


On = Annotated[date | None, date_option("--on", help="When it was done; today if not given.")]
Text = Annotated[str, typer.Option()]


def rich_console() -> RichConsole:
    """Returns a console on standard output that never reads text as markup."""
    from rich.console import Console as RichConsole

    return RichConsole(markup=False, highlight=False, emoji=False, soft_wrap=False)
