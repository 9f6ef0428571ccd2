"""The same promises on a write-ahead log, which newer engines than this machine's may have."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import NewCase, Note
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend import write_ahead_log
from feedback_tui.storage.errors import RegisterBusy
from feedback_tui.storage.maintenance.backup import backup, backup_if_due, backups, copy_database
from feedback_tui.storage.maintenance.restore import restore
from feedback_tui.storage.register import Register, open_register
from tests.storage.test_backup import case_count
from tests.torture.damage import everything
from tests.torture.stock import RECEIVED, actor_on

pytestmark = pytest.mark.of_a_file

COMMENT = NewCase(kind=Kind.COMMENT, received_on=RECEIVED, description="Good and bad.")


@pytest.fixture
def logged(furnished_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A register on a write-ahead log, open, with everything in it."""
    monkeypatch.setattr(write_ahead_log, "WAL_IS_SAFE_FROM", (3, 7, 0))
    register = open_register(str(furnished_path))
    yield register
    register.close()


@pytest.fixture
def in_the_log(logged: Register) -> Iterator[Register]:
    """The same, with a case that is in the log alone: someone reads what was there before it."""
    with closing(sqlite3.connect(logged.where, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        log(actor_on(logged), COMMENT)
        assert case_count(alone(logged)) == case_count(logged.path) - 1
        yield logged


def alone(register: Register) -> Path:
    """A copy of the register's file as it lies there, without its log."""
    return Path(shutil.copyfile(register.path, register.path.with_name("alone.db")))


def test_what_is_saved_stands_in_the_file_itself(logged: Register) -> None:
    """People copy a register as they copy any file."""
    log(actor_on(logged), COMMENT)
    assert everything(alone(logged)) == everything(logged.path)


def test_check_reads_what_is_still_in_the_log(in_the_log: Register) -> None:
    health = check(in_the_log)
    assert health.sound
    assert sum(health.cases.values()) == case_count(in_the_log.path)
    assert "journal wal, synchronous FULL" in health.journal


def test_a_backup_holds_what_is_still_in_the_log_and_is_one_file(in_the_log: Register, tmp_path: Path) -> None:
    path = backup(in_the_log, tmp_path / "copies.db")
    assert sorted(each.name for each in tmp_path.glob("copies*")) == ["copies.db", "copies.db.json"]
    with closing(sqlite3.connect(path)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert everything(path) == everything(in_the_log.path)


def test_a_change_in_the_log_makes_a_backup_due(logged: Register) -> None:
    assert backup_if_due(logged) is not None
    note(actor_on(logged), "ASC-26-0001", Note(on=RECEIVED, words="Rang."))
    assert backup_if_due(logged, now=datetime.now(UTC) + timedelta(hours=1)) is not None


def test_a_backup_does_not_wait_for_a_writer(logged: Register, tmp_path: Path) -> None:
    as_it_was = everything(logged.path)
    with closing(sqlite3.connect(logged.where, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("DELETE FROM setting")
        assert everything(backup(logged, tmp_path / "kept.db")) == as_it_was


@pytest.mark.parametrize("by", ["reading", "closing", "opening"])
def test_no_backup_is_due_where_only_the_log_was_touched(logged: Register, by: str) -> None:
    """To open a register makes its log, and to close it writes the log into the file: neither is a change."""
    assert backup_if_due(logged) is not None
    register = logged
    if by != "reading":
        register.close()
        register = open_register(logged.where)
    if by == "opening":
        with closing(sqlite3.connect(logged.where)) as other:
            other.execute("SELECT count(*) FROM event").fetchone()
    with register.reading():
        pass
    assert backup_if_due(register, now=datetime.now(UTC) + timedelta(hours=1)) is None
    note(actor_on(register), "ASC-26-0001", Note(on=RECEIVED, words="Rang."))
    assert backup_if_due(register, now=datetime.now(UTC) + timedelta(hours=2)) is not None
    register.close()


def test_restoring_writes_over_a_register_that_others_have_open(logged: Register) -> None:
    """Its log goes by its name: a file put in its place would be given the log that others still have open."""
    kept = backup(logged)
    log(actor_on(logged), COMMENT)
    with_the_comment, file = everything(logged.path), logged.path.stat().st_ino
    with closing(sqlite3.connect(logged.where, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        seen = reader.execute("SELECT count(*) FROM event").fetchone()
        done = restore(kept, logged.where)
        assert reader.execute("SELECT count(*) FROM event").fetchone() == seen, "who reads sees one moment to the end"
    assert done.kept is not None
    assert everything(done.kept) == with_the_comment
    assert everything(logged.path) == everything(kept)
    assert logged.path.stat().st_ino == file
    reopened = open_register(logged.where)
    log(actor_on(reopened), COMMENT)
    assert check(reopened).sound
    reopened.close()


def test_restoring_waits_no_longer_than_others_do_for_who_is_writing(
    logged: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback_tui.storage.maintenance.restore.BUSY_TIMEOUT_MS", 50)
    monkeypatch.setattr("feedback_tui.storage.backend.sqlite_connection.BUSY_TIMEOUT_MS", 50)
    kept, as_it_was = backup(logged), everything(logged.path)
    with closing(sqlite3.connect(logged.where, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegisterBusy):
            restore(kept, logged.where)
        other.execute("ROLLBACK")
    assert everything(logged.path) == as_it_was
    assert sorted(each.why for each in backups(logged.where)) == ["asked"], "no copy of what was not replaced"


def test_what_is_written_while_the_copy_is_made_is_kept_too(logged: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, copies = backup(logged), list[Path]()

    def copy_and_write(source: object, target: Path) -> None:
        copy_database(source, target)
        copies.append(target)
        if len(copies) == 2:  # The first is of the backup.
            log(actor_on(logged), COMMENT)

    monkeypatch.setattr("feedback_tui.storage.maintenance.restore.copy_database", copy_and_write)
    done = restore(kept, logged.where)
    assert len(copies) == 3, "it was copied once more"
    assert done.kept is not None
    assert case_count(done.kept) == case_count(kept) + 1
    assert everything(logged.path) == everything(kept)


def test_a_longer_and_a_shorter_register_are_written_over(logged: Register) -> None:
    before = backup(logged)
    for _ in range(40):
        log(actor_on(logged), NewCase(kind=Kind.COMMENT, received_on=RECEIVED, description="Good and bad. " * 300))
    longer = restore(before, logged.where).kept
    assert longer is not None
    assert everything(logged.path) == everything(before)
    restore(longer, logged.where)
    assert everything(logged.path) == everything(longer)
    register = open_register(logged.where)
    assert check(register).sound
    register.close()


def test_who_may_not_write_is_told_when_pages_of_two_moments_were_read(
    logged: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who cannot make a log reads without locks, as long as nobody has one."""
    logged.close()
    monkeypatch.setattr("os.access", lambda *_: False)
    register = open_register(logged.where)
    with closing(sqlite3.connect(logged.where, isolation_level=None)) as other:
        with pytest.raises(RegisterBusy), register.reading():
            other.execute("INSERT INTO setting (key, value) VALUES ('new', '')")
        # Now there is a log to join.
        with register.reading() as session:
            known = session.connection().exec_driver_sql("SELECT count(*) FROM setting WHERE key = 'new'")
            assert known.scalar_one() == 1
    with register.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM setting WHERE key = 'new'").scalar_one() == 1
    register.close()


def test_an_older_engine_takes_the_log_back_in(logged: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault of old engines needs a log and two connections: they work on a rollback journal."""
    as_it_was = everything(logged.path)
    logged.close()
    monkeypatch.undo()
    monkeypatch.setattr(write_ahead_log, "WAL_IS_SAFE_FROM", (9, 0, 0))
    register = open_register(logged.where)
    assert "journal delete, synchronous EXTRA" in check(register).journal
    assert everything(register.path) == as_it_was
    register.close()
