"""Makes, rotates and lists verified copies of a register."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback_tui.storage.backend import schema, schema_version
from feedback_tui.storage.backend.addresses import register_file
from feedback_tui.storage.backend.encryption_keys import BACKUPS, alike
from feedback_tui.storage.backend.file_errors import as_register_error, database_errors
from feedback_tui.storage.backend.file_names import other_names
from feedback_tui.storage.backend.sqlite_connection import APPLICATION_ID, connect
from feedback_tui.storage.backend.sqlite_engine import READING
from feedback_tui.storage.errors import BadBackup, NewerRegister, NotARegister, OpenElsewhere, RegisterBusy
from feedback_tui.storage.maintenance.atomic_files import sync_file, sync_folder, why_not
from feedback_tui.storage.maintenance.backup_manifest import Backup, Why, backups_in, digest_of, manifest_of
from feedback_tui.storage.maintenance.backup_rotation import to_keep
from feedback_tui.storage.maintenance.unfinished_files import UNFINISHED, unfinished_file
from feedback_tui.storage.search import search_index

if TYPE_CHECKING:
    from feedback_tui.storage.opened_register import Register

EVERY = timedelta(minutes=30)
"""How often an open register that changes is backed up."""
DAMAGED = "-damaged-"
"""Marks the file name of a damaged register that was kept when a backup was restored."""
_DAMAGED_FOR = timedelta(days=275)
"""How long such a file is kept: about nine months, as the oldest backup."""
_LEFT_BEHIND_AFTER = timedelta(hours=1)

__all__ = ["Backup", "Why", "backup", "backup_if_due", "backups", "backups_folder"]


def backups_folder(path: Path) -> Path:
    """Returns the folder of a register's automatic backups, beside the register."""
    return path.with_name(path.name + BACKUPS)


def backup_folders(path: Path) -> list[Path]:
    """Returns all folders with backups of the register at `path`: its own, and those beside its former names."""
    return [backups_folder(name) for name in (path, *other_names(path))]


def backups(where: str) -> list[Backup]:
    """Returns the automatic backups of the register at `where`, newest first."""
    found = [backup for folder in backup_folders(register_file(where)) for backup in backups_in(folder)]
    return sorted(found, key=lambda backup: (backup.created, backup.path.name), reverse=True)


def backup(register: Register, dest: Path | None = None, *, why: Why = Why.ASKED, now: datetime | None = None) -> Path:
    """Makes a verified copy of the register with its manifest, and returns the copy's path.

    `dest` is a folder or a new file. Without it the copy goes to the register's own folder, and old backups there are
    removed by the rotation. Raises RegisterError; then there is no copy.
    """
    now = now or datetime.now(UTC)
    if dest is None:
        with plainly(backups_folder(register.path)):
            folder = own_folder(register.path, now)
        made = _make(register, free_name(folder, register.path, now), why, now)
        _rotate(register.path, made, now)
        return made.path
    dest = dest.expanduser().absolute()
    target = free_name(dest, register.path, now) if dest.is_dir() else dest
    if target.exists():
        raise BadBackup(f"{target} exists already and was left as it is. Name another file, or a folder.")
    return _make(register, target, why, now).path


def backup_if_due(
    register: Register, *, why: Why = Why.START, now: datetime | None = None, every: timedelta = EVERY
) -> Path | None:
    """Makes a backup in the register's own folder if it changed since the last one, which must be at least `every` ago.

    Called in a background thread at start and regularly, and with `every` zero at exit. Returns the copy's path, or
    None if no backup was due. Raises RegisterError.
    """
    _fold_log_in(register)
    now = now or datetime.now(UTC)
    with register.reading() as session:
        first, last_event, head = _ends(session.connection().connection.driver_connection)
    newest = next((each for each in backups(register.where) if each.first == first), None)
    if newest is not None:
        unchanged = (newest.last_event, newest.head) == (last_event, head) and _changed_at(register) <= newest.created
        if unchanged or timedelta(0) <= now - newest.created < every:
            return None
    return backup(register, why=why, now=now)


def _make(register: Register, target: Path, why: Why, now: datetime) -> Backup:
    """Makes a copy of the register at `target`; it has a temporary name until it is verified and synced to disk."""
    register.require_same_file()
    with plainly(target), unfinished_file(target.parent) as copy:
        with register.engine.execution_options(**{READING: True}).connect() as connection:
            register.keeper.require_same_record(connection)
            connection.rollback()
            driver = connection.connection.driver_connection
            alike(copy, register.path)
            copy_database(driver, copy)
        return finish(copy, target, why, now)


def finish(copy: Path, target: Path, why: Why, now: datetime) -> Backup:
    """Verifies a copy and gives it its name. The manifest is written first, because a backup without one does not
    count."""
    made = _describe(copy, target, why, now)
    sync_file(copy)
    made.write()
    copy.rename(target)
    sync_folder(target.parent)
    return made


def copy_database(source: Any, target: Path) -> None:
    """Copies a database as it is at one moment, in one step. Copying page by page would restart with each write."""
    source.execute("BEGIN")
    try:
        # Takes the read lock, with the usual timeout.
        source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        with closing(connect(target)) as copy:
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy)
            # The copy is a single file, whatever journal mode the register has.
            copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        # On a read error SQLite has rolled back already.
        if source.in_transaction:
            source.execute("ROLLBACK")


def _describe(copy: Path, target: Path, why: Why, now: datetime) -> Backup:
    """Verifies a copy and returns its manifest. Raises BadBackup, or the RegisterError of `require_sound`, if it is not
    sound."""
    # Both read the whole file and release the GIL meanwhile, so together they take as long as one.
    with ThreadPoolExecutor(1) as beside, closing(connect(copy)) as connection:
        digest = beside.submit(digest_of, copy)
        shape = require_sound(connection, copy)
        first, last_event, head = _ends(connection)
        kinds = connection.execute("SELECT kind, count(*) FROM feedback_case GROUP BY kind ORDER BY kind")
        cases = {str(kind): int(count) for kind, count in kinds}
    return Backup(
        path=target,
        created=now,
        why=str(why),
        program=metadata.version("feedback-tui"),
        shape=shape,
        sha256=digest.result(),
        size=copy.stat().st_size,
        first=first,
        last_event=last_event,
        head=head,
        cases=cases,
    )


def require_sound(connection: sqlite3.Connection, path: Path) -> str:
    """Returns the schema version of a copy if it is a sound register of this or an earlier version. Raises
    RegisterError."""
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise NotARegister(str(path), "it is a database of another program")
    if problems := file_problems(connection):
        raise BadBackup(f"{path} is damaged ({problems[0]}). It was not used.")
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    shape = str(row[0]) if row else ""
    if shape not in schema.known_shapes():
        if shape.isdigit() and shape > schema_version.HEAD:
            raise NewerRegister(str(path))
        raise BadBackup(f"{path} is damaged (its schema version is “{shape}”). It was not used.")
    return shape


def file_problems(connection: Any, database: str = "main") -> list[str]:
    """Returns the problems that SQLite finds in a file; empty if there are none.

    Problems of the search index, which newer versions of SQLite report, are left out: it can be rebuilt from the rows.
    """
    found = [str(row[0]) for row in connection.execute(f"PRAGMA {database}.integrity_check(20)")]
    return [problem for problem in found if problem != "ok" and not search_index.is_named_in(problem)]


def _ends(connection: Any) -> tuple[str, int, str]:
    """Returns the hash of the first event, and the number and hash of the last."""
    first = connection.execute("SELECT hash FROM event ORDER BY id LIMIT 1").fetchone()
    last = connection.execute("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return (str(first[0]), int(last[0]), str(last[1])) if first and last else ("", 0, "")


def _rotate(path: Path, made: Backup, now: datetime) -> None:
    """Removes the backups of the register at `path` that the rotation does not keep, but never `made`."""
    folders = backup_folders(path)
    own = [each for folder in folders for each in backups_in(folder) if each.first == made.first]
    keep = to_keep([each.created for each in own], now)
    for each in own:
        if each.created not in keep and each.path != made.path:
            each.path.unlink(missing_ok=True)
            each.manifest.unlink(missing_ok=True)
    # A damaged register that was kept holds personal data and has no manifest, so its age decides.
    for left in (each for folder in folders for each in folder.glob(f"*{DAMAGED}*")):
        if now.timestamp() - left.stat().st_mtime > _DAMAGED_FOR.total_seconds():
            left.unlink(missing_ok=True)


def free_name(folder: Path, register: Path, now: datetime, what: str = "") -> Path:
    """Returns an unused path in `folder`: the register's name with the time in UTC."""
    number = 1
    while True:
        again = "" if number == 1 else f"-{number}"
        name = f"{register.stem}-{what}{now.astimezone(UTC):%Y%m%d-%H%M%S}{again}{register.suffix or '.db'}"
        if not (folder / name).exists() and not manifest_of(folder / name).exists():
            return folder / name
        number += 1


def free_name_beside(path: Path) -> Path:
    """Returns an unused path beside the backup at `path`, for its replacement."""
    number = 2
    while True:
        target = path.with_name(f"{path.stem}-{number}{path.suffix}")
        if not target.exists() and not manifest_of(target).exists():
            return target
        number += 1


def _changed_at(register: Register) -> datetime:
    """Returns when the file or its write-ahead log was last written. An empty log does not count."""
    wal = register.path.with_name(register.path.name + "-wal")
    times = [found.st_mtime for path in (register.path, wal) if path.exists() and (found := path.stat()).st_size]
    return datetime.fromtimestamp(max(times), UTC)


def _fold_log_in(register: Register) -> None:
    """Writes the write-ahead log into the file. Otherwise closing would do so after the backup, and look like a change.

    If readers prevent it, one more backup may be made.
    """
    register.require_same_file()
    with plainly(register.path), register.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def own_folder(path: Path, now: datetime) -> Path:
    """Returns the register's folder of backups, and makes it if needed.

    Removes unfinished backups older than an hour that a killed program left, because they hold personal data.
    """
    folder = backups_folder(path)
    folder.mkdir(mode=0o700, exist_ok=True)
    for left in folder.glob(f"{UNFINISHED}*"):
        if now.timestamp() - left.stat().st_mtime > _LEFT_BEHIND_AFTER.total_seconds():
            left.unlink(missing_ok=True)
    return folder


@contextmanager
def plainly(place: Path) -> Iterator[None]:
    """Context manager that translates errors of copying into a RegisterError that names `place`; BadBackup for an
    OSError."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except database_errors(SQLAlchemyError) as error:
        raise as_register_error(error, str(place)) or error from error
    except OSError as error:
        raise BadBackup(f"{place} cannot be written: {why_not(error, place.parent)}. Nothing was changed.") from None


def leave_log(held: sqlite3.Connection, path: Path) -> None:
    """Writes the write-ahead log of a register into its file and turns the log off, before another file takes its
    place.

    Raises OpenElsewhere if another connection has it open: that one would write to, and finally delete, a log with this
    name.
    """
    try:
        left = held.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    except database_errors() as error:
        if not isinstance(as_register_error(error, str(path)), RegisterBusy):
            raise
        left = False
    if not left:
        raise OpenElsewhere(str(path))
