"""The options that stand before a command: one list, for the parser, for the start without one, and for the help.

It imports nothing: the interface is opened without the parser.
"""

from __future__ import annotations

from typing import NamedTuple


class GlobalOption(NamedTuple):
    """An option that stands before the command."""

    name: str
    value: str | None
    """What its value is, as the help names it; None where it takes none."""
    help: str


DATABASE = GlobalOption("--db", "PATH-OR-URL", "The register to work on.")
TODAY = GlobalOption("--today", "DATE", "Work as if today were this day (YYYY-MM-DD).")
OFFICER = GlobalOption("--as", "NAME", "Who is working.")
VERSION = GlobalOption("--version", None, "Print the version of the program and end.")

GLOBAL_OPTIONS = (DATABASE, TODAY, OFFICER, VERSION)
WITH_VALUE = frozenset(option.name for option in GLOBAL_OPTIONS if option.value is not None)
"""The names of those that take a value: as ``--db PATH`` or ``--db=PATH``."""
HELP = ("-h", "--help")
"""What asks for help, before a command and behind it."""
