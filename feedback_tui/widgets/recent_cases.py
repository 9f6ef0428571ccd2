"""The cases that an officer opened last, on one register. The file holds only their references."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

KEPT = 20


@dataclass
class Recent:
    """References, latest first, at most `KEPT`. Without a folder they are remembered while the program runs."""

    folder: Path | None = None
    owner: str = ""
    """The register and the officer, as one text."""
    _references: list[str] | None = field(default=None, repr=False)

    @property
    def references(self) -> list[str]:
        """The references, latest first."""
        if self._references is None:
            self._references = self._read()
        return list(self._references)

    def opened(self, reference: str) -> None:
        """Puts a reference first. If it cannot be written, it is remembered while the program runs."""
        found = [reference, *(other for other in self.references if other != reference)][:KEPT]
        if found == self._references:
            return
        self._references = found
        if self.folder is None:
            return
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = self._path.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_text(json.dumps(found), "utf-8")
            fresh.replace(self._path)

    @property
    def _path(self) -> Path:
        assert self.folder is not None
        return self.folder / f"{sha256(self.owner.encode()).hexdigest()[:24]}.json"

    def _read(self) -> list[str]:
        if self.folder is None:
            return []
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return []
        return [one for one in found if isinstance(one, str)][:KEPT] if isinstance(found, list) else []
