"""The options before a command: one list for the parser, for a start without the parser, and for the help.

This module imports only the standard library, because the interface opens without loading the parser.
"""

from __future__ import annotations

from typing import NamedTuple


class GlobalOption(NamedTuple):
    """An option before the command."""

    name: str
    value: str | None
    """What the help calls its value; None if it takes none."""
    help: str


DATABASE = GlobalOption("--db", "PATH-OR-URL", "The register to work on.")
TODAY = GlobalOption("--today", "DATE", "Work as if today were this day (YYYY-MM-DD).")
OFFICER = GlobalOption("--as", "NAME", "Who is working.")
VERSION = GlobalOption("--version", None, "Print the version of the program and end.")

GLOBAL_OPTIONS = (DATABASE, TODAY, OFFICER, VERSION)
WITH_VALUE = frozenset(option.name for option in GLOBAL_OPTIONS if option.value is not None)
"""The options that take a value: as ``--db PATH`` or ``--db=PATH``."""
HELP = ("-h", "--help")
"""The options for help, before or after a command."""
