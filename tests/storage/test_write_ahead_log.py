"""The same promises on a write-ahead log, which newer engines than this machine's may have."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedback_tui.casework.follow_up import note
from feedback_tui.casework.log import log
from feedback_tui.models.steps import NewCase, Note
from feedback_tui.storage import connection
from feedback_tui.storage.backup import backup, backup_if_due
from feedback_tui.storage.errors import RegisterBusy
from feedback_tui.storage.integrity import check
from feedback_tui.storage.register import Register, open_register
from feedback_tui.storage.restoring import restore
from feedback_tui.words import Kind
from tests.torture.damage import everything
from tests.torture.stock import RECEIVED, duty_on, furnish

pytestmark = pytest.mark.of_a_file

COMMENT = NewCase(kind=Kind.COMMENT, received_on=RECEIVED, description="Good and bad.")


@pytest.fixture
def logged(empty_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A register on a write-ahead log, open, with everything in it."""
    monkeypatch.setattr(connection, "_WAL_IS_SAFE_FROM", (3, 7, 0))
    register = open_register(str(empty_path))
    furnish(register)
    yield register
    register.close()


def test_check_reads_what_is_still_in_the_log(logged: Register) -> None:
    assert logged.path.with_name(f"{logged.path.name}-wal").stat().st_size > 0
    health = check(logged)
    assert health.sound
    assert "journal wal, synchronous FULL" in health.journal


def test_a_backup_holds_what_is_still_in_the_log_and_is_one_file(logged: Register, tmp_path: Path) -> None:
    path = backup(logged, tmp_path / "copies.db")
    assert sorted(each.name for each in tmp_path.glob("copies*")) == ["copies.db", "copies.db.json"]
    with closing(sqlite3.connect(path)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert everything(path) == everything(logged.path)


def test_a_change_in_the_log_makes_a_backup_due(logged: Register) -> None:
    assert backup_if_due(logged) is not None
    note(duty_on(logged), "ASC-26-0001", Note(on=RECEIVED, words="Rang."))
    assert backup_if_due(logged, now=datetime.now(UTC) + timedelta(hours=1)) is not None


def test_restoring_waits_until_no_one_has_the_register_open(logged: Register, tmp_path: Path) -> None:
    kept = backup(logged, tmp_path / "kept.db")
    with pytest.raises(RegisterBusy):
        restore(kept, logged.where)
    log(duty_on(logged), COMMENT)
    logged.close()
    with_the_comment = everything(logged.path)
    done = restore(kept, logged.where)
    assert done.kept is not None
    assert everything(done.kept) == with_the_comment
    assert everything(logged.path) == everything(kept)


def test_an_older_engine_takes_the_log_back_in(logged: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault of old engines needs a log and two connections: they work on a rollback journal."""
    as_it_was = everything(logged.path)
    logged.close()
    monkeypatch.undo()
    monkeypatch.setattr(connection, "_WAL_IS_SAFE_FROM", (9, 0, 0))
    register = open_register(logged.where)
    assert "journal delete, synchronous EXTRA" in check(register).journal
    assert everything(register.path) == as_it_was
    register.close()
