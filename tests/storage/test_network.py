"""Disks of this computer, network shares, and what cannot be told from either: that is asked, and never assumed."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_tui.cli import disk_prompt
from feedback_tui.cli.main import run
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.backend import network_disks
from feedback_tui.storage.backend.network_disks import (
    Mount,
    is_share,
    mount_of,
    read_mac_mounts,
    read_mounts,
    windows_mount,
)
from feedback_tui.storage.errors import OnNetworkShare, UnknownDisk
from feedback_tui.storage.register import create_register, open_register

pytestmark = pytest.mark.of_a_file

SHARES = (
    *(
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "fuse.gvfsd-fuse",
        "9p",
        "vboxsf",
        "vmhgfs",
        "fuse.vmhgfs-fuse",
        "virtiofs",
    ),
    *("fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.davfs2", "afs", "ceph", "fuse.ceph-fuse", "glusterfs", "gpfs"),
    *("fuse.glusterfs", "lustre", "drvfs", "prl_fs", "ncpfs", "coda", "afpfs", "webdav", "fuse.kio-fuse", "beegfs"),
    *("ocfs2", "gfs2", "orangefs", "fuse.juicefs", "fuse.mfs", "fuse.gcsfuse", "fuse.curlftpfs", "fuse.portal"),
)
LOCAL = ("ext4", "xfs", "btrfs", "zfs", "overlay", "tmpfs", "vfat", "exfat", "fuseblk", "ntfs3", "apfs", "wslfs")
UNKNOWN = ("fuse", "fuse.bindfs", "fuse.mergerfs", "fuse.encfs", "autofs", "somefs", "fuse.a-new-one")


@pytest.mark.parametrize("kind", SHARES)
def test_a_share_is_known_by_its_kind(kind: str) -> None:
    assert is_share(Mount("/mnt", kind)) is True


@pytest.mark.parametrize("kind", LOCAL)
def test_a_disk_of_this_computer_is_known_by_its_kind(kind: str) -> None:
    assert is_share(Mount("/mnt", kind)) is False


@pytest.mark.parametrize("kind", UNKNOWN)
def test_what_is_not_known_is_not_taken_for_local(kind: str) -> None:
    assert is_share(Mount("/mnt", kind)) is None


def test_where_the_system_does_not_say_it_is_not_known() -> None:
    assert is_share(mount_of(Path("/home/sam/r.db"), [])) is None
    hidden = read_mounts("/dev/sda1 / ext4 rw 0 0\nlost /mnt/x a_new_fs rw 0 0\n")
    assert is_share(mount_of(Path("/mnt/x/r.db"), hidden)) is None
    assert is_share(mount_of(Path("/mnt/y/r.db"), hidden)) is False


@pytest.mark.parametrize(
    ("line", "share"),
    [
        ("/dev/disk3s1 on /Users (apfs, local, journaled)", False),
        ("/dev/ada0p2 on /Users (ufs, local, soft-updates)", False),
        ("//sam@server/share on /Users (smbfs, nodev, nosuid, mounted by sam)", True),
        ("server:/x on /Users (nfs, asynchronous)", True),
        ("sam@host:/x on /Users (macfuse, nodev, nosuid, synchronous)", True),
        ("sam@host:/x on /Users (macfuse, local, nodev)", None),
        ("x on /Users (a_new_fs, nodev)", True),
    ],
)
def test_macos_and_bsd_say_what_is_local(line: str, share: bool | None) -> None:
    mounts = read_mac_mounts(f"/dev/disk1 on / (apfs, local)\n{line}\n")
    assert is_share(mount_of(Path("/Users/sam/r.db"), mounts)) is share


@pytest.mark.parametrize(
    ("real", "drive_type", "share"),
    [
        ("C:\\Users\\sam\\r.db", 3, False),
        ("E:\\r.db", 2, False),
        ("H:\\r.db", 4, True),
        ("\\\\server\\share\\r.db", 1, True),
        ("UNC\\server\\share\\r.db", 1, True),
        ("\\\\wsl.localhost\\Debian\\r.db", 1, True),
        ("Q:\\r.db", 0, None),
        ("Q:\\r.db", 1, None),
    ],
)
def test_windows_says_what_a_drive_is(real: str, drive_type: int, share: bool | None) -> None:
    assert is_share(windows_mount(real, drive_type)) is share


@pytest.fixture
def odd_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a disk of a kind that nobody has heard of."""
    folder = tmp_path / "odd"
    folder.mkdir()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(network_disks, "agreed_now", set())
    monkeypatch.setattr(network_disks, "mount_table", lambda: [Mount("/", "ext4"), Mount(str(folder), "a_new_fs")])
    return folder


def test_a_disk_that_cannot_be_told_is_asked_about_and_the_answer_is_kept(
    odd_disk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    where = str(odd_disk / "register.db")
    assert run(["--db", where, "init", "--profile", "shropshire"]) == 1
    told = capsys.readouterr().err
    assert "a_new_fs" in told
    assert f"FEEDBACK_TUI_LOCAL_DISKS={odd_disk}" in told
    assert list(odd_disk.iterdir()) == []
    asked: list[UnknownDisk] = []

    def yes(error: UnknownDisk) -> bool:
        asked.append(error)
        network_disks.agree(error.point)
        return True

    monkeypatch.setattr("feedback_tui.cli.main.is_said_local", yes)
    assert run(["--db", where, "init", "--profile", "shropshire"]) == 0
    monkeypatch.setattr(network_disks, "agreed_now", set())
    assert run(["--db", where, "queue"]) == 0
    assert [error.point for error in asked] == [str(odd_disk)], "once"


def test_the_environment_may_answer(odd_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = str(odd_disk / "register.db")
    with pytest.raises(UnknownDisk):
        create_register(where, profile_text("shropshire"))
    monkeypatch.setenv(network_disks.AGREED, f"/elsewhere:{odd_disk}")
    create_register(where, profile_text("shropshire")).close()
    monkeypatch.delenv(network_disks.AGREED)
    with pytest.raises(UnknownDisk):
        open_register(where)


def test_a_share_is_no_question(odd_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_disks, "mount_table", lambda: [Mount("/", "ext4"), Mount(str(odd_disk), "virtiofs")])
    monkeypatch.setenv(network_disks.AGREED, str(odd_disk))
    with pytest.raises(OnNetworkShare, match="virtiofs"):
        create_register(str(odd_disk / "register.db"), profile_text("shropshire"))


def test_no_one_is_asked_without_a_terminal(odd_disk: Path) -> None:
    assert disk_prompt.is_said_local(UnknownDisk("x", "a_new_fs", str(odd_disk))) is False
