"""Limits file access when the interface is served to a browser: typed paths must be inside one folder, and files are
never overwritten.

Otherwise anyone who reaches the browser session could reach the whole account. In a terminal, where the officer has the
account anyway, any path is allowed.
"""

from __future__ import annotations

import os
from pathlib import Path

from feedback_tui.plain_error import PlainError

VARIABLE = "FEEDBACK_TUI_SERVED_FOLDER"
"""Set only by ``feedback-tui serve``, for the sessions that it starts."""


class OutsideFolder(PlainError):
    """A path typed in a browser leads out of the folder."""

    def __init__(self, typed: str, folder: Path) -> None:
        super().__init__(
            f"“{typed}” is not inside {folder}. In a browser files are read and written there alone: give a name in it."
        )


class IsThere(PlainError):
    """A file would be overwritten from a browser."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} exists already. From a browser nothing is written over: give another name.")


def served_folder() -> Path | None:
    """Returns the folder for files if the interface is served to a browser; None in a terminal."""
    named = os.environ.get(VARIABLE)
    return Path(named).resolve() if named else None


def working_folder() -> Path:
    """Returns the folder for relative paths."""
    return served_folder() or Path.cwd()


def place_of(typed: str) -> Path:
    """Returns the path typed in a form, with links resolved if served to a browser. Raises OutsideFolder."""
    folder = served_folder()
    if folder is None:
        return Path(typed).expanduser()
    try:
        # `~` must mean the home folder, and not become a folder of that name.
        found = (folder / Path(typed).expanduser()).resolve()
    except (OSError, ValueError, RuntimeError):
        raise OutsideFolder(typed, folder) from None
    # Names that begin with a dot are hidden in listings, and many programs read such files as settings.
    inside = found.is_relative_to(folder)
    if not inside or any(part.startswith(".") for part in found.relative_to(folder).parts):
        raise OutsideFolder(typed, folder)
    return found


def new_place_of(typed: str) -> Path:
    """Returns the path of a file to write. Raises OutsideFolder; IsThere if served to a browser and the file exists (a
    folder may)."""
    found = place_of(typed)
    require_new(found)
    return found


def require_new(place: Path) -> None:
    """Raises IsThere if a file would be overwritten from a browser."""
    if served_folder() is not None and os.path.lexists(place) and not place.is_dir():
        raise IsThere(place)
