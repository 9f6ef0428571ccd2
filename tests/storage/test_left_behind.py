"""What a killed program left half written is cleared at the next start; what another one is writing is not touched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedback_tui.cli.main import run
from feedback_tui.exchange.register_json import write_json
from feedback_tui.storage.maintenance import unfinished_files
from feedback_tui.storage.maintenance.atomic_files import AlreadyThere, write_new, write_output
from feedback_tui.storage.maintenance.backup import backup, backups_folder
from feedback_tui.storage.maintenance.unfinished_files import (
    clear_left_behind,
    noted,
    unfinished_file,
    unfinished_folder,
)
from feedback_tui.storage.register import open_register

pytestmark = [pytest.mark.of_a_file, pytest.mark.skipif(os.name == "nt", reason="kills by signal")]
Begin = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STATE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Starts a program that says “there” and waits where `wait()` stands in its code."""
    begun: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: str) -> subprocess.Popen[str]:
        waits = "import sys\ndef wait(*_, **__):\n    print('there', flush=True)\n    sys.stdin.read()\n"
        command = [sys.executable, "-c", waits + code, *arguments]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        begun.append(process)
        assert process.stdout is not None
        assert "there" in process.stdout.readline()
        return process

    yield start
    for process in begun:
        process.kill()
        process.communicate()


def killed(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def files(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_what_is_being_written_stays_and_what_was_killed_goes(tmp_path: Path, begin: Begin) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    writing = (
        "from pathlib import Path\nfrom feedback_tui.storage.maintenance.unfinished_files import unfinished_file\n"
        "with unfinished_file(Path(sys.argv[1]), 'year.html') as path:\n"
        "    path.write_text('words')\n    path.with_name(path.name + '-journal').write_text('words')\n    wait()\n"
    )
    first, second = begin(writing, str(folder)), begin(writing, str(folder))
    assert len(files(folder)) == 4
    assert clear_left_behind() == []
    killed(first)
    assert len(clear_left_behind()) == 2
    assert len(files(folder)) == 2, "the other program is still at it"
    killed(second)
    clear_left_behind()
    assert files(folder) == set()
    assert files(tmp_path / "state" / "feedback-tui" / "unfinished") == set()


def test_an_import_of_json_that_is_killed_leaves_nothing(furnished_path: Path, tmp_path: Path, begin: Begin) -> None:
    register = open_register(str(furnished_path))
    write_json(register, tmp_path / "whole.json")
    register.close()
    place = tmp_path / "desk" / "register.db"
    place.parent.mkdir()
    importing = (
        "from feedback_tui.exchange import register_json\nfrom feedback_tui.cli.main import run\n"
        "register_json.require_sound = wait\nrun(sys.argv[1:])\n"
    )
    process = begin(importing, "--db", str(place), "import", str(tmp_path / "whole.json"))
    (made,) = place.parent.iterdir()
    assert made.stat().st_mode & 0o777 == 0o700, "where the register's own protection holds"
    assert (made / "register.db").stat().st_mode & 0o777 == 0o600
    assert files(tmp_path / "temporary") == set()
    killed(process)
    assert made.is_dir()
    assert run(["--db", str(place), "where"]) == 0
    assert files(place.parent) == set()


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_an_export_that_is_killed_leaves_no_half(empty_path: Path, tmp_path: Path, begin: Begin, kind: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    exporting = (
        "import os\nfrom feedback_tui.cli.main import run\nfrom feedback_tui.storage.maintenance import atomic_files\n"
        "atomic_files.os.fsync = wait\nrun(sys.argv[1:])\n"
    )
    process = begin(exporting, "--db", str(empty_path), "export", str(folder / f"all.{kind}"))
    (half,) = folder.iterdir()
    assert (half.name.startswith(".unfinished-all"), half.stat().st_mode & 0o777) == (True, 0o600)
    killed(process)
    assert run(["--db", str(empty_path), "where"]) == 0
    assert files(folder) == set()


def test_a_backup_that_is_killed_leaves_no_copy(furnished_path: Path, begin: Begin) -> None:
    backing = (
        "from pathlib import Path\nfrom feedback_tui.storage.maintenance import backup\n"
        "from feedback_tui.storage.register import open_register\nbackup.finish = wait\n"
        "backup.backup(open_register(sys.argv[1]))\n"
    )
    killed(begin(backing, str(furnished_path)))
    assert len(files(backups_folder(furnished_path))) == 1
    clear_left_behind()
    assert files(backups_folder(furnished_path)) == set()
    register = open_register(str(furnished_path))
    backup(register)
    register.close()
    assert len(files(backups_folder(furnished_path))) == 2, "the copy and its manifest"


def test_only_what_is_named_unfinished_is_ever_cleared(tmp_path: Path) -> None:
    notes = tmp_path / "state" / "feedback-tui" / "unfinished"
    notes.mkdir(parents=True)
    mine = tmp_path / "register.db"
    mine.write_text("words")
    (notes / "a.path").write_bytes(os.fsencode(mine))
    (notes / "b.path").write_bytes(b"")
    (notes / "c.path").write_bytes(b".unfinished-here")
    (notes / "d.path").write_bytes(os.fsencode(tmp_path / "gone" / ".unfinished-x"))
    assert clear_left_behind() == []
    assert (mine.read_text(), files(notes)) == ("words", set())
    with pytest.raises(AssertionError), noted(mine):
        pass


def test_nothing_is_left_where_all_goes_well_or_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for unfinished in (unfinished_file, unfinished_folder):
        with pytest.raises(KeyError), unfinished(folder):
            raise KeyError
    with unfinished_file(folder) as path:
        path.rename(folder / "whole")
    assert files(folder) == {"whole"}
    assert files(unfinished_files.notes_folder()) == set()


def test_it_goes_on_where_no_note_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "state").write_text("a file stands where the folder should")
    assert clear_left_behind() == []
    assert write_new(tmp_path / "new.txt", "words")
    assert (tmp_path / "new.txt").read_text() == "words"


def test_what_is_there_is_replaced_only_where_that_is_said(tmp_path: Path) -> None:
    place = tmp_path / "year.html"
    write_output(place, "first", overwrite=False)
    with pytest.raises(AlreadyThere, match="--overwrite"):
        write_output(place, "second", overwrite=False)
    assert (place.read_text(), place.stat().st_mode & 0o777) == ("first", 0o600)
    write_output(place, "third", overwrite=True)
    assert (place.read_text(), place.stat().st_mode & 0o777) == ("third", 0o600)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    assert write_new(link, "words") is False, "a link that leads nowhere is a name that is taken"
