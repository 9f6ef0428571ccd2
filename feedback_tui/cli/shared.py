"""What the commands share: the register and officer that the options name, and dates as options."""

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


T = TypeVar("T")


class Format(StrEnum):
    """How a command prints what it gives."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True)
class Place:
    """What the options before the command say: where the register is, what day it is, who is working."""

    where: str
    today: date
    officer: str

    def register(self) -> Register:
        """The register, opened; an encrypted one with its key, which is asked for. Raises RegisterError."""
        from feedback_tui.storage.errors import KeyNeeded
        from feedback_tui.storage.register import open_register

        try:
            register = open_register(self.where)
        except KeyNeeded:
            register = self.with_key(lambda: open_register(self.where))
        register.reader = register.officer_for(self.officer)
        return register

    def with_key(self, use: Callable[[], T]) -> T:
        """What `use` gives, with the register's key, which is asked for where it needs one. Raises RegisterError."""
        from feedback_tui.cli.key_prompt import unlocked
        from feedback_tui.storage.backend.addresses import on_server, register_file

        return use() if on_server(self.where) else unlocked(register_file(self.where), use)

    def actor(self) -> Actor:
        """The officer at work on the register. Raises RegisterError."""
        from feedback_tui.casework.actor import Actor

        register = self.register()
        _at_work.append(register)
        return Actor(register, register.reader, self.today)


_at_work: list[Register] = []
"""The registers that this call of the program works on."""


def back_up_if_due() -> None:
    """After a step: a backup, as the interface makes them, where the last is long enough ago.

    The step is saved already: where none can be made, that is said and no more.
    """
    while _at_work:
        register = _at_work.pop()
        # A server's backups are made there.
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
    """What the options before the command said."""
    found = context.find_object(Place)
    assert found is not None, "the callback of the app sets it"
    return found


def read_date(text: str) -> date:
    """A date as an option has it. Typer shows the sentence and ends with 2."""
    try:
        return register_date(text)
    except NotADate as error:
        raise typer.BadParameter(f"{error}.") from None


def today(text: str | None) -> date:
    """The day that ``--today`` names, else the day it is: the one place that asks the clock."""
    return read_date(text) if text else date.today()


def officer(text: str | None) -> str:
    """Who is working: ``--as``, else what the environment or the system says. Raises NotUtf8."""
    return folders.officer_name(text)


def may_replace(path: Path | None, overwrite: bool) -> bool:
    """Whether what stands at `path` may be replaced: `overwrite` says so, or the officer, who is asked at a terminal.

    Raises AlreadyThere where no one can be asked.
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
    """A date option: YYYY-MM-DD or DD/MM/YYYY."""
    return typer.Option(*names, parser=read_date, metavar="DATE", help=help)


def rich_console() -> RichConsole:
    """A console on standard output that takes nobody's text for markup."""
    from rich.console import Console as RichConsole

    return RichConsole(markup=False, highlight=False, emoji=False, soft_wrap=False)
