"""Verified copies of a register: made, rotated, listed, and put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback_tui.storage import schema
from feedback_tui.storage.engine import (
    APPLICATION_ID,
    BUSY_TIMEOUT_MS,
    as_register_error,
    connect,
    database_errors,
    register_file,
    require_local_disk,
)
from feedback_tui.storage.errors import BadBackup, BrokenRegister, NewerRegister, NotARegister, RegisterBusy, WrongKey
from feedback_tui.storage.files import sync_file, sync_folder
from feedback_tui.storage.keys import BACKUPS, Key, alike, hold, key_of
from feedback_tui.storage.manifest import Backup, Why, backups_in, digest_of, manifest_of, read_manifest
from feedback_tui.storage.rotation import to_keep

if TYPE_CHECKING:
    from feedback_tui.storage.register import Register

EVERY = timedelta(minutes=30)
"""How often a register that is being worked on is backed up."""
_UNFINISHED = ".unfinished-"
_LEFT_BEHIND_AFTER = timedelta(hours=1)
_JOURNALS = ("-journal", "-wal", "-shm")

__all__ = ["Backup", "Restored", "Why", "backup", "backup_if_due", "backups", "backups_folder", "restore"]


@dataclass(frozen=True)
class Restored:
    """What restoring did: the register, and where what stood in its place is kept (None: nothing stood there)."""

    path: Path
    kept: Path | None


def backups_folder(path: Path) -> Path:
    """The folder of a register's automatic backups, beside it."""
    return path.with_name(path.name + BACKUPS)


def backups(where: str) -> list[Backup]:
    """The automatic backups of the register at `where`, newest first."""
    return backups_in(backups_folder(register_file(where)))


def backup(register: Register, dest: Path | None = None, *, why: Why = Why.ASKED, now: datetime | None = None) -> Path:
    """Makes a verified copy of the register with its manifest beside it, and gives its place.

    `dest` is a folder, or a file that is not there yet; without it the copy goes to the register's own folder of
    backups, where older ones are then thinned out. Raises RegisterError; then there is no copy.
    """
    now = now or datetime.now(UTC)
    if dest is None:
        with plainly(backups_folder(register.path)):
            folder = _own_folder(register.path, now)
        made = _make(register, _free_name(folder, register.path, now), why, now)
        _rotate(folder, made, now)
        return made.path
    dest = dest.expanduser().absolute()
    target = _free_name(dest, register.path, now) if dest.is_dir() else dest
    if target.exists():
        raise BadBackup(f"{target} exists already and was left as it is. Name another file, or a folder.")
    return _make(register, target, why, now).path


def backup_if_due(
    register: Register, *, why: Why = Why.START, now: datetime | None = None, every: timedelta = EVERY
) -> Path | None:
    """A backup in the register's own folder, if it was changed since the last and that is `every` ago.

    For a background thread at the start and every so often, and with `every` zero for the exit. Gives the place of
    the copy, or None where none was due. Raises RegisterError.
    """
    now = now or datetime.now(UTC)
    with register.reading() as session:
        first, last_event, head = _ends(session.connection().connection.driver_connection)
    newest = next((each for each in backups(register.where) if each.first == first), None)
    if newest is not None:
        unchanged = (newest.last_event, newest.head) == (last_event, head) and _changed_at(register) <= newest.created
        if unchanged or timedelta(0) <= now - newest.created < every:
            return None
    return backup(register, why=why, now=now)


def restore(
    file: Path, where: str, *, now: datetime | None = None, prepare: Callable[[Path], None] | None = None
) -> Restored:
    """Puts the backup `file` in the place of the register at `where`; what stood there is kept first.

    Raises RegisterError, and changes nothing, where the backup is damaged, is no register, was made by a newer version,
    or where the register is in use. `prepare` may change the verified copy before it takes the register's place.
    """
    now = now or datetime.now(UTC)
    file, path = file.expanduser().absolute(), register_file(where)
    if path.exists() and file.exists() and path.samefile(file):
        raise BadBackup(f"{file} is the register itself: name a backup of it.")
    with plainly(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        require_local_disk(path)
        had_backups = backups_folder(path).is_dir()
        with unfinished(_own_folder(path, now)) as fresh:
            key = _fetch(file, fresh, path)
            if prepare is not None:
                prepare(fresh)
                _as_one_file(fresh)
            kept = _exchange(fresh, path, now, ours=had_backups)
        hold(path, key)
        with closing(connect(path)) as connection:
            _put_aside_what_is_ahead(connection, path, now)
    return Restored(path, kept)


def _make(register: Register, target: Path, why: Why, now: datetime) -> Backup:
    """A copy of the register at `target`: under another name until it is verified and on disk."""
    register.require_same_file()
    with plainly(target), unfinished(target.parent) as copy:
        with register.engine.connect() as connection:
            driver = connection.connection.driver_connection
            alike(copy, register.path)
            _copy(driver, copy)
        return _finish(copy, target, why, now)


def _finish(copy: Path, target: Path, why: Why, now: datetime) -> Backup:
    """Verifies a copy and gives it its name. The manifest comes first: a backup is there only with its manifest."""
    made = _describe(copy, target, why, now)
    sync_file(copy)
    made.write()
    copy.rename(target)
    sync_folder(target.parent)
    return made


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """An empty file of this user's in `folder`, for what is not yet whole; gone at the end unless it was renamed."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=_UNFINISHED)
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _copy(source: Any, target: Path) -> None:
    """Copies a database in one step, as it is at one moment. A step at a time would never end under writes."""
    source.execute("BEGIN")
    try:
        # Takes the read lock, and waits for it no longer than any other reader does.
        source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        with closing(connect(target)) as copy:
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy)
            # One file, whatever the journal of the register is.
            copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        # A disk that cannot be read ends the transaction by itself.
        if source.in_transaction:
            source.execute("ROLLBACK")


def _describe(copy: Path, target: Path, why: Why, now: datetime) -> Backup:
    """Verifies a copy, and says what it holds. Raises BadBackup where it is not sound."""
    with closing(connect(copy)) as connection:
        shape = _require_sound(connection, copy)
        first, last_event, head = _ends(connection)
        kinds = connection.execute("SELECT kind, count(*) FROM feedback_case GROUP BY kind ORDER BY kind")
        cases = {str(kind): int(count) for kind, count in kinds}
    return Backup(
        path=target,
        created=now,
        why=str(why),
        program=version("feedback-tui"),
        shape=shape,
        sha256=digest_of(copy),
        size=copy.stat().st_size,
        first=first,
        last_event=last_event,
        head=head,
        cases=cases,
    )


def _require_sound(connection: sqlite3.Connection, path: Path) -> str:
    """The schema version of a copy that is a sound register of ours or an earlier version. Raises RegisterError."""
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise NotARegister(str(path), "it is a database of another program")
    problems = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if problems != ["ok"]:
        raise BadBackup(f"{path} is damaged ({problems[0]}). It was not used.")
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    shape = str(row[0]) if row else ""
    if shape not in schema.known_shapes():
        if shape.isdigit() and shape > schema.HEAD:
            raise NewerRegister(str(path))
        raise BadBackup(f"{path} is damaged (its schema version is “{shape}”). It was not used.")
    return shape


def _ends(connection: Any) -> tuple[str, int, str]:
    """The hash of the first event, the number and the hash of the last."""
    first = connection.execute("SELECT hash FROM event ORDER BY id LIMIT 1").fetchone()
    last = connection.execute("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return (str(first[0]), int(last[0]), str(last[1])) if first and last else ("", 0, "")


def _fetch(file: Path, fresh: Path, path: Path) -> Key | None:
    """Copies a backup to `fresh`, verified by its manifest where it has one, and gives the key of that copy: the one of
    the register at `path`, else the backup's own. Raises RegisterError.
    """
    if not file.is_file():
        raise BadBackup(f"There is no backup {file}.")
    if file.stat().st_size == 0:
        raise NotARegister(str(file), "the file is empty")
    if (manifest := read_manifest(file)) is not None:
        manifest.verify()
    if key_of(file) is not None and is_plain(file):
        hold(file, None)
    key = key_of(path) or key_of(file)
    hold(fresh, key)
    try:
        with closing(connect(file)) as source:
            source.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            _require_sound(source, file)
            if key == key_of(file):
                _copy(source, fresh)
        if key != key_of(file):
            # What was not encrypted, or with another key, is not put as it is in the place of what is.
            from feedback_tui.storage.encryption import export

            export(file, fresh, key)
        with closing(connect(fresh)) as copy:
            _require_sound(copy, file)
    except database_errors() as error:
        raise as_register_error(error, str(file)) or error from error
    sync_file(fresh)
    return key


def is_plain(path: Path) -> bool:
    """Whether a file that no connection of ours is open on is a plain database."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error:
        return False
    return True


def _as_one_file(fresh: Path) -> None:
    """Folds what was written since into the file itself, and puts it on disk."""
    with closing(connect(fresh)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    sync_file(fresh)


def _exchange(fresh: Path, path: Path, now: datetime, *, ours: bool) -> Path | None:
    """Puts `fresh` at `path`, and gives the place where what stood there is kept.

    What is no register of ours is left alone, unless `ours` says that a register stood there before it was damaged.
    """
    if not path.exists():
        _drop_journals(path)
        fresh.rename(path)
        sync_folder(path.parent)
        return None
    try:
        kept = _exchange_for_sound(fresh, path, now)
    except database_errors(BadBackup, BrokenRegister, NotARegister, WrongKey) as error:
        plain = as_register_error(error, str(path)) if isinstance(error, database_errors()) else error
        foreign = isinstance(plain, NotARegister) and not (ours or path.stat().st_size == 0)
        # The key that opened the backup does not open what stands there: it was damaged.
        beyond_reading = ours and isinstance(plain, WrongKey)
        if foreign or not (beyond_reading or isinstance(plain, (BadBackup, BrokenRegister, NotARegister))):
            raise plain or error from error
        kept = _move_aside(path, now)
        fresh.rename(path)
    sync_folder(path.parent)
    return kept


def _exchange_for_sound(fresh: Path, path: Path, now: datetime) -> Path:
    """Keeps a verified copy of the sound register at `path`, and puts `fresh` in its place while no one can write.

    Who waits to write meanwhile finds the file exchanged, and says so (Register.work looks under the lock).
    """
    if path.stat().st_size == 0:
        raise NotARegister(str(path), "the file is empty")
    folder = backups_folder(path)
    with closing(connect(path)) as held:
        held.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        if held.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            raise NotARegister(str(path), "it is a database of another program")
        if held.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
            raise RegisterBusy
        kept = None
        while True:
            seen = held.execute("PRAGMA data_version").fetchone()
            with unfinished(folder) as copy:
                _copy(held, copy)
                held.execute("BEGIN EXCLUSIVE")
                # SQLite copies nothing out of a connection that holds the write lock: so look whether it still holds.
                if held.execute("PRAGMA data_version").fetchone() == seen:
                    kept = _finish(copy, _free_name(folder, path, now), Why.RESTORE, now).path
                    if os.name == "nt":
                        held.close()
                    fresh.replace(path)
                    return kept
                held.execute("ROLLBACK")


def _move_aside(path: Path, now: datetime) -> Path:
    """Keeps a damaged register as it is, with its journal, among its backups."""
    folder = backups_folder(path)
    target = _free_name(folder, path, now, "damaged-")
    for suffix in _JOURNALS:
        journal = path.with_name(path.name + suffix)
        if journal.exists():
            shutil.move(journal, target.with_name(target.name + suffix))
    path.rename(target)
    sync_folder(folder)
    return target


def _drop_journals(path: Path) -> None:
    """A journal left by a file that is gone would be played into the one that takes its name."""
    for suffix in _JOURNALS:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _put_aside_what_is_ahead(connection: sqlite3.Connection, path: Path, now: datetime) -> None:
    for each in backups_in(backups_folder(path)):
        found = connection.execute("SELECT hash FROM event WHERE id = ?", (each.last_event,)).fetchone()
        if each.set_aside is None and found != (each.head,):
            each.put_aside(now)


def _rotate(folder: Path, made: Backup, now: datetime) -> None:
    """Removes the backups of this register that have had their time; never the one just made."""
    own = [each for each in backups_in(folder) if each.first == made.first]
    keep = to_keep([each.created for each in own], now)
    for each in own:
        if each.created not in keep and each.path != made.path:
            each.path.unlink(missing_ok=True)
            each.manifest.unlink(missing_ok=True)


def _free_name(folder: Path, register: Path, now: datetime, what: str = "") -> Path:
    """A name in `folder` that is not taken: the register's, with the moment in UTC."""
    number = 1
    while True:
        again = "" if number == 1 else f"-{number}"
        name = f"{register.stem}-{what}{now.astimezone(UTC):%Y%m%d-%H%M%S}{again}{register.suffix or '.db'}"
        if not (folder / name).exists() and not manifest_of(folder / name).exists():
            return folder / name
        number += 1


def free_name_beside(path: Path) -> Path:
    """A name that is not taken for what takes the place of the backup at `path`."""
    number = 2
    while True:
        target = path.with_name(f"{path.stem}-{number}{path.suffix}")
        if not target.exists() and not manifest_of(target).exists():
            return target
        number += 1


def _changed_at(register: Register) -> datetime:
    """When the file, or its write-ahead log, was last written."""
    wal = register.path.with_name(register.path.name + "-wal")
    times = [path.stat().st_mtime for path in (register.path, wal) if path.exists()]
    return datetime.fromtimestamp(max(times), UTC)


def _own_folder(path: Path, now: datetime) -> Path:
    """The register's folder of backups, made where there is none, without what a killed backup left in it: that holds
    people's words, and no one would look for it."""
    folder = backups_folder(path)
    folder.mkdir(mode=0o700, exist_ok=True)
    for left in folder.glob(f"{_UNFINISHED}*"):
        if now.timestamp() - left.stat().st_mtime > _LEFT_BEHIND_AFTER.total_seconds():
            left.unlink(missing_ok=True)
    return folder


@contextmanager
def plainly(place: Path) -> Iterator[None]:
    """Says what kept a copy from being made or put back."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except database_errors(SQLAlchemyError) as error:
        raise as_register_error(error, str(place)) or error from error
    except OSError as error:
        raise BadBackup(f"{place} cannot be written: {error.strerror}. Nothing was changed.") from None
