"""Restores a register from a backup; a copy of the current register is kept first."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from feedback_tui.storage.backend.addresses import register_file
from feedback_tui.storage.backend.encryption_keys import Key, hold, key_of
from feedback_tui.storage.backend.file_errors import as_register_error, database_errors
from feedback_tui.storage.backend.file_names import hard_links, link_again
from feedback_tui.storage.backend.sqlcipher import is_plain
from feedback_tui.storage.backend.sqlite_connection import (
    APPLICATION_ID,
    BUSY_TIMEOUT_MS,
    apply_settings,
    connect,
    require_local_disk,
    writes_ahead,
)
from feedback_tui.storage.errors import BadBackup, BrokenRegister, NotARegister, RegisterBusy, WrongKey
from feedback_tui.storage.maintenance.atomic_files import sync_file, sync_folder
from feedback_tui.storage.maintenance.backup import (
    DAMAGED,
    backup_folders,
    backups,
    backups_folder,
    copy_database,
    finish,
    free_name,
    leave_log,
    own_folder,
    plainly,
    require_sound,
)
from feedback_tui.storage.maintenance.backup_manifest import Why, read_manifest
from feedback_tui.storage.maintenance.unfinished_files import unfinished_file

_JOURNALS = ("-journal", "-wal", "-shm")


@dataclass(frozen=True)
class Restored:
    """The result of a restore: the register's path, and where its former content is kept (None: there was none)."""

    path: Path
    kept: Path | None


def restore(
    file: Path, where: str, *, now: datetime | None = None, prepare: Callable[[Path], None] | None = None
) -> Restored:
    """Replaces the register at `where` by the backup `file`; the current register is kept first.

    `prepare` may change the verified copy before it takes the register's place. Raises RegisterError without a change
    if the backup is damaged, is not a register or is of a newer version, or if the register is in use.
    """
    now = now or datetime.now(UTC)
    file, path = file.expanduser().absolute(), register_file(where)
    if path.exists() and file.exists() and path.samefile(file):
        raise BadBackup(f"{file} is the register itself: name a backup of it.")
    with plainly(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        require_local_disk(path)
        had_backups = any(folder.is_dir() for folder in backup_folders(path))
        links = hard_links(path) if path.exists() else []
        with unfinished_file(own_folder(path, now)) as fresh:
            key = _fetch(file, fresh, path)
            if prepare is not None:
                prepare(fresh)
                _as_one_file(fresh)
            kept = _exchange(fresh, path, now, ours=had_backups)
            link_again(path, links)
        hold(path, key)
    return Restored(path, kept)


def _fetch(file: Path, fresh: Path, path: Path) -> Key | None:
    """Copies a backup to `fresh`, verified by its manifest if it has one, and returns the copy's key: that of the
    register at `path`, else the backup's own.

    Raises RegisterError.
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
            require_sound(source, file)
            if key == key_of(file):
                copy_database(source, fresh)
        if key != key_of(file):
            # The backup is unencrypted or has another key, so it is re-encrypted with the register's key.
            from feedback_tui.storage.maintenance.change_encryption import export

            export(file, fresh, key)
        with closing(connect(fresh)) as copy:
            require_sound(copy, file)
    except database_errors() as error:
        raise as_register_error(error, str(file)) or error from error
    sync_file(fresh)
    return key


def _as_one_file(fresh: Path) -> None:
    """Writes the journal into the file, and syncs the file to disk."""
    with closing(connect(fresh)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    sync_file(fresh)


def _exchange(fresh: Path, path: Path, now: datetime, *, ours: bool) -> Path | None:
    """Moves `fresh` to `path`, and returns where the former register is kept; None if there was none.

    Raises NotARegister for a file of another program, unless `ours` says that the register had backups, so that the
    file is a damaged register.
    """
    if not path.exists():
        _drop_journals(path)
        _put_aside_what_is_ahead(fresh, path, now)
        fresh.rename(path)
        sync_folder(path.parent)
        return None
    try:
        kept = _exchange_for_sound(fresh, path, now)
    except database_errors(BadBackup, BrokenRegister, NotARegister, WrongKey) as error:
        plain = as_register_error(error, str(path)) if isinstance(error, database_errors()) else error
        foreign = isinstance(plain, NotARegister) and not (ours or path.stat().st_size == 0)
        # The key opened the backup but not this file, so the file is damaged.
        beyond_reading = ours and isinstance(plain, WrongKey)
        if foreign or not (beyond_reading or isinstance(plain, (BadBackup, BrokenRegister, NotARegister))):
            raise plain or error from error
        kept = _move_aside(path, now)
        _put_aside_what_is_ahead(fresh, path, now)
        fresh.rename(path)
    sync_folder(path.parent)
    return kept


def _exchange_for_sound(fresh: Path, path: Path, now: datetime) -> Path:
    """Keeps a verified copy of the sound register at `path`, and replaces it by `fresh` while nobody can write.

    A writer that waits meanwhile then finds another file, and fails (Register.transaction checks under the lock).
    Returns the path of the copy. Raises NotARegister if the file is empty or of another program; OpenElsewhere if
    another program has it open.
    """
    if path.stat().st_size == 0:
        raise NotARegister(str(path), "the file is empty")
    folder = backups_folder(path)
    with closing(connect(path)) as held:
        held.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        if held.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            raise NotARegister(str(path), "it is a database of another program")
        if writes_ahead(held) and key_of(fresh) == key_of(path):
            return _write_over(held, fresh, path, now)
        leave_log(held, path)
        while True:
            seen = held.execute("PRAGMA data_version").fetchone()
            with unfinished_file(folder) as copy:
                copy_database(held, copy)
                held.execute("BEGIN EXCLUSIVE")
                # SQLite cannot copy from a connection that holds the write lock, so the copy is made first and checked
                # under the lock.
                if held.execute("PRAGMA data_version").fetchone() == seen:
                    kept = finish(copy, free_name(folder, path, now), Why.RESTORE, now).path
                    _put_aside_what_is_ahead(fresh, path, now)
                    if os.name == "nt":
                        held.close()
                    fresh.replace(path)
                    return kept
                held.execute("ROLLBACK")


def _write_over(held: sqlite3.Connection, fresh: Path, path: Path, now: datetime) -> Path:
    """Keeps a verified copy of the register that `held` is connected to, and writes `fresh` over it in one transaction.

    For a register with a write-ahead log. The log is found by the file's name, so a replaced file would be read with
    the log that others still have open. Others then find a different record, and fail (Register.transaction checks
    under the lock). Raises RegisterBusy if others keep writing.
    """
    apply_settings(held)
    end = monotonic() + BUSY_TIMEOUT_MS / 1000
    with closing(connect(path)) as reading, closing(connect(fresh)) as source:
        while (kept := _copy_and_write_over(held, reading, source, fresh, path, now, end)) is None:
            if monotonic() > end:
                raise RegisterBusy
    # Removes old data from the log; if someone still reads it, the next write does so.
    held.execute("PRAGMA busy_timeout = 0")
    held.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return kept


def _copy_and_write_over(
    held: sqlite3.Connection,
    reading: sqlite3.Connection,
    source: sqlite3.Connection,
    fresh: Path,
    path: Path,
    now: datetime,
    end: float,
) -> Path | None:
    """Returns where the copy of the former register is; None, without a change, if it was written to meanwhile."""
    folder, kept = backups_folder(path), list[Path]()
    seen = reading.execute("PRAGMA data_version").fetchone()
    with unfinished_file(folder) as copy:
        copy_database(reading, copy)

        def look_under_lock(status: int, _remaining: int, _total: int) -> None:
            if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                if monotonic() > end:
                    raise RegisterBusy
            elif not kept:
                if reading.execute("PRAGMA data_version").fetchone() != seen:
                    raise _WrittenMeanwhile
                kept.append(finish(copy, free_name(folder, path, now), Why.RESTORE, now).path)
                _put_aside_what_is_ahead(fresh, path, now)

        # All pages but the last are written under the write lock before the check; everything is committed after it.
        pages = max(source.execute("PRAGMA page_count").fetchone()[0] - 1, 1)
        try:
            source.backup(held, pages=pages, progress=look_under_lock, sleep=0.1)
        except _WrittenMeanwhile:
            return None
        return kept[0]


class _WrittenMeanwhile(Exception):
    """Someone wrote to the register after its copy was made."""


def _move_aside(path: Path, now: datetime) -> Path:
    """Moves a damaged register, with its journal, into its folder of backups, and returns its path there."""
    folder = backups_folder(path)
    target = free_name(folder, path, now, DAMAGED.removeprefix("-"))
    for suffix in _JOURNALS:
        journal = path.with_name(path.name + suffix)
        if journal.exists():
            shutil.move(journal, target.with_name(target.name + suffix))
    path.rename(target)
    sync_folder(folder)
    return target


def _drop_journals(path: Path) -> None:
    """Deletes journals left beside a missing file: SQLite would apply them to the file that takes its name."""
    for suffix in _JOURNALS:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _put_aside_what_is_ahead(fresh: Path, path: Path, now: datetime) -> None:
    """Marks the backups with a last event that `fresh` does not have as set aside.

    Done before `fresh` takes the register's place: if the program is killed in between, `check` must not report the
    missing events.
    """
    with closing(connect(fresh)) as connection:
        for each in backups(str(path)):
            found = connection.execute("SELECT hash FROM event WHERE id = ?", (each.last_event,)).fetchone()
            if each.set_aside is None and found != (each.head,):
                each.put_aside(now)
