"""Encrypts, decrypts or rekeys a register. A verified copy replaces the file; nothing is changed in place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from feedback_tui.storage.backend.addresses import register_file
from feedback_tui.storage.backend.encryption_keys import Key, hold, key_of
from feedback_tui.storage.backend.file_names import OTHER_NAMES, hard_links, link_again
from feedback_tui.storage.backend.sqlcipher import connect_encrypted, driver, is_plain
from feedback_tui.storage.backend.sqlite_connection import APPLICATION_ID, BUSY_TIMEOUT_MS
from feedback_tui.storage.errors import BadBackup, RegisterError
from feedback_tui.storage.maintenance import backup as copies
from feedback_tui.storage.maintenance.atomic_files import sync_file, sync_folder
from feedback_tui.storage.maintenance.backup_manifest import Backup, digest_of
from feedback_tui.storage.maintenance.unfinished_files import unfinished_file
from feedback_tui.storage.register import open_register


@dataclass(frozen=True)
class Rekeyed:
    """The result of changing a register's key."""

    backups: int
    """How many backups beside it were rewritten with the key."""
    left: tuple[Path, ...]
    """Files beside it that were not rewritten; the officer must deal with them."""


def give_key(where: str, key: Key | None, now: datetime | None = None) -> Rekeyed:
    """Encrypts the register at `where`, and its backups, with `key`; None decrypts the register.

    A verified backup is made first. Nobody can write meanwhile, and the file is replaced only once the copy has been
    compared row by row. Raises RegisterError without a change if any of that fails.
    """
    driver()
    now, path = now or datetime.now(UTC), register_file(where)
    old = key_of(path)
    links = hard_links(path) if path.exists() else []
    if key is not None:
        key.require_long_enough()
    register = open_register(where)
    try:
        copies.backup(register, why=copies.Why.ENCRYPTION, now=now)
    finally:
        register.close()
    with copies.plainly(path), closing(connect_encrypted(path, key_of(path))) as held:
        held.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        copies.leave_log(held, path)
        held.execute("BEGIN IMMEDIATE")
        with unfinished_file(path.parent) as fresh:
            export(path, fresh, key)
            sync_file(fresh)
            fresh.replace(path)
            link_again(path, links)
            sync_folder(path.parent)
        held.execute("ROLLBACK")
    hold(path, key)
    return Rekeyed(*(_backups(path, old, key) if key is not None else (0, ())))


def export(source: Path, target: Path, key: Key | None) -> None:
    """Writes the database at `source` into the empty file `target`, encrypted with `key`, or plain if that is None.

    Raises BadBackup if the copy differs in any row.
    """
    with closing(connect_encrypted(source, key_of(source))) as connection:
        connection.execute("ATTACH DATABASE ? AS copy KEY ?", (str(target), key.text if key else ""))
        connection.execute("SELECT sqlcipher_export('copy')")
        connection.execute(f"PRAGMA copy.application_id = {APPLICATION_ID}")
        _require_same(connection, target)
        connection.execute("DETACH DATABASE copy")
    hold(target, key)


def _require_same(connection: sqlite3.Connection, target: Path) -> None:
    """Raises BadBackup if the databases ``main`` and ``copy`` of a connection differ."""
    problems = copies.file_problems(connection, "copy")
    shapes = [
        connection.execute(f"SELECT type, name, sql FROM {schema}.sqlite_master ORDER BY type, name").fetchall()
        for schema in ("main", "copy")
    ]
    if problems or shapes[0] != shapes[1]:
        raise BadBackup(f"The copy at {target} did not come out whole. Nothing was changed; try again.")
    tables = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND rootpage != 0")
    for (table,) in tables.fetchall():
        rows: list[Callable[[], tuple[object, ...] | None]] = [
            connection.execute(f'SELECT * FROM {schema}."{table}"').fetchone for schema in ("main", "copy")
        ]
        while (row := rows[0]()) == rows[1]():
            if row is None:
                break
        else:
            raise BadBackup(f"The copy at {target} is not the same in {table}. Nothing was changed; try again.")


def _backups(path: Path, old: Key | None, key: Key) -> tuple[int, tuple[Path, ...]]:
    """Rewrites the backups beside a register with its key. Returns how many, and the files that could not be."""
    made, left = 0, list[Path]()
    known = copies.backups(str(path))
    for each in known:
        try:
            _rewrite(each, old, key)
        except (RegisterError, driver().Error, OSError):
            left.append(each.path)
        else:
            made += 1
    named = {each.path for each in copies.backups(str(path))} | {each.manifest for each in copies.backups(str(path))}
    named |= {folder / OTHER_NAMES for folder in copies.backup_folders(path)}
    others = [each for folder in copies.backup_folders(path) for each in folder.iterdir() if each not in named]
    return made, tuple(sorted({*left, *others}))


def _rewrite(each: Backup, old: Key | None, key: Key) -> None:
    each.verify()
    hold(each.path, None if is_plain(each.path) else old)
    with unfinished_file(each.path.parent) as fresh:
        export(each.path, fresh, key)
        sync_file(fresh)
        target = copies.free_name_beside(each.path)
        # The manifest is written first, because a backup without one does not count.
        replace(each, path=target, sha256=digest_of(fresh), size=fresh.stat().st_size).write()
        fresh.rename(target)
        hold(target, key)
    each.path.unlink()
    each.manifest.unlink()
    sync_folder(target.parent)
