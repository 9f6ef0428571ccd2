"""One file has one name, whatever it is called by: one set of backups, one list of erasures, one place for drafts."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from feedback_tui.casework.close import close_case
from feedback_tui.casework.erase import erase_for_good, erased_from, restore_backup
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.cli.main import run
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import Closing, Erasure, NewCase, Note
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend.backend import keeper_of
from feedback_tui.storage.backend.file_names import as_stored, read_places, true_name
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.maintenance.backup import backup, backups, backups_folder
from feedback_tui.storage.maintenance.erased_cases import list_beside
from feedback_tui.storage.register import Register, create_register, open_register
from tests.torture.erasing import hits
from tests.torture.stock import RECEIVED, actor_on

pytestmark = pytest.mark.of_a_file

SECRET = "Zebedee Quillfeather"
NAMES = ("itself", "symlink", "hard link", "relative", "linked folder")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def called(tmp_path: Path, empty_template: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A register under several names."""
    for folder in ("data", "home", "cwd"):
        (tmp_path / folder).mkdir()
    path = Path(shutil.copy(empty_template, tmp_path / "data" / "register.db"))
    open_register(str(path)).close()
    (tmp_path / "home" / "link.db").symlink_to(path)
    os.link(path, tmp_path / "data" / "hard.db")
    (tmp_path / "linked").symlink_to(tmp_path / "data")
    monkeypatch.chdir(tmp_path / "cwd")
    return {
        "itself": str(path),
        "symlink": str(tmp_path / "home" / "link.db"),
        "hard link": str(tmp_path / "data" / "hard.db"),
        "relative": "../data/../cwd/../data/register.db",
        "linked folder": str(tmp_path / "linked" / "register.db"),
    }


def logged_and_closed(register: Register) -> str:
    sam = actor_on(register)
    logged = log(sam, NewCase(kind=Kind.COMMENT, received_on=RECEIVED, customer_name=SECRET, description="The ramp."))
    close_case(sam, logged.reference, Closing(on=date(2026, 4, 22), words="Told."))
    return logged.reference


@pytest.mark.parametrize("first", NAMES)
def test_every_name_leads_to_one_place(called: dict[str, str], first: str) -> None:
    place = keeper_of(called[first]).where
    assert {keeper_of(name).where for name in called.values()} == {place}


@pytest.mark.parametrize(("erased_by", "restored_by"), zip(NAMES, (*NAMES[1:], NAMES[0]), strict=True))
def test_erased_words_do_not_come_back_by_another_name(
    called: dict[str, str], tmp_path: Path, erased_by: str, restored_by: str
) -> None:
    register = open_register(called["symlink"])
    reference = logged_and_closed(register)
    before = backup(register)
    register.close()
    register = open_register(called[erased_by])
    erase_for_good(
        actor_on(register),
        reference,
        Erasure(on=date(2026, 6, 30), reason="Asked.", nevertheless="It was about someone else"),
    )
    register.close()
    restore_backup(before, called[restored_by], actor_on)
    for name in called.values():
        register = open_register(name)
        assert [each.reference for each in erased_from(register)] == [reference]
        assert check(register).findings == ()
        register.close()
        assert len(backups(name)) == len(list(backups_folder(Path(called["itself"])).glob("*.db")))
    in_place = [*(tmp_path / "data").glob("*.db"), Path(called["symlink"])]
    assert hits({SECRET}, in_place) == []
    assert Path(called["symlink"]).is_symlink()
    assert Path(called["hard link"]).samefile(called["itself"])
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["link.db"], "nothing stands beside a link"


def test_a_step_by_one_name_is_seen_by_each(called: dict[str, str]) -> None:
    opened = [open_register(name) for name in called.values()]
    for number, register in enumerate(opened):
        log(actor_on(register), NewCase(kind=Kind.COMMENT, received_on=RECEIVED, reference=f"C-{number}"))
    for register in opened:
        assert check(register).sound
        with register.reading() as session:
            count = session.connection().exec_driver_sql("SELECT count(*) FROM feedback_case").scalar_one()
        assert count == len(opened)
        register.close()


def as_release_0_1_left_it(called: dict[str, str]) -> str:
    """Backups and a list of erasures beside the link: the reference of the case that was erased."""
    register = open_register(called["itself"])
    reference = logged_and_closed(register)
    old = backup(register, now=datetime.now(UTC) - timedelta(days=1))
    erase_for_good(
        actor_on(register),
        reference,
        Erasure(on=date(2026, 6, 30), reason="Asked.", nevertheless="It was about someone else"),
    )
    register.close()
    link, path = Path(called["symlink"]), Path(called["itself"])
    backups_folder(path).rename(backups_folder(link))
    list_beside(path).rename(list_beside(link))
    # The register that lost its record of that: the list alone knows.
    path.write_bytes(backups_folder(link).joinpath(old.name).read_bytes())
    return reference


def test_what_release_0_1_left_beside_a_link_is_found_by_every_name(called: dict[str, str], tmp_path: Path) -> None:
    reference = as_release_0_1_left_it(called)
    left = sorted(path.name for path in backups_folder(Path(called["symlink"])).glob("*.db"))
    assert sorted(each.path.name for each in backups(called["symlink"])) == left
    for name in called.values():
        assert sorted(each.path.name for each in backups(name)) == left, "by each, once it was called by that name"
    told = [finding.words for finding in check(open_register(called["itself"])).findings]
    assert any(reference in words for words in told), "the words that came back are told of"
    oldest = backups(called["itself"])[-1]
    restore_backup(oldest.path, called["relative"], actor_on)
    register = open_register(called["itself"])
    assert [each.reference for each in erased_from(register)] == [reference]
    register.close()
    assert hits({SECRET}, [Path(called["itself"])]) == []
    stored = json.loads(list_beside(Path(called["itself"])).read_text("utf-8"))["erased"]
    assert [each["reference"] for each in stored] == [reference], "from now on beside the file itself"


def test_backups_of_another_name_expire_as_they_age(called: dict[str, str]) -> None:
    register = open_register(called["itself"])
    logged_and_closed(register)
    begin = datetime(2026, 1, 1, 9, tzinfo=UTC)
    for hour in range(4):
        backup(register, now=begin + timedelta(hours=hour))
    link = Path(called["symlink"])
    backups_folder(register.path).rename(backups_folder(link))
    register.close()
    register = open_register(called["symlink"])
    backup(register, now=begin + timedelta(days=30))
    register.close()
    assert len(backups(called["itself"])) == 2, "of a day a month ago the last is kept"


def test_a_register_is_made_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "there" / "register.db")
    create_register(str(link), profile_text("shropshire")).close()
    assert link.is_symlink()
    assert (tmp_path / "there" / "register.db").is_file()


def test_restoring_refuses_to_leave_an_old_register_behind_a_name(called: dict[str, str], tmp_path: Path) -> None:
    """A hard link in a folder that the program never heard of."""
    register = open_register(called["itself"])
    logged_and_closed(register)
    kept = backup(register)
    note(actor_on(register), "ASC-26-0001", Note(on=RECEIVED, words="Later."))
    register.close()
    os.link(called["itself"], tmp_path / "home" / "unheard-of.db")
    before = Path(called["itself"]).read_bytes()
    with pytest.raises(RegisterError, match="1 other name on its disk"):
        restore_backup(kept, called["itself"], actor_on)
    assert Path(called["itself"]).read_bytes() == before
    # Once it was opened by that name it is known.
    open_register(str(tmp_path / "home" / "unheard-of.db")).close()
    restore_backup(kept, called["itself"], actor_on)
    assert (tmp_path / "home" / "unheard-of.db").samefile(called["itself"])


def test_a_working_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(RegisterError, match="The folder that you are in is gone"):
        open_register("register.db")


def test_a_link_to_itself_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loop = tmp_path / "loop.db"
    loop.symlink_to(loop)
    assert run(["--db", str(loop), "queue"]) == 1
    assert str(loop) in capsys.readouterr().err


def test_capitals_and_accents_are_as_the_disk_has_them() -> None:
    disk = {"/": ["Users"], "/Users": ["sam", "Ann"], "/Users/sam": ["Café.db"]}
    stored = Path("/Users/sam/Café.db")
    for typed in ("/users/SAM/café.db", "/USERS/Sam/CAFE\u0301.DB", str(stored)):
        assert as_stored(Path(typed), Path("/"), lambda folder: disk[str(folder)]) == stored
    assert as_stored(Path("/users/new.db"), Path("/"), lambda folder: disk[str(folder)]) == Path("/Users/new.db")


def test_a_part_of_a_disk_that_is_seen_elsewhere_has_the_name_of_the_whole() -> None:
    text = (
        "21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n"
        "30 21 8:1 /home/sam/data /srv/a\\040place rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
    )
    whole, part = read_places(text)
    assert (whole.disk, str(whole.point), whole.kind) == ("8:1", "/", "ext4")
    assert (part.disk, str(part.part), str(part.point)) == ("8:1", "/home/sam/data", "/srv/a place")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount")
def test_a_bind_mount_is_the_same_place(called: dict[str, str], tmp_path: Path) -> None:
    import subprocess

    seen = tmp_path / "seen"
    seen.mkdir()
    done = subprocess.run(["mount", "--bind", str(tmp_path / "data"), str(seen)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        assert true_name(seen / "register.db") == Path(called["itself"])
        assert true_name(seen / "new.db") == tmp_path / "data" / "new.db"
    finally:
        subprocess.run(["umount", str(seen)], check=True)
