"""A disk that is full in other ways than by its bytes, and files that look encrypted and are not."""

from __future__ import annotations

import errno
import os
import random
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from feedback_tui.casework.log import log
from feedback_tui.cli.main import run
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import NewCase
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.errors import BadBackup, KeyNeeded, NotARegister, RegisterError, RegisterUnwritable
from feedback_tui.storage.maintenance.atomic_files import NO_INODES, NO_QUOTA, write_safely
from feedback_tui.storage.maintenance.backup import backup
from feedback_tui.storage.register import create_register, open_register
from tests.torture.stock import RECEIVED, actor_on

pytestmark = pytest.mark.of_a_file

COMMENT = NewCase(kind=Kind.COMMENT, received_on=RECEIVED)


@pytest.fixture(params=[errno.ENOSPC, errno.EDQUOT], ids=["no inodes", "quota"])
def no_more_files(request: pytest.FixtureRequest, empty_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder in which no file can be made any more, though its disk has room; and the reason that is told."""
    code: int = request.param
    opened = os.open

    def none(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            raise OSError(code, os.strerror(code))
        return opened(path, flags, mode)

    # The journal cannot be made either: a folder stands in its place, since SQLite cannot be told so.
    empty_path.with_name(f"{empty_path.name}-journal").mkdir()
    monkeypatch.setattr("os.open", none)
    monkeypatch.setattr("os.statvfs", lambda _path: SimpleNamespace(f_files=9, f_favail=0, f_bavail=1000))
    return NO_INODES if code == errno.ENOSPC else NO_QUOTA


def test_a_step_says_what_the_disk_lacks(empty_path: Path, no_more_files: str) -> None:
    with pytest.raises(RegisterUnwritable) as error:
        log(actor_on(open_register(str(empty_path))), COMMENT)
    told = str(error.value)
    assert no_more_files[1:] in told
    assert "Nothing was saved" in told


def test_whatever_writes_a_file_says_what_the_disk_lacks(empty_path: Path, tmp_path: Path, no_more_files: str) -> None:
    empty_path.with_name(f"{empty_path.name}-journal").rmdir()
    register = open_register(str(empty_path))
    with pytest.raises(BadBackup, match=no_more_files.split("(")[0]):
        backup(register)
    register.close()
    with pytest.raises(RegisterError, match=no_more_files.split("(")[0]):
        write_safely(tmp_path / "export.csv", "reference")
    with pytest.raises(RegisterError, match=no_more_files.split("(")[0]):
        create_register(str(tmp_path / "new.db"), profile_text("shropshire"))


def test_random_bytes_may_be_encrypted_or_nothing_and_are_not_called_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())
    path = tmp_path / "register.db"
    path.write_bytes(random.Random(7).randbytes(8192))
    with pytest.raises(KeyNeeded, match="it is encrypted, or no register at all"):
        open_register(str(path))
    assert run(["--db", str(path), "queue"]) == 1
    told = capsys.readouterr().err
    assert "it is encrypted, or no register at all" in told, "no one was there to be asked for a key"


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"\x1f\x8b\x08"])
def test_packed_files_of_other_programs_are_no_encrypted_registers(tmp_path: Path, begin: bytes) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(begin + random.Random(7).randbytes(8192 - len(begin)))
    with pytest.raises(NotARegister):
        open_register(str(path))
