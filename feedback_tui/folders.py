"""The program's folders, and the officer's name. Read from the environment when called, never on import."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

from feedback_tui.plain_error import PlainError
from feedback_tui.text import readable, safe_text

APP = "feedback-tui"


def default_database() -> str:
    """Returns the default database: ``FEEDBACK_TUI_DB``, else ``register.db`` in the user's data folder."""
    if named := os.environ.get("FEEDBACK_TUI_DB"):
        return named
    return str(data_folder() / "register.db")


def data_folder() -> Path:
    """Returns the folder for this user's data; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def state_folder() -> Path:
    """Returns the folder for this user's drafts and logs; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_state_dir(APP, appauthor=False))


def config_folder() -> Path:
    """Returns the folder for this user's preferences; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_config_dir(APP, appauthor=False))


class NotUtf8(PlainError):
    """Text from the command line or environment is not UTF-8, so its letters cannot be known."""

    def __init__(self, what: str, words: str) -> None:
        super().__init__(
            f"{what}: “{safe_text(words)}” is not written in UTF-8, so some letters of it cannot be read. Nothing was "
            "done. Set the terminal to UTF-8, and write it again."
        )


def officer_name(given: str | None = "") -> str:
    """Returns the officer's name: `given`, else ``FEEDBACK_TUI_OFFICER``, else the system's user, else “officer”.

    Raises NotUtf8, because names are recorded permanently.
    """
    for what, name in (("--as", given), ("FEEDBACK_TUI_OFFICER", os.environ.get("FEEDBACK_TUI_OFFICER"))):
        if name and name.strip():
            return _name(what, name)
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "officer"
    return _name("Your user name", user)


def _name(what: str, words: str) -> str:
    name = readable(words)
    if name is None:
        raise NotUtf8(what, words)
    return safe_text(name).strip()
