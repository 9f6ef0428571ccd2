"""The fast start of the interface: a call without a command needs no parser, so the parser is not loaded."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date

from feedback_tui import folders
from feedback_tui.cli.global_options import DATABASE, OFFICER, TODAY, WITH_VALUE
from feedback_tui.plain_error import PlainError
from feedback_tui.rules.dates import NotADate, register_date
from feedback_tui.text import safe_text


def interface_options(arguments: Sequence[str]) -> dict[str, str] | None:
    """Returns the global options by name of a call without a command; None for any other call."""
    found: dict[str, str] = {}
    left = list(arguments)
    while left:
        name, given, value = left.pop(0).partition("=")
        if name not in WITH_VALUE or (not given and not left):
            return None
        found[name] = value if given else left.pop(0)
    if "_FEEDBACK_TUI_COMPLETE" in os.environ:
        return None
    return found


def open_at_once(options: dict[str, str]) -> int:
    """Opens the interface and returns the exit code: 1 for an error, 2 for wrong options. Errors are printed, not
    raised."""
    try:
        pretended = register_date(options[TODAY.name]) if options.get(TODAY.name) else None
    except NotADate as error:
        print(f"{TODAY.name}: {error}.", file=sys.stderr)
        return 2
    try:
        officer = folders.officer_name(options.get(OFFICER.name))
        return open_interface(options.get(DATABASE.name) or folders.default_database(), officer, pretended)
    except PlainError as error:
        from feedback_tui.cli.disk_prompt import is_said_local
        from feedback_tui.storage.errors import UnknownDisk

        if isinstance(error, UnknownDisk) and is_said_local(error):
            return open_at_once(options)
        print(safe_text(str(error)), file=sys.stderr)
        return 2 if isinstance(error, folders.NotUtf8) else 1


def open_interface(where: str, officer: str, pretended: date | None = None, *, offer_tour: bool = False) -> int:
    """Opens the interface on the register at `where` and returns the exit code. Raises PlainError if the register
    cannot be used.

    If there is no register yet, the interface first asks for the profile. The date follows the clock past midnight
    unless a day is `pretended`.
    """
    from feedback_tui.interface import run_interface
    from feedback_tui.storage.backend.addresses import on_server, register_file
    from feedback_tui.storage.backend.sqlite_connection import require_local_disk

    if not on_server(where):
        # Checked before the interface takes over the terminal, because a question could not be asked afterwards.
        require_local_disk(register_file(where))
    return run_interface(where, officer, date.today if pretended is None else lambda: pretended, offer_tour=offer_tour)
