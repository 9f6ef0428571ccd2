"""Whatever is wrong with a register is one plain sentence that says what to do; nothing is changed by it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import NewCase, Note
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend import network_disks
from feedback_tui.storage.backend import sqlite_connection as file_connection
from feedback_tui.storage.backend.sqlite_connection import APPLICATION_ID
from feedback_tui.storage.errors import (
    BrokenRegister,
    NewerRegister,
    NoRegister,
    NotARegister,
    OnNetworkShare,
    RegisterBusy,
    RegisterError,
    RegisterExists,
    RegisterMoved,
    RegisterUnwritable,
)
from feedback_tui.storage.maintenance.atomic_files import write_safely
from feedback_tui.storage.register import Register, create_register, open_register
from tests.torture.stock import RECEIVED, actor_on

pytestmark = pytest.mark.of_a_file

COMMENT = NewCase(kind=Kind.COMMENT, received_on=RECEIVED)


def one_sentence(error: pytest.ExceptionInfo[RegisterError]) -> str:
    """The message: one line, and no word of SQL, of Python or of a traceback."""
    told = str(error.value)
    assert "\n" not in told
    assert told[0].isupper() or told.startswith("/")
    assert not any(word in told for word in ("sqlite3", "SQLITE", "SELECT", "INSERT", "Error", "errno"))
    return told


def damaged(path: Path, change: Callable[[bytes], bytes]) -> Path:
    path.write_bytes(change(path.read_bytes()))
    return path


def test_a_missing_register_is_said_in_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoRegister) as error:
        open_register(str(tmp_path / "none.db"))
    assert "feedback-tui init" in one_sentence(error)
    assert not (tmp_path / "none.db").exists()


def test_a_folder_is_refused_in_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotARegister) as error:
        open_register(str(tmp_path))
    assert "it is a folder" in one_sentence(error)


@pytest.mark.parametrize("content", [b"", b"x"])
def test_an_emptied_file_is_said_in_a_plain_sentence(empty_path: Path, content: bytes) -> None:
    damaged(empty_path, lambda _: content)
    with pytest.raises(NotARegister) as error:
        open_register(str(empty_path))
    assert "the file is empty" in one_sentence(error)


@pytest.mark.parametrize("content", [b"hello", b"reference,kind\n" * 500, bytes(8192)])
def test_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(content)
    with pytest.raises(NotARegister) as error:
        open_register(str(path))
    assert "not a database" in one_sentence(error)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "contacts.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE contacts (name)")
    before = path.read_bytes()
    with pytest.raises(NotARegister) as error:
        open_register(str(path))
    assert "a database of another program" in one_sentence(error)
    assert path.read_bytes() == before


def test_a_register_of_a_newer_version(empty_path: Path) -> None:
    with closing(sqlite3.connect(empty_path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = empty_path.read_bytes()
    with pytest.raises(NewerRegister) as error:
        open_register(str(empty_path))
    assert "Update the program" in one_sentence(error)
    assert empty_path.read_bytes() == before


def test_a_schema_version_that_was_never_given(empty_path: Path) -> None:
    with closing(sqlite3.connect(empty_path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0p01'")
        connection.commit()
    with pytest.raises(BrokenRegister) as error:
        open_register(str(empty_path))
    assert "restore a backup" in one_sentence(error)


@pytest.mark.parametrize("part", [0.001, 0.01, 0.5, 0.9])
def test_a_register_that_was_cut_short(empty_path: Path, part: float) -> None:
    damaged(empty_path, lambda whole: whole[: int(len(whole) * part)])
    with pytest.raises(BrokenRegister) as error:
        open_register(str(empty_path))
    assert "is damaged" in one_sentence(error)


def test_a_register_without_its_last_byte_is_found_by_check(empty_path: Path) -> None:
    damaged(empty_path, lambda whole: whole[:-1])
    register = open_register(str(empty_path))
    assert "where a page ends" in check(register).findings[0].words
    register.close()


def test_a_stored_word_that_is_none(furnished_path: Path) -> None:
    """A bit that flips inside a closed word, met by a reader rather than by check."""
    with closing(sqlite3.connect(furnished_path)) as connection:
        connection.execute("UPDATE feedback_case SET status = 'clorsed' WHERE id = 2")
        connection.commit()
    register = open_register(str(furnished_path))
    with pytest.raises(BrokenRegister) as error:
        note(actor_on(register), "ASC-26-0002", Note(on=RECEIVED, words="Hello."))
    assert "a stored value cannot be read" in one_sentence(error)
    register.close()


def test_a_table_whose_name_is_gone(furnished_path: Path) -> None:
    with closing(sqlite3.connect(furnished_path)) as connection:
        connection.execute("ALTER TABLE stage RENAME TO stbge")
        connection.commit()
    register = open_register(str(furnished_path))
    with pytest.raises(BrokenRegister), register.reading() as session:
        session.connection().exec_driver_sql("SELECT * FROM stage")
    assert any("stage" in finding.words for finding in check(register).findings)
    register.close()


def test_a_register_that_is_locked(register: Register, sam: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_connection, "BUSY_TIMEOUT_MS", 50)
    impatient = open_register(register.where)
    with closing(sqlite3.connect(register.where, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RegisterBusy) as error:
            log(actor_on(impatient), COMMENT)
        assert "try again" in one_sentence(error)
        other.execute("ROLLBACK")
    assert log(actor_on(impatient), COMMENT).reference == "ASC-26-0001"
    impatient.close()


def _fill(actor: Actor) -> None:
    for _ in range(50):
        log(actor, COMMENT.model_copy(update={"description": "word " * 2000}))


def test_a_full_disk_keeps_what_there_was(register: Register, sam: Actor) -> None:
    kept = log(sam, COMMENT).reference
    with register.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.commit()
    with pytest.raises(RegisterUnwritable) as error:
        _fill(sam)
    assert one_sentence(error) == "The disk is full. Nothing was saved; make room, and try again."
    with register.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert note(sam, kept, Note(on=RECEIVED, words="There is room again.")).version == 2
    assert check(register).sound


READ_ONLY = """
import os, sys
from feedback_tui.desk.queue import queue_reader
from feedback_tui.desk.queue.queue import queue
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.register import open_register
from feedback_tui.casework.log import log
from tests.torture.stock import TODAY, actor_on
from tests.storage.test_plain_sentences import COMMENT

def work(path):
    register = open_register(path)
    print(len(queue(register, TODAY)))
    log(actor_on(register), COMMENT)

work(sys.argv[1])  # loads everything: who is not root may not be able to read the modules
if os.geteuid() == 0:
    os.setuid(65534)
try:
    work(sys.argv[2])
except RegisterError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everyone may look into, as pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.mark.parametrize("journal", ["delete", "wal"])
@pytest.mark.parametrize("what", ["file", "folder", "both"])
@pytest.mark.skipif(os.name == "nt", reason="permissions are another matter there")
def test_a_register_that_may_not_be_written_can_be_read(
    furnished_path: Path, open_folder: Path, what: str, journal: str
) -> None:
    """As someone who is not root: root may write anything."""
    kept = Path(shutil.copy(furnished_path, open_folder / "register.db"))
    if journal == "wal" and sqlite3.sqlite_version_info < (3, 51, 3):
        journal = "delete"  # This engine leaves none on a log.
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
    kept.chmod(0o666 if what == "folder" else 0o444)
    open_folder.chmod(0o777 if what == "file" else 0o555)
    command = [sys.executable, "-c", READ_ONLY, str(furnished_path), str(kept)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    _warm, count, told = done.stdout.splitlines()
    assert int(count) > 0
    assert told.startswith("RegisterUnwritable")
    assert "cannot be written" in told
    assert "Nothing was saved" in told
    assert [each.name for each in open_folder.iterdir()] == ["register.db"], "nothing is left there"


def test_a_register_that_was_deleted_while_open(register: Register, sam: Actor) -> None:
    log(sam, COMMENT)
    register.path.unlink()
    with pytest.raises(RegisterMoved) as error:
        log(sam, COMMENT)
    assert "Nothing was saved" in one_sentence(error)
    with pytest.raises(RegisterMoved), register.reading():
        pass


def test_a_register_that_was_exchanged_while_open(register: Register, sam: Actor, empty_template: Path) -> None:
    log(sam, COMMENT)
    fresh = register.path.with_name("fresh.db")
    fresh.write_bytes(empty_template.read_bytes())
    fresh.replace(register.path)
    with pytest.raises(RegisterMoved) as error:
        log(sam, COMMENT)
    assert "open the register again" in one_sentence(error)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_network_share_is_said_in_a_plain_sentence(
    tmp_path: Path, empty_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = [("/", "ext4"), (str(tmp_path), kind)]
    monkeypatch.setattr(network_disks, "mount_table", lambda: mounts)
    uses: tuple[Callable[[], Register], ...] = (
        lambda: open_register(str(empty_path)),
        lambda: create_register(str(tmp_path / "new.db"), profile_text("shropshire")),
    )
    for use in uses:
        with pytest.raises(OnNetworkShare) as error:
            use()
        told = one_sentence(error)
        assert kind in told
        assert "PostgreSQL" in told
    assert not (tmp_path / "new.db").exists()


def test_the_innermost_mount_decides() -> None:
    listed = (
        "/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/a\\040share nfs4 rw 0 0\n"
        "/dev/sdb1 /mnt/a\\040share/disk xfs rw 0 0\n//s/y /data autofs rw 0 0\n//s/y /data cifs rw 0 0\nodd line\n"
    )
    mounts = network_disks.read_mounts(listed)
    assert network_disks.mounted_share(Path("/home/sam/r.db"), mounts) is None
    assert network_disks.mounted_share(Path("/mnt/a share/r.db"), mounts) == "nfs4"
    assert network_disks.mounted_share(Path("/mnt/a share/disk/r.db"), mounts) is None
    assert network_disks.mounted_share(Path("/data/r.db"), mounts) == "cifs"
    mac = "/dev/disk1 on / (apfs, local)\n//sam@s/share on /Volumes/a share (smbfs, nodev, nosuid)\n"
    assert network_disks.mounted_share(Path("/Volumes/a share/r.db"), network_disks.read_mac_mounts(mac)) == "smbfs"


def test_a_register_is_never_made_over_another(empty_path: Path) -> None:
    before = empty_path.read_bytes()
    with pytest.raises(RegisterExists):
        create_register(str(empty_path), profile_text("shropshire"))
    assert empty_path.read_bytes() == before


def test_a_new_register_is_for_this_user_only(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        register = create_register(str(tmp_path / "data" / "register.db"), profile_text("shropshire"))
    finally:
        os.umask(old)
    log(actor_on(register), COMMENT)
    register.close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert [(path.name, path.stat().st_mode & 0o777) for path in (tmp_path / "data").iterdir()] == [
        ("register.db", 0o600)
    ]


def test_nothing_is_written_over_a_database(empty_path: Path) -> None:
    before = empty_path.read_bytes()
    with pytest.raises(RegisterError, match="is a database"):
        write_safely(empty_path, "a report")
    assert empty_path.read_bytes() == before
    report = empty_path.with_name("report.txt")
    write_safely(report, "old")
    write_safely(report, "new ☺")
    assert report.read_text("utf-8") == "new ☺"
    assert [path.name for path in report.parent.iterdir() if path.name.startswith(".")] == []


def test_every_connection_has_the_settings(register: Register) -> None:
    with register.engine.connect() as one, register.engine.connect() as two:
        for connection in (one, two):
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in (
                    "foreign_keys", "recursive_triggers", "trusted_schema", "secure_delete", "busy_timeout",
                    "mmap_size", "application_id", "journal_mode", "synchronous",
                )
            }  # fmt: skip
            wal = sqlite3.sqlite_version_info >= (3, 51, 3)
            assert found == {
                "foreign_keys": 1, "recursive_triggers": 1, "trusted_schema": 0, "secure_delete": 1,
                "busy_timeout": 5000, "mmap_size": 0, "application_id": APPLICATION_ID,
                "journal_mode": "wal" if wal else "delete", "synchronous": 2 if wal else 3,
            }  # fmt: skip
            connection.rollback()
