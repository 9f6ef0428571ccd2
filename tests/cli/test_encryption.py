"""An encrypted register by command: the key is asked for, and stands in no argument, no environment and no message."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from feedback_tui.cli.main import run
from feedback_tui.storage.backend import encryption_keys
from feedback_tui.storage.maintenance.atomic_files import looks_encrypted
from feedback_tui.storage.maintenance.backup import backups
from tests.cli.conftest import Command, Result

pytestmark = pytest.mark.of_a_file
KEY, OTHER = "correct horse, battery staple", "another key, quite as long"
Typing = Callable[..., Result]


@pytest.fixture
def typing(command: Command, monkeypatch: pytest.MonkeyPatch) -> Iterator[Typing]:
    """Runs a command as a program of its own would: no key is held from the last; what it asks for is `typed`."""
    monkeypatch.setattr(encryption_keys, "ROUNDS", 2000)
    monkeypatch.setattr("feedback_tui.cli.key_prompt.from_keyring", lambda path: None)

    def run_typing(*arguments: str, typed: tuple[str, ...] = ()) -> Result:
        encryption_keys.let_go_of_all()
        gc.collect()  # what the last command left open ends with a program
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        result = command(*arguments)
        assert KEY not in result.out + result.err
        return result

    yield run_typing
    encryption_keys.let_go_of_all()


def test_encrypted_worked_on_given_another_key_and_decrypted(typing: Typing, register_place: str) -> None:
    assert "2 backups beside it" not in typing("encrypt", typed=("short",)).err
    assert "too short" in typing("encrypt", typed=("short",)).err
    assert "not the same" in typing("encrypt", typed=(KEY, OTHER)).err
    assert not looks_encrypted(Path(register_place))
    done = typing("encrypt", typed=(KEY, KEY))
    assert (done.code, "is encrypted, with 1 backups beside it" in done.err) == (0, True)
    assert looks_encrypted(Path(register_place))
    assert "encrypted already" in typing("encrypt", typed=(KEY, OTHER, OTHER)).err
    logged = typing("log", "--kind", "comment", "--received", "2026-04-07", "--description", "The ramp", typed=(KEY,))
    assert logged.out == "ASC-26-0001\n"
    refused = typing("queue", typed=(OTHER,))
    assert (refused.code, refused.err.count("\n"), "does not open" in refused.err) == (1, 1, True)
    made = typing("backup", typed=(KEY,))
    assert typing("key", "change", typed=(KEY, OTHER, OTHER)).code == 0
    assert typing("check", typed=(KEY,)).code == 1
    health = typing("check", typed=(OTHER,))
    assert (health.code, "encrypted by SQLCipher" in health.out) == (0, True)
    assert not Path(made.out.strip()).exists(), "the backups have the new key too"
    newest = backups(register_place)[0].path
    assert typing("restore", str(newest), typed=(OTHER,)).code == 0
    assert typing("decrypt", typed=(OTHER,)).code == 0
    assert "The ramp" in typing("show", "ASC-26-0001").out


def test_a_backup_with_another_key_is_asked_for(typing: Typing, register_place: str, tmp_path: Path) -> None:
    typing("encrypt", typed=(KEY, KEY))
    kept = tmp_path / "kept.db"
    typing("backup", str(kept), typed=(KEY,))
    typing("key", "change", typed=(KEY, OTHER, OTHER))
    assert typing("restore", str(kept), typed=(OTHER, KEY)).code == 0
    assert typing("check", typed=(OTHER,)).code == 0, "the register keeps its own key"


def test_made_encrypted_from_the_start(typing: Typing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n{KEY}\n"))
    where = tmp_path / "new.db"
    assert run(["--db", str(where), "init", "--profile", "shropshire", "--encrypted"]) == 0
    assert looks_encrypted(where)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_without_a_keyring_it_says_what_to_install(typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "keyring", None)
    typing("encrypt", typed=(KEY, KEY))
    assert "feedback-tui[keyring]" in typing("key", "remember", typed=(KEY,)).err
    assert "is not encrypted" not in typing("key", "forget").err


def test_a_key_in_the_keyring_is_not_asked_for_until_it_is_forgotten(
    typing: Typing, register_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[tuple[str, str], str] = {}
    keyring = SimpleNamespace(
        get_password=lambda service, name: kept.get((service, name)),
        set_password=lambda service, name, secret: kept.update({(service, name): secret}),
        delete_password=lambda service, name: kept.pop((service, name)),
    )
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setattr("feedback_tui.cli.key_prompt.from_keyring", encryption_keys.from_keyring)
    assert typing("encrypt", typed=(KEY, KEY)).code == 0
    remembered = typing("key", "remember", typed=(KEY,))
    assert (remembered.code, list(kept.values())) == (0, [KEY])
    assert typing("queue").code == 0
    forgotten = typing("key", "forget")
    assert (forgotten.code, kept) == (0, {})
    assert typing("queue").code == 1
