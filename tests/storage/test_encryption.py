"""Registers encrypted at rest: no word stands in any file, all else is the same, and a wrong key is a sentence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.erase import erase_for_good, restore_backup
from feedback_tui.casework.notes import note
from feedback_tui.desk.queue.queue import queue
from feedback_tui.exchange.register_json import read_json, write_json
from feedback_tui.models.inputs.stages import Note, Reason
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend import encryption_keys
from feedback_tui.storage.backend.encryption_keys import BadKey, Key
from feedback_tui.storage.errors import KeyNeeded, NotARegister, OpenElsewhere, RegisterError, WrongKey
from feedback_tui.storage.maintenance.backup import backup, backups, backups_folder
from feedback_tui.storage.maintenance.change_encryption import give_key
from feedback_tui.storage.maintenance.restore import restore
from feedback_tui.storage.register import Register, open_register
from tests.torture.damage import everything
from tests.torture.stock import RECEIVED, TODAY, actor_on

pytestmark = pytest.mark.of_a_file

KEY, OTHER = Key("correct horse, battery staple"), Key("it's ünother key – quite long")
WORDS = (b"No carer came on Sunday", b"Ann Lee", b"ASC-26-0001", b"feedback_case", b"SQLite format 3")


@pytest.fixture(scope="module", autouse=True)
def keys_are_made_sooner() -> Iterator[None]:
    """What a key costs is for whoever guesses it: here it would be most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encryption_keys, "ROUNDS", 2000)
        yield


@pytest.fixture(autouse=True)
def keys_of_this_test_alone() -> Iterator[None]:
    yield
    encryption_keys.let_go_of_all()


@pytest.fixture(scope="module")
def encrypted_template(
    keys_are_made_sooner: None, furnished_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = Path(shutil.copy(furnished_template, tmp_path_factory.mktemp("encrypted") / "register.db"))
    give_key(str(path), KEY)
    encryption_keys.let_go_of_all()
    return path


@pytest.fixture
def encrypted_path(encrypted_template: Path, tmp_path: Path) -> Path:
    """An encrypted register in which every step was taken, closed; no key is held for it."""
    return Path(shutil.copy(encrypted_template, tmp_path / "register.db"))


@pytest.fixture
def encrypted(encrypted_path: Path) -> Iterator[Register]:
    encryption_keys.hold(encrypted_path, KEY)
    register = open_register(str(encrypted_path))
    yield register
    register.close()


def in_files(folder: Path) -> list[tuple[str, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".json"]
    return [(path.name, word) for path in files for word in WORDS if word in path.read_bytes()]


def forget() -> None:
    """As another run of the program begins."""
    encryption_keys.let_go_of_all()


def test_no_word_stands_in_any_file(encrypted: Register) -> None:
    note(actor_on(encrypted), "ASC-26-0004", Note(on=RECEIVED, words="No carer came on Sunday, again."))
    backup(encrypted)
    # Its write-ahead log is there while it is open.
    assert in_files(encrypted.path.parent) == []
    health = check(encrypted)
    assert health.sound
    assert "encrypted by SQLCipher" in health.engine


def test_it_opens_with_its_key_alone(encrypted_path: Path) -> None:
    with pytest.raises(KeyNeeded) as needed:
        open_register(str(encrypted_path))
    encryption_keys.hold(encrypted_path, OTHER)
    with pytest.raises(WrongKey) as wrong:
        open_register(str(encrypted_path))
    for error in (needed, wrong):
        assert "\n" not in str(error.value)
        assert "another key" not in str(error.value)
    encryption_keys.hold(encrypted_path, Key("correct horse, battery staple"))
    open_register(str(encrypted_path)).close()


def test_a_plain_register_with_a_key_is_told(empty_path: Path) -> None:
    encryption_keys.hold(empty_path, KEY)
    with pytest.raises(WrongKey):
        open_register(str(empty_path))


def test_everything_else_is_the_same(encrypted: Register, furnished_template: Path) -> None:
    plain = open_register(str(furnished_template))
    assert queue(encrypted, TODAY) == queue(plain, TODAY)
    plain.close()
    erase_for_good(actor_on(encrypted), "ASC-26-0003", Reason(on=TODAY, reason="Asked for."))
    assert check(encrypted).sound


def test_no_other_key_is_given_while_a_window_has_it_open(encrypted: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its write-ahead log goes by the file's name: the open window would write to that of another file."""
    monkeypatch.setattr("feedback_tui.storage.maintenance.change_encryption.BUSY_TIMEOUT_MS", 50)
    with encrypted.reading() as session:
        assert session.connection() is not None
    with pytest.raises(OpenElsewhere, match="close it there, and try again"):
        give_key(encrypted.where, OTHER)
    note(actor_on(encrypted), "ASC-26-0004", Note(on=RECEIVED, words="Written by the open window."))
    assert check(encrypted).sound
    encrypted.close()
    give_key(encrypted.where, OTHER)
    reopened = open_register(encrypted.where)
    assert check(reopened).sound
    reopened.close()


def test_encrypting_leaves_nothing_plain_and_nothing_out(furnished_path: Path) -> None:
    register = open_register(str(furnished_path))
    kept = backup(register)
    register.close()
    before = everything(furnished_path)
    done = give_key(str(furnished_path), KEY)
    assert (done.backups, done.left) == (2, ())
    assert not kept.exists()
    assert in_files(furnished_path.parent) == []
    assert [path for path in furnished_path.parent.iterdir() if path.name.startswith(".")] == []
    assert furnished_path.stat().st_mode & 0o777 == 0o600
    for each in backups(str(furnished_path)):
        each.verify()
    give_key(str(furnished_path), None)
    assert everything(furnished_path) == before
    register = open_register(str(furnished_path))
    assert check(register).sound
    register.close()


def test_once_the_key_is_changed_only_the_new_one_opens(encrypted_path: Path) -> None:
    encryption_keys.hold(encrypted_path, KEY)
    give_key(str(encrypted_path), OTHER)
    forget()
    encryption_keys.hold(encrypted_path, KEY)
    with pytest.raises(WrongKey):
        open_register(str(encrypted_path))
    encryption_keys.hold(encrypted_path, OTHER)
    register = open_register(str(encrypted_path))
    assert check(register).sound
    newest = backups(register.where)[0]
    register.close()
    restore(newest.path, str(encrypted_path))


@pytest.mark.parametrize("secret", ["short", "eleven char"])
def test_a_key_that_is_soon_guessed_is_refused(furnished_path: Path, secret: str) -> None:
    before = furnished_path.read_bytes()
    with pytest.raises(BadKey, match="at least 12 characters"):
        give_key(str(furnished_path), Key(secret))
    assert furnished_path.read_bytes() == before


def test_a_key_never_shows_itself() -> None:
    assert "horse" not in f"{KEY!r} {KEY} {[KEY]}"
    assert Key("cafe\u0301 terrace") == Key("café terrace")


def test_its_backup_is_restored_here_and_elsewhere(encrypted: Register, tmp_path: Path) -> None:
    kept = backup(encrypted, tmp_path / "kept.db")
    note(actor_on(encrypted), "ASC-26-0004", Note(on=RECEIVED, words="Later."))
    where = encrypted.where
    encrypted.close()
    forget()
    with pytest.raises(KeyNeeded):
        restore(kept, where)
    encryption_keys.hold(kept, KEY)
    encryption_keys.hold(Path(where), KEY)
    restore_backup(kept, where, lambda register: Actor(register, "Sam", TODAY))
    register = open_register(where)
    assert check(register).sound
    register.close()
    forget()
    encryption_keys.hold(kept, KEY)
    restore(kept, str(tmp_path / "elsewhere.db"))
    open_register(str(tmp_path / "elsewhere.db")).close()
    assert in_files(tmp_path) == []


def test_a_plain_backup_is_encrypted_on_its_way_back(furnished_template: Path, encrypted: Register) -> None:
    plain = open_register(str(furnished_template))
    kept = backup(plain, encrypted.path.with_name("plain.db"))
    plain.close()
    encrypted.close()
    restore(kept, encrypted.where)
    register = open_register(encrypted.where)
    assert check(register).sound
    register.close()
    assert [name for name, _ in in_files(encrypted.path.parent) if name == "register.db"] == []


def test_an_export_is_read_into_an_encrypted_register(encrypted: Register, tmp_path: Path) -> None:
    write_json(encrypted, tmp_path / "all.json")
    where = tmp_path / "new.db"
    encryption_keys.hold(where, OTHER)
    read_json(tmp_path / "all.json", str(where))
    assert [found for found in in_files(tmp_path) if found[0] == "new.db"] == []
    register = open_register(str(where))
    assert check(register).sound
    register.close()


def test_a_damaged_encrypted_register_is_put_right_from_a_backup(encrypted: Register) -> None:
    backup(encrypted)
    where, path = encrypted.where, encrypted.path
    encrypted.close()
    path.write_bytes(bytes(16) + path.read_bytes()[16:])
    with pytest.raises(WrongKey):
        open_register(where)
    restored = restore(backups(where)[0].path, where)
    assert restored.kept is not None
    assert restored.kept.parent == backups_folder(path)
    register = open_register(where)
    assert check(register).sound
    register.close()


def test_what_is_no_register_is_not_taken_for_an_encrypted_one(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Dear Sir or Madam, no one came on Sunday. " * 4096)
    with pytest.raises(NotARegister):
        open_register(str(path))


def test_without_the_driver_it_says_what_to_install(encrypted_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sqlcipher3", None)
    encryption_keys.hold(encrypted_path, KEY)
    with pytest.raises(RegisterError, match=r"pip install 'feedback-tui\[encrypted\]'"):
        open_register(str(encrypted_path))


def test_a_bit_that_flips_anywhere_is_noticed(encrypted: Register) -> None:
    """Each page of an encrypted file has a code over it: what the plain one cannot promise."""
    encrypted.close()
    whole = encrypted.path.read_bytes()
    unnoticed = []
    for place in range(0, len(whole), len(whole) // 24):
        changed = bytearray(whole)
        changed[place] ^= 4
        encrypted.path.write_bytes(changed)
        try:
            register = open_register(encrypted.where)
            if check(register).sound:
                unnoticed.append(place)
            register.close()
        except RegisterError:
            pass
    assert unnoticed == []
