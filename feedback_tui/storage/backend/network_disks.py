"""Tells a local disk from a network share, on which SQLite's locks are unreliable and saved data can be lost.

A file system that is not known to be local is not taken for one: the officer is asked once for each mount point.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from feedback_tui.folders import config_folder

LOCAL = frozenset(
    {
        *("ext2", "ext3", "ext4", "xfs", "btrfs", "bcachefs", "zfs", "f2fs", "jfs", "reiserfs", "reiser4", "nilfs2"),
        *("ufs", "ffs", "hammer", "hammer2", "hfs", "hfsplus", "apfs", "minix", "ubifs", "jffs2", "udf", "iso9660"),
        *("vfat", "msdos", "msdosfs", "fat", "exfat", "ntfs", "ntfs3", "refs", "fuseblk", "squashfs", "erofs", "hpfs"),
        # In memory, or layered over a disk: containers, WSL 1.
        *("tmpfs", "ramfs", "rootfs", "overlay", "overlayfs", "aufs", "ecryptfs", "lxfs", "wslfs"),
    }
)
"""Local file systems, as Linux, macOS, BSD and Windows name them."""
SHARES = frozenset(
    {
        *("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "smbnetfs", "afpfs", "afs", "openafs", "coda"),
        *(
            "ncpfs",
            "ncp",
            "webdav",
            "davfs",
            "davfs2",
            "ftp",
            "curlftpfs",
            "sshfs",
            "sftp",
            "acd_cli",
            "nnpfs",
            "xtreemfs",
        ),
        # Folders of the host, as seen by a virtual machine, a container or WSL 2.
        *("9p", "v9fs", "drvfs", "vboxsf", "vmhgfs", "vmhgfs-fuse", "hgfs", "virtiofs", "virtfs", "prl_fs", "prlfs"),
        *("osxfs", "grpcfuse", "gcsfuse", "fakeowner", "shfs"),
        # Other machines mounted by a desktop environment.
        *("gvfs", "gvfsd-fuse", "gvfs-fuse-daemon", "kio-fuse", "kio", "jmtpfs", "simple-mtpfs", "ifuse", "portal"),
        # Cluster and distributed file systems.
        *("ceph", "ceph-fuse", "glusterfs", "lustre", "lustre_lite", "gpfs", "mmfs", "beegfs", "fhgfs", "orangefs"),
        *("pvfs2", "panfs", "wekafs", "quobyte", "moosefs", "mfs", "mfsmount", "lizardfs", "saunafs", "juicefs"),
        *("seaweedfs", "ocfs2", "gfs", "gfs2", "acfs", "cvfs", "snfs", "cvmfs2", "hdfs", "fuse_dfs"),
        # Cloud storage.
        *("rclone", "s3fs", "goofys", "mountpoint-s3", "blobfuse", "blobfuse2", "onedriver", "onedrive", "gdfs"),
        *("google-drive-ocamlfuse", "google-drive-fs", "dropbox", "ipfs", "tahoe-lafs", "afuse"),
    }
)
"""Network file systems. One mounted by a user's program (FUSE) is named ``fuse.KIND``."""
AGREED = "FEEDBACK_TUI_LOCAL_DISKS"
"""The environment variable that lists mount points to be treated as local disks, separated as in PATH."""
_OCTAL = re.compile(r"\\([0-7]{3})")
_MAC_LINE = re.compile(r"^.* on (?P<point>/.*) \((?P<kind>[^,()]+)(?P<rest>[^()]*)\)$", re.MULTILINE)
_WINDOWS_DISK = {2: "removable", 3: "fixed", 5: "disc", 6: "in memory"}
"""The GetDriveType values of Windows that mean a local drive."""
_WINDOWS_REMOTE = 4
agreed_now: set[str] = set()
"""The mount points confirmed since the program started."""
_NOT_TOLD = "not told by the system"


class Mount(NamedTuple):
    """A mounted disk or share: its mount point, its file system, and whether the system calls it local."""

    point: str
    kind: str
    local: bool | None = None
    """None if the system does not say."""


def mount_of(path: Path, mounts: Iterable[tuple[str, str] | Mount]) -> Mount:
    """Returns the innermost mount that holds `path`, the last if several share a mount point. `path` must have no
    symbolic links."""
    found, innermost = Mount("/", _NOT_TOLD), 0
    for mount in (Mount(*each) for each in mounts):
        depth = len(Path(mount.point).parts)
        if path.is_relative_to(mount.point) and depth >= innermost:
            found, innermost = mount, depth
    return found


def is_share(mount: Mount) -> bool | None:
    """Returns whether a mount is a network share; None if unknown."""
    kind = mount.kind.casefold()
    if kind in SHARES or kind.removeprefix("fuse.") in SHARES or mount.local is False:
        return True
    if mount.local or kind in LOCAL:
        return False
    return None


def mounted_share(path: Path, mounts: Iterable[tuple[str, str] | Mount]) -> str | None:
    """Returns the file system of the network share that holds `path`; None if it is not on a share,
    or that is unknown."""
    mount = mount_of(path, mounts)
    return mount.kind if is_share(mount) else None


def disk_of(path: Path) -> Mount:
    """Returns the mount that holds `path`."""
    if sys.platform == "win32":
        import ctypes

        real = os.path.realpath(path).removeprefix("\\\\?\\")
        return windows_mount(real, ctypes.windll.kernel32.GetDriveTypeW(real[:3]))
    return mount_of(path.resolve(), mount_table())


def is_agreed(point: str) -> bool:
    """Whether an officer confirmed that the mount point `point` is a local disk."""
    agreed = [*agreed_now, *(place for place in os.environ.get(AGREED, "").split(os.pathsep) if place)]
    with suppress(OSError, UnicodeDecodeError):
        agreed += _answers().read_text("utf-8").splitlines()
    return point in agreed


def agree(point: str) -> None:
    """Remembers that the mount point `point` is a local disk. If it cannot be stored, raises OSError, and it holds
    until the program ends."""
    agreed_now.add(point)
    _answers().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _answers().open("a", encoding="utf-8") as file:
        file.write(f"{point}\n")


def _answers() -> Path:
    return config_folder() / "local-disks.txt"


def mount_table() -> list[Mount]:
    """Returns all mounts in the order of mounting; empty if the system does not tell."""
    if sys.platform == "linux":
        try:
            return read_mounts(Path("/proc/mounts").read_text("utf-8", "surrogateescape"))
        except OSError:
            return []
    import subprocess

    try:
        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    return read_mac_mounts(listed)


def read_mounts(text: str) -> list[Mount]:
    """Parses ``/proc/mounts``, in which a space in a mount point is written as ``\\040``."""
    rows = [line.split(" ") for line in text.splitlines()]
    return [Mount(_OCTAL.sub(lambda code: chr(int(code[1], 8)), row[1]), row[2]) for row in rows if len(row) > 2]


def read_mac_mounts(text: str) -> list[Mount]:
    """Parses the output of ``mount`` on macOS and BSD, such as ``//sam@server/share on /Volumes/share (smbfs, nodev)``.

    Local disks carry the flag ``local`` and shares do not. A FUSE mount may set the flag itself, so it counts as
    unknown there.
    """
    return [
        Mount(found["point"], found["kind"], _said_local(found["kind"], found["rest"]))
        for found in _MAC_LINE.finditer(text)
    ]


def _said_local(kind: str, rest: str) -> bool | None:
    claimed = "local" in [word.strip() for word in rest.split(",")]
    return None if claimed and "fuse" in kind.casefold() else claimed


def windows_mount(real: str, drive_type: int) -> Mount:
    """Returns the drive of a Windows path without links, judged by the result of GetDriveType."""
    if real.startswith(("\\\\", "UNC\\")):
        return Mount(real, "a Windows share", local=False)
    drive = real[:2]
    if drive_type == _WINDOWS_REMOTE:
        return Mount(drive, "a Windows share", local=False)
    kind = _WINDOWS_DISK.get(drive_type)
    return Mount(drive, kind or _NOT_TOLD, local=None if kind is None else True)
