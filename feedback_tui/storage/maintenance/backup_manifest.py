"""What stands beside each backup: its digest, where the record of events ended, what it held."""

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
    """What a backup was made for."""

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
    """One verified backup, as its manifest describes it."""

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
    """The hash of the first event: it tells one register from another."""
    last_event: int
    head: str
    """The number and the hash of the last event: the anchor that a cut record is found by."""
    cases: dict[str, int]
    """How many cases of each kind."""
    set_aside: str | None = None
    """When an earlier backup was restored, so that this one's last events are rightly no longer in the register."""

    @property
    def manifest(self) -> Path:
        return manifest_of(self.path)

    def write(self) -> None:
        """Writes the manifest. Raises RegisterError."""
        stored = asdict(self) | {"path": self.path.name, "created": self.created.isoformat()}
        write_safely(self.manifest, json.dumps(stored, ensure_ascii=False, indent=2) + "\n")

    def verify(self) -> None:
        """Raises BadBackup where the file is no longer what it was when it was made."""
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
        """Notes that the register went back behind this backup. Raises RegisterError."""
        replace(self, set_aside=when.isoformat()).write()


def manifest_of(path: Path) -> Path:
    """Where the manifest of the backup at `path` stands."""
    return path.with_name(path.name + SUFFIX)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. Not for an open register: reading it behind SQLite's back drops its locks."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def read_manifest(path: Path) -> Backup | None:
    """The manifest of the backup at `path`; None where there is none. Raises BadBackup where it cannot be read."""
    try:
        stored = json.loads(manifest_of(path).read_text("utf-8"))
        created = datetime.fromisoformat(stored["created"]).astimezone(UTC)
        return Backup(**{**stored, "path": path, "created": created})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        raise BadBackup(f"{manifest_of(path)}, which says what the backup must be, cannot be read.") from None


def backups_in(folder: Path) -> list[Backup]:
    """The verified backups in a folder, newest first; what has no readable manifest is none."""
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
