"""The message and the record of an unexpected error.

The record holds only error types and places in the program: messages and values may contain personal text.
"""

from __future__ import annotations

import contextlib
import os
import traceback
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from feedback_tui.folders import state_folder
from feedback_tui.storage.errors import RegisterError


def in_words(error: BaseException, typed: str = "what you typed is kept") -> str:
    """Returns a sentence for the officer; `typed` says what happened to the typed text."""
    if isinstance(error, RegisterError):
        return str(error)
    return (
        f"Something went wrong that the program did not foresee ({type(error).__name__}). Nothing was saved; "
        f"{typed}. The record for whoever looks after the program: {record_file()}"
    )


def record_file() -> Path:
    """Returns the path of the record."""
    return state_folder() / "trouble.log"


def write_down(error: BaseException) -> None:
    """Adds the error's type and traceback to the record, without message and values."""
    lines = [f"{datetime.now().astimezone().isoformat(timespec='seconds')} {type(error).__name__}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    write_lines(lines)


def write_lines(lines: Iterable[str]) -> None:
    """Adds lines to the record, if it can be written."""
    with contextlib.suppress(OSError):
        record_file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(record_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
            file.write("\n".join(lines) + "\n")
