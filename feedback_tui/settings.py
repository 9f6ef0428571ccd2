"""Where things are, and who is working. Plain Python, read when asked, never at import."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

APP = "feedback-tui"


def default_database() -> str:
    """The database when none is named: ``FEEDBACK_TUI_DB``, else ``register.db`` in the user's data folder."""
    if named := os.environ.get("FEEDBACK_TUI_DB"):
        return named
    return str(data_folder() / "register.db")


def data_folder() -> Path:
    """The folder of this user's data; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def state_folder() -> Path:
    """The folder for drafts and logs of this user; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_state_dir(APP, appauthor=False))


def config_folder() -> Path:
    """The folder of this user's preferences; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_config_dir(APP, appauthor=False))


def officer_name() -> str:
    """Who is working: ``FEEDBACK_TUI_OFFICER``, else the system's user."""
    if named := os.environ.get("FEEDBACK_TUI_OFFICER", "").strip():
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "officer"
