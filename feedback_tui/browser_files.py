"""What the interface may do with files where it is served to a browser: whoever reaches it there is not to reach the
whole account. Paths typed in a form stay inside one folder, and nothing that is there is written over.

In a terminal, where the officer has the account anyway, a path is what was typed.
"""

from __future__ import annotations

import os
from pathlib import Path

from feedback_tui.plain_error import PlainError

VARIABLE = "FEEDBACK_TUI_SERVED_FOLDER"
"""Set by ``feedback-tui serve`` for the sessions that it starts, and by nobody else."""


class OutsideFolder(PlainError):
    """A path was typed in a browser that leads out of the folder."""

    def __init__(self, typed: str, folder: Path) -> None:
        super().__init__(
            f"“{typed}” is not inside {folder}. In a browser files are read and written there alone: give a name in it."
        )


class IsThere(PlainError):
    """A file that is there would be written over from a browser."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} exists already. From a browser nothing is written over: give another name.")


def served_folder() -> Path | None:
    """The folder for files where the interface is served to a browser; None in a terminal."""
    named = os.environ.get(VARIABLE)
    return Path(named).resolve() if named else None


def working_folder() -> Path:
    """The folder that a name without one is in."""
    return served_folder() or Path.cwd()


def place_of(typed: str) -> Path:
    """The path that was typed in a form, links resolved where they could lead out. Raises OutsideFolder."""
    folder = served_folder()
    if folder is None:
        return Path(typed).expanduser()
    try:
        # `~` is the account's home; unexpanded it would be a folder of that name.
        found = (folder / Path(typed).expanduser()).resolve()
    except (OSError, ValueError, RuntimeError):
        raise OutsideFolder(typed, folder) from None
    # A name that begins with a dot is not seen in a listing, and many a program obeys such files.
    inside = found.is_relative_to(folder)
    if not inside or any(part.startswith(".") for part in found.relative_to(folder).parts):
        raise OutsideFolder(typed, folder)
    return found


def new_place_of(typed: str) -> Path:
    """The same for what is to be written. Raises IsThere in a browser where a file is there; a folder may be."""
    found = place_of(typed)
    require_new(found)
    return found


def require_new(place: Path) -> None:
    """Raises IsThere where a file would be written over from a browser."""
    if served_folder() is not None and os.path.lexists(place) and not place.is_dir():
        raise IsThere(place)
