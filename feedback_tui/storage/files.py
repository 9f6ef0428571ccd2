"""Writing a file so that it is there whole or not at all, and for this user only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from feedback_tui.storage.errors import RegisterError


def write_safely(path: Path, data: str | bytes) -> None:
    """Writes `data` (text as UTF-8) to `path`, replacing what was there only when all of it is on disk; mode 0600.

    Raises RegisterError with the reason; then what was there is still there.
    """
    whole = data.encode("utf-8", "replace") if isinstance(data, str) else data
    path = path.expanduser().absolute()
    unfinished = ""
    try:
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(path)
    except OSError as error:
        if unfinished:
            Path(unfinished).unlink(missing_ok=True)
        raise RegisterError(f"{path} cannot be written: {error.strerror}. Nothing was changed.") from None
