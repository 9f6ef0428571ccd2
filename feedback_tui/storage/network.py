"""Whether a file stands on a network share: one file cannot be trusted there, its locks are unreliable."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_SHARES = {
    *("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "ncpfs", "webdav", "davfs"),
    *("fuse.davfs", "fuse.davfs2", "fuse.sshfs", "fuse.rclone", "fuse.s3fs"),
    *("glusterfs", "fuse.glusterfs", "ceph", "fuse.ceph", "lustre"),
}
_OCTAL = re.compile(r"\\([0-7]{3})")
_MAC_LINE = re.compile(r"^.* on (?P<point>/.*) \((?P<kind>\w+)[,)]", re.MULTILINE)


def share_of(path: Path) -> str | None:
    """The kind of network share that `path` stands on (``nfs4``, ``cifs``), or None for a disk of this computer."""
    if sys.platform == "win32":
        return _windows_share(path)
    return mounted_share(path.resolve(), mount_table())


def mounted_share(path: Path, mounts: list[tuple[str, str]]) -> str | None:
    """The kind of share among `mounts` (mount point, kind) that holds `path`; the innermost mount decides."""
    innermost, found = -1, ""
    for point, kind in mounts:
        if path.is_relative_to(point) and len(Path(point).parts) >= innermost:
            innermost, found = len(Path(point).parts), kind
    return found if found in _SHARES else None


def mount_table() -> list[tuple[str, str]]:
    """What is mounted where, as (mount point, kind), in the order of mounting; empty where the system does not say."""
    if sys.platform == "darwin":
        import subprocess

        try:
            listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
        except (OSError, subprocess.TimeoutExpired):
            return []
        return read_mac_mounts(listed)
    try:
        return read_mounts(Path("/proc/mounts").read_text("utf-8", "surrogateescape"))
    except OSError:
        return []


def read_mounts(text: str) -> list[tuple[str, str]]:
    """The lines of ``/proc/mounts``; a space in a mount point stands there as ``\\040``."""
    rows = [line.split(" ") for line in text.splitlines()]
    return [(_OCTAL.sub(lambda code: chr(int(code[1], 8)), row[1]), row[2]) for row in rows if len(row) > 2]


def read_mac_mounts(text: str) -> list[tuple[str, str]]:
    """The lines of macOS's ``mount``: ``//sam@server/share on /Volumes/share (smbfs, nodev)``."""
    return [(found["point"], found["kind"]) for found in _MAC_LINE.finditer(text)]


def _windows_share(path: Path) -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes

    drive = path.drive
    remote_drive = 4
    if drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == remote_drive:
        return "a Windows share"
    return None
