"""The manifest beside each backup: its digest, the last event, and how many cases it holds."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from feedback_tui.storage.errors import BadBackup
from feedback_tui.storage.maintenance.atomic_files import write_safely

SUFFIX = ".json"
_BLOCK = 1 << 20


class Why(StrEnum):
    """The occasion of a backup."""

    ASKED = "asked"
    START = "start"
    EXIT = "exit"
    STEP = "step"
    IMPORT = "import"
    MIGRATION = "migration"
    RESTORE = "restore"
    ERASURE = "erasure"
    ENCRYPTION = "encryption"


@dataclass(frozen=True)
class Backup:
    """A verified backup, as its manifest describes it."""

    path: Path
    created: datetime
    """UTC."""
    why: str
    program: str
    """The version of the program that made it."""
    shape: str
    """The schema version."""
    sha256: str
    size: int
    """Bytes."""
    first: str
    """The hash of the first event; it tells registers apart."""
    last_event: int
    head: str
    """The number and hash of the last event: the anchor that reveals a record whose end was cut off."""
    cases: dict[str, int]
    """How many cases of each kind."""
    set_aside: str | None = None
    """When an earlier backup was restored, after which the register need not contain this backup's last events."""

    @property
    def manifest(self) -> Path:
        return manifest_of(self.path)

    def write(self) -> None:
        """Writes the manifest. Raises RegisterError."""
        stored = asdict(self) | {"path": self.path.name, "created": self.created.isoformat()}
        write_safely(self.manifest, json.dumps(stored, ensure_ascii=False, indent=2) + "\n")

    def verify(self) -> None:
        """Raises BadBackup if the file's size or SHA-256 differs from the manifest."""
        try:
            same = self.path.stat().st_size == self.size and digest_of(self.path) == self.sha256
        except OSError as error:
            raise BadBackup(f"The backup {self.path} cannot be read: {error.strerror}.") from None
        if not same:
            raise BadBackup(
                f"The backup {self.path} is not what it was when it was made: it was damaged or changed. "
                "Nothing was changed; restore another."
            )

    def put_aside(self, when: datetime) -> None:
        """Records in the manifest that the register was restored to a state before this backup.
        Raises RegisterError."""
        replace(self, set_aside=when.isoformat()).write()


def manifest_of(path: Path) -> Path:
    """Returns the path of the manifest of the backup at `path`."""
    return path.with_name(path.name + SUFFIX)


def digest_of(path: Path) -> str:
    """Returns the SHA-256 of a file. Not for an open register: closing the file would drop SQLite's locks."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def read_manifest(path: Path) -> Backup | None:
    """Returns the manifest of the backup at `path`, or None if there is none. Raises BadBackup if it cannot be read."""
    try:
        stored = json.loads(manifest_of(path).read_text("utf-8"))
        created = datetime.fromisoformat(stored["created"]).astimezone(UTC)
        return Backup(**{**stored, "path": path, "created": created})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        raise BadBackup(f"{manifest_of(path)}, which says what the backup must be, cannot be read.") from None


def backups_in(folder: Path) -> list[Backup]:
    """Returns the backups in a folder that have a readable manifest, newest first."""
    found: list[Backup] = []
    for manifest in folder.glob(f"*{SUFFIX}"):
        path = manifest.with_name(manifest.name.removesuffix(SUFFIX))
        try:
            backup = read_manifest(path) if path.is_file() else None
        except BadBackup:
            continue
        if backup is not None:
            found.append(backup)
    return sorted(found, key=lambda backup: (backup.created, backup.path.name), reverse=True)
