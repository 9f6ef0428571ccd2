"""Drafts of forms: what was typed and not yet saved, kept through Escape, a crash and a closed terminal.

A draft holds people's words, so its folder is this user's alone (0700) and so is the file (0600). Its name is a digest:
a listing of the folder tells nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from feedback_tui.text import safe_text
from feedback_tui.words import StepKey

if TYPE_CHECKING:
    from feedback_tui.storage.sealed import Seal


def step_draft(step: StepKey, reference: str) -> str:
    """The name of the form of a step of a case, among the drafts."""
    return f"{step} {reference}"


@dataclass(frozen=True)
class Draft:
    """The words of a form, by field, and when they were kept (local time)."""

    kept_at: datetime
    words: dict[str, str]
    today: date
    """The day that ``today`` and ``fri`` were typed on."""
    days: dict[str, str]
    """What the dates of the form meant on that day, by field: ``YYYY-MM-DD``."""

    def on(self, today: date) -> dict[str, str]:
        """The words to put back on the day `today`: as typed, but a date typed on another day keeps what it meant."""
        return self.words if today == self.today else {**self.words, **self.days}


class Drafts:
    """The drafts of one officer on one register. `folder` is made when the first is kept.

    Those of an encrypted register are closed with its `seal`: what was typed for it is not readable without its key.
    """

    def __init__(self, folder: Path, register: str, officer: str, seal: Seal | None = None) -> None:
        self._folder, self._owner, self._seal = folder, "\n".join((register, officer)), seal

    def keep(self, form: str, words: Mapping[str, str], today: date, days: Mapping[str, date]) -> str | None:
        """Keeps the words of `form`, typed on the day `today`, and what its dates mean.

        Gives None when that is done, else why it could not be, in words.
        """
        draft = {
            "kept_at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "words": dict(words),
            "today": today.isoformat(),
            "days": {name: day.isoformat() for name, day in days.items()},
        }
        text = json.dumps(draft)
        path = self._path(form)
        fresh = path.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._folder.chmod(0o700)
            with contextlib.suppress(FileNotFoundError):
                fresh.unlink()
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write("" if self._seal else text)
            if self._seal:
                self._seal.write(fresh, text)
            fresh.replace(path)
        except OSError as error:
            return f"the draft could not be kept: {error.strerror or error}"
        return None

    def find(self, form: str) -> Draft | None:
        """The draft of `form`, where there is one that can be read."""
        try:
            data = json.loads(self._read(self._path(form)))
            words, days = _texts(data["words"]), _texts(data["days"])
            return Draft(datetime.fromisoformat(data["kept_at"]), words, date.fromisoformat(data["today"]), days)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def drop_case(self, reference: str) -> None:
        """Takes every draft of a step of this case away: its words were erased."""
        for step in StepKey:
            self.drop(step_draft(step, reference))

    def drop(self, form: str) -> None:
        """Takes the draft of `form` away."""
        with contextlib.suppress(OSError):
            self._path(form).unlink()

    def _read(self, path: Path) -> str:
        sealed = self._seal.read(path) if self._seal and path.is_file() else None
        # One from before the register was encrypted is read once more, and closed when it is kept again.
        return path.read_text("utf-8") if sealed is None else sealed

    def _path(self, form: str) -> Path:
        name = sha256("\n".join((self._owner, form)).encode()).hexdigest()[:32]
        return self._folder / f"{name}.json"


def _texts(data: Mapping[object, object]) -> dict[str, str]:
    return {str(name): safe_text(str(text)) for name, text in data.items()}
