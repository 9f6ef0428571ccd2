"""Backups: verified when made, found damaged when they are, thinned out as they age, put back with nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import NewCase, Note
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend import schema_version
from feedback_tui.storage.backend.event_triggers import TRIGGERS
from feedback_tui.storage.errors import (
    BadBackup,
    BrokenRegister,
    NewerRegister,
    NotARegister,
    RegisterBusy,
    RegisterError,
    RegisterMoved,
)
from feedback_tui.storage.maintenance.backup import Why, backup, backup_if_due, backups, backups_folder
from feedback_tui.storage.maintenance.backup_manifest import digest_of, manifest_of
from feedback_tui.storage.maintenance.restore import restore
from feedback_tui.storage.register import Register, create_register, open_register
from tests.torture.damage import everything
from tests.torture.stock import RECEIVED, actor_on

pytestmark = pytest.mark.of_a_file

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
COMMENT = NewCase(kind=Kind.COMMENT, received_on=RECEIVED, description="Good and bad.")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def case_count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM feedback_case").fetchone()[0])


def test_a_backup_holds_everything_and_says_so(furnished: Register) -> None:
    path = backup(furnished, now=NOW)
    assert path.name == f"{furnished.path.stem}-20260630-120000.db"
    assert path.parent == backups_folder(furnished.path)
    assert everything(path) == everything(furnished.path)
    stored = json.loads(manifest_of(path).read_text("utf-8"))
    head = check(furnished)
    assert stored["sha256"] == digest_of(path)
    assert (stored["last_event"], stored["head"]) == (head.events, head.head)
    assert stored["cases"] == {"comment": 1, "complaint": 9, "compliment": 1, "concern": 1, "enquiry": 1}
    assert stored["shape"] == schema_version.HEAD
    assert {"created", "program", "first", "size", "why"} <= stored.keys()


def test_a_backup_and_its_folder_are_for_this_user_only(furnished: Register) -> None:
    old = os.umask(0)
    try:
        path = backup(furnished)
    finally:
        os.umask(old)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in path.parent.iterdir()} == {0o600}


def test_a_backup_to_a_file_or_a_folder_of_ones_own(furnished: Register, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    name = f"{furnished.path.stem}-20260630-120000"
    assert backup(furnished, tmp_path / "mine.db") == tmp_path / "mine.db"
    assert backup(furnished, tmp_path / "usb", now=NOW) == tmp_path / "usb" / f"{name}.db"
    assert backup(furnished, tmp_path / "usb", now=NOW).name == f"{name}-2.db"
    with pytest.raises(BadBackup, match="exists already and was left as it is"):
        backup(furnished, tmp_path / "mine.db")
    with pytest.raises(BadBackup, match="cannot be written"):
        backup(furnished, tmp_path / "nowhere" / "mine.db")


def test_a_backup_waits_for_a_writer_no_longer_than_a_reader_does(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not at all on a write-ahead log (test_write_ahead_log)."""
    monkeypatch.setattr("feedback_tui.storage.backend.write_ahead_log.WAL_IS_SAFE_FROM", (9, 0, 0))
    monkeypatch.setattr("feedback_tui.storage.backend.sqlite_connection.BUSY_TIMEOUT_MS", 50)
    register.close()
    impatient = open_register(register.where)
    with closing(sqlite3.connect(register.where, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RegisterBusy):
            backup(impatient)
    impatient.close()
    assert [name for name in files(backups_folder(register.path)) if not name.startswith("drafts")] == []


def test_a_damaged_register_makes_no_backup_and_takes_none_away(furnished_path: Path) -> None:
    register = open_register(str(furnished_path))
    good = backup(register)
    register.close()
    with closing(sqlite3.connect(furnished_path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'").fetchone()[0]
    whole = bytearray(furnished_path.read_bytes())
    whole[(page - 1) * 4096 : page * 4096] = bytes(4096)
    furnished_path.write_bytes(whole)
    register = open_register(str(furnished_path))
    with pytest.raises((BadBackup, BrokenRegister)):
        backup(register)
    register.close()
    assert files(good.parent) == [good.name, manifest_of(good).name]


def test_due_when_something_changed_and_the_last_is_a_while_ago(register: Register) -> None:
    sam = actor_on(register)
    now = datetime.now(UTC)
    first = backup_if_due(register, now=now)
    assert first is not None
    assert backup_if_due(register, now=now + timedelta(days=3)) is None, "nothing changed"
    log(sam, COMMENT)
    assert backup_if_due(register, now=now + timedelta(minutes=10)) is None, "not yet"
    assert backup_if_due(register, now=now + timedelta(minutes=31)) is not None
    log(sam, COMMENT)
    last = backup_if_due(register, why=Why.EXIT, now=now + timedelta(minutes=32), every=timedelta(0))
    assert last is not None
    assert [each.why for each in backups(register.where)] == ["exit", "start", "start"]


def test_old_backups_are_thinned_out_and_others_left_alone(register: Register, tmp_path: Path) -> None:
    folder = backups_folder(register.path)
    another = create_register(str(tmp_path / "another.db"), profile_text("wigan"))
    for day in range(30):
        backup(register, now=NOW + timedelta(days=day, hours=0))
        backup(register, now=NOW + timedelta(days=day, hours=1))
        if day == 0:
            shutil.copyfile(register.path, folder / "by-hand.db")
            stranger = backup(another, folder / "another.db", now=NOW)
            another.close()
    kept = backups(register.where)
    own = [each for each in kept if each.path != stranger]
    assert own[0].created == NOW + timedelta(days=29, hours=1)
    assert 4 + 12 <= len(own) <= 4 + 12 + 4
    assert {each.created.hour for each in own[4:]} == {13}, "the last of each day"
    assert stranger in [each.path for each in kept]
    assert (folder / "by-hand.db").exists()
    assert len(files(folder)) == 2 * len(kept) + 1


def test_what_a_killed_backup_left_is_cleared_away(register: Register) -> None:
    folder = backups_folder(register.path)
    folder.mkdir()
    old, fresh = folder / ".unfinished-old", folder / ".unfinished-fresh"
    old.write_bytes(b"words")
    fresh.write_bytes(b"words")
    os.utime(old, (0, 0))
    backup(register)
    assert not old.exists()
    assert fresh.exists(), "another backup may still be at it"


def test_restoring_puts_the_register_back_and_keeps_what_stood_there(register: Register) -> None:
    sam = actor_on(register)
    log(sam, COMMENT)
    kept = backup(register, now=NOW)
    log(sam, COMMENT)
    as_it_was = everything(register.path)
    done = restore(kept, register.where, now=NOW)
    assert case_count(register.path) == 1
    assert done.kept is not None
    assert everything(done.kept) == as_it_was
    again = restore(done.kept, register.where, now=NOW)
    assert case_count(register.path) == 2
    assert again.kept is not None
    opened = open_register(register.where)
    assert check(opened).sound, "going back is no cut in the record"
    opened.close()


def test_who_had_the_register_open_cannot_write_to_the_one_that_is_gone(register: Register, sam: Actor) -> None:
    log(sam, COMMENT)
    kept = backup(register)
    log(sam, COMMENT)
    restore(kept, register.where)
    with pytest.raises(RegisterMoved):
        log(sam, COMMENT)
    assert case_count(register.path) == 1


def test_a_register_that_someone_is_writing_to_is_not_exchanged(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback_tui.storage.maintenance.restore.BUSY_TIMEOUT_MS", 50)
    kept = backup(register)
    with closing(sqlite3.connect(register.where, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegisterBusy):
            restore(kept, register.where)
        other.execute("ROLLBACK")
    assert log(actor_on(register), COMMENT).reference == "ASC-26-0001"


def test_restoring_where_nothing_stands(furnished: Register, tmp_path: Path) -> None:
    kept = backup(furnished, tmp_path / "kept.db")
    where = tmp_path / "new folder" / "register.db"
    assert restore(kept, str(where)).kept is None
    assert everything(where) == everything(furnished.path)
    assert where.stat().st_mode & 0o777 == 0o600


def test_a_journal_left_behind_is_not_played_into_the_restored_register(furnished: Register, tmp_path: Path) -> None:
    kept = backup(furnished, tmp_path / "kept.db")
    where = tmp_path / "other.db"
    for suffix in ("-journal", "-wal"):
        where.with_name(where.name + suffix).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    restore(kept, str(where))
    assert everything(where) == everything(furnished.path)


@pytest.mark.parametrize("damage", ["emptied", "cut", "flipped", "header"])
def test_restoring_over_a_damaged_register_keeps_it_too(furnished_path: Path, damage: str) -> None:
    register = open_register(str(furnished_path))
    kept = backup(register)
    register.close()
    as_it_was = everything(furnished_path)
    whole = bytearray(furnished_path.read_bytes())
    if damage == "emptied":
        whole = bytearray()
    elif damage == "cut":
        del whole[len(whole) // 2 :]
    elif damage == "flipped":
        whole[4096 * 3 : 4096 * 4] = bytes(4096)
    else:
        whole[:16] = bytes(16)
    furnished_path.write_bytes(whole)
    done = restore(kept, str(furnished_path))
    assert everything(furnished_path) == as_it_was
    assert done.kept is not None
    assert done.kept.read_bytes() == whole


def refused(file: Path, where: Path, kind: type[RegisterError], words: str) -> None:
    """Restoring is refused, and the register is what it was."""
    before = where.read_bytes()
    with pytest.raises(kind, match=words):
        restore(file, str(where))
    assert where.read_bytes() == before


def test_a_backup_that_is_none_is_refused(furnished: Register, empty_path: Path, tmp_path: Path) -> None:
    good = backup(furnished, tmp_path / "good.db")
    where = shutil.copy(empty_path, tmp_path / "other.db")

    flipped = tmp_path / "flipped.db"
    whole = bytearray(good.read_bytes())
    whole[-100] ^= 1
    flipped.write_bytes(whole)
    manifest_of(flipped).write_bytes(manifest_of(good).read_bytes())
    refused(flipped, Path(where), BadBackup, "damaged or changed")

    manifest_of(flipped).write_text("{")
    refused(flipped, Path(where), BadBackup, "cannot be read")

    newer = Path(shutil.copy(good, tmp_path / "newer.db"))
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    refused(newer, Path(where), NewerRegister, "newer version")

    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE contacts (name)")
    refused(foreign, Path(where), NotARegister, "another program")
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam")
    refused(letter, Path(where), NotARegister, "not a database")
    (tmp_path / "empty.db").touch()
    refused(tmp_path / "empty.db", Path(where), NotARegister, "empty")
    refused(tmp_path / "none.db", Path(where), BadBackup, "There is no backup")
    refused(Path(where), Path(where), BadBackup, "the register itself")
    # And none is put in the place of what is no register.
    refused(good, letter, NotARegister, "not a database")
    refused(good, foreign, NotARegister, "another program")


def test_a_cut_record_is_found_by_the_anchor_in_a_backup(furnished_path: Path) -> None:
    register = open_register(str(furnished_path))
    # The last event is a note: without it, every row is still as the others say.
    note(actor_on(register), "ASC-26-0004", Note(on=RECEIVED, words="The last that was recorded."))
    backup(register)
    register.close()
    with closing(sqlite3.connect(furnished_path)) as connection:
        connection.execute("DROP TRIGGER event_no_delete")
        last, case = connection.execute("SELECT id, case_id FROM event ORDER BY id DESC LIMIT 1").fetchone()
        words = connection.execute("SELECT reason FROM event WHERE id = ?", (last,)).fetchone()[0]
        connection.execute("DELETE FROM event WHERE id = ?", (last,))
        connection.execute("DELETE FROM words WHERE digest = ?", (words,))
        connection.execute(
            "UPDATE feedback_case SET changed_at = "
            "(SELECT recorded_at FROM event WHERE case_id = :case ORDER BY id DESC LIMIT 1) WHERE id = :case",
            {"case": case},
        )
        connection.execute(TRIGGERS["event_no_delete"])
        connection.commit()
    register = open_register(str(furnished_path))
    # The index of words still has the note: whoever cuts it there too leaves the anchor alone to tell.
    assert [finding.part for finding in check(register).findings if finding.part != "search"] == ["backups"]
    register.close()
