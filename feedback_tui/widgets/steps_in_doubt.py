"""Steps of which it is not known whether they were saved: the server went away in that very moment.

Kept on disk until the register was asked, also through the end of the program: else what was typed would be saved once
more. They hold nobody's words: which form it was, and the event to ask for.
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
    """One of them."""

    form: str
    """The form's name among the drafts."""
    title: str
    """What the line above the screen called it."""
    at: datetime
    """When it was sent (local time)."""
    typed: str
    """A digest of what was typed: whether a draft is what was sent."""
    event: SavedEvent


def digest_of(words: Mapping[str, str]) -> str:
    """A digest of what was typed into a form."""
    return sha256(json.dumps(dict(words), sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


class Doubts:
    """Those of one officer on one register. `folder` is made when the first is kept; without one they are remembered
    while the program runs."""

    def __init__(self, folder: Path | None = None, register: str = "", officer: str = "") -> None:
        self._folder, self._owner = folder, sha256(f"{register}\n{officer}".encode()).hexdigest()
        self._known: dict[str, Doubt] = {doubt.form: doubt for doubt in self._read()}

    def keep(self, doubt: Doubt) -> None:
        """Remembers it; on disk too, where that can be written."""
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
        """The one of this form."""
        return self._known.get(form)

    @property
    def all(self) -> list[Doubt]:
        """Every one."""
        return list(self._known.values())

    def drop(self, form: str) -> Doubt | None:
        """Forgets that of this form, and gives it: it is known now. None: somebody else was told already."""
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
