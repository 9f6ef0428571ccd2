"""Steps of which it is not known whether they were saved, because the connection to the server broke while saving.

They are kept on disk until the register has answered, so that a restarted program does not save the same step twice.
They hold no personal text: only the form's name, the title, a digest and the event to look for.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from feedback_tui.storage.errors import SavedEvent

ENDING = ".doubt"


@dataclass(frozen=True)
class Doubt:
    """One step in doubt."""

    form: str
    """The name of the form's draft."""
    title: str
    """The title shown above the form."""
    at: datetime
    """When it was sent (local time)."""
    typed: str
    """A digest of what was typed, to compare a draft with it."""
    event: SavedEvent


def digest_of(words: Mapping[str, str]) -> str:
    """Returns a digest (SHA-256, hex) of what was typed into a form."""
    return sha256(json.dumps(dict(words), sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


class Doubts:
    """The steps in doubt of one officer on one register. `folder` is created when the first is kept; without one they
    are remembered while the program runs."""

    def __init__(self, folder: Path | None = None, register: str = "", officer: str = "") -> None:
        self._folder, self._owner = folder, sha256(f"{register}\n{officer}".encode()).hexdigest()
        self._known: dict[str, Doubt] = {doubt.form: doubt for doubt in self._read()}

    def keep(self, doubt: Doubt) -> None:
        """Remembers a step in doubt, also on disk if that can be written."""
        self._known[doubt.form] = doubt
        if self._folder is None:
            return
        stored = asdict(doubt) | {"at": doubt.at.isoformat(), "event": list(doubt.event), "owner": self._owner}
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = self._path(doubt.form).with_suffix(f"{ENDING}.new")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(stored, file)
            fresh.replace(self._path(doubt.form))

    def find(self, form: str) -> Doubt | None:
        """Returns the step in doubt of this form, or None."""
        return self._known.get(form)

    @property
    def all(self) -> list[Doubt]:
        """All steps in doubt."""
        return list(self._known.values())

    def drop(self, form: str) -> Doubt | None:
        """Forgets the step in doubt of this form and returns it. None if there was none, so that only one caller
        reports it."""
        doubt = self._known.pop(form, None)
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._path(form).unlink()
        return doubt

    def _read(self) -> list[Doubt]:
        found = []
        for path in self._folder.glob(f"*{ENDING}") if self._folder is not None else ():
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                stored = json.loads(path.read_text("utf-8"))
                if stored.pop("owner") == self._owner:
                    number, digest = stored["event"]
                    event = SavedEvent(int(number), str(digest))
                    found.append(Doubt(**stored | {"at": datetime.fromisoformat(stored["at"]), "event": event}))
        return found

    def _path(self, form: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{sha256(f'{self._owner}{form}'.encode()).hexdigest()[:32]}{ENDING}"
