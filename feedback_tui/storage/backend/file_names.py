"""Finds the one true path of a register's file, whichever of its names is given.

Backups, the list of erased cases, journals, drafts and the key are found by that path. If one file had two names, text
erased under one could come back from the backups of the other.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from feedback_tui.folders import state_folder
from feedback_tui.storage.backend.encryption_keys import BACKUPS, also_called
from feedback_tui.storage.errors import RegisterError

ERASED = "-erased.json"
"""The suffix of the file that lists a register's erased cases."""
OTHER_NAMES = "other-names.txt"
"""A file in the folder of a register's backups that lists former names of the register, one on a line. Files beside
those names belong to the register too."""
_HARD_LINKS = "hard-links.txt"
"""A file in the state folder that lists the names used for register files with hard links."""
_BLIND = frozenset({"vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "hfs", "hfsplus"})
"""Case-insensitive file systems, by their names on Linux."""
_OCTAL = re.compile(r"\\([0-7]{3})")
_noted: dict[Path, list[Path]] = {}


def true_name(given: Path) -> Path:
    """Returns the one path by which the file at `given` is known; the file need not exist.

    Symbolic links are resolved, and letters take the case stored on the disk. Of several bind mounts, the path through
    the mount with most of the disk is taken; of several hard links, the name used first.

    Raises RegisterError if the current folder or the named home folder does not exist.
    """
    try:
        absolute = given.expanduser().absolute()
    except FileNotFoundError:
        raise RegisterError(
            f"The folder that you are in is gone, and {given} would stand in it. Change to another folder, or name the "
            "register from the root."
        ) from None
    except RuntimeError:
        raise RegisterError(
            f"{given} names a home folder that there is none of. Name the register from the root."
        ) from None
    try:
        real = absolute.resolve()
    except (OSError, RuntimeError, ValueError):
        return absolute  # For example a link to itself: opening it reports the error.
    real = _first_name(_of_the_whole_disk(real))
    name = absolute.parent.resolve() / absolute.name
    if name.name != real.name or not _is_same(name.parent, real.parent):
        _note(name, real)
    return real


def other_names(path: Path) -> list[Path]:
    """Returns the former names of the register at `path` (its true path) that still have files beside them."""
    found = list(_noted.get(path, ()))
    with suppress(OSError, UnicodeDecodeError):
        kept = _notes(path).read_text("utf-8").splitlines()
        found += [Path(line) for line in kept if line and Path(line) not in found]
    for name in found:
        also_called(name, path)
    return [name for name in found if _has_something(name)]


def hard_links(path: Path) -> list[Path]:
    """Returns the known hard links to the file at `path`: those in its folder and those used before.

    Raises RegisterError if the file has more, because replacing the file would leave the old content under each.
    """
    found = path.stat()
    if found.st_nlink == 1:
        return []
    places = [*_beside(path), *_used(), *(_noted.get(path, ()))]
    known = {place for place in places if place != path and not place.is_symlink() and _is_same(place, path)}
    if len(known) + 1 < found.st_nlink:
        count = found.st_nlink - 1 - len(known)
        raise RegisterError(
            f"{path} has {count} other name{'s' if count > 1 else ''} on its disk (hard links), which would go on "
            f"leading to what it was. Nothing was changed; find them with: find / -samefile {path}, and take them away."
        )
    return sorted(known)


def link_again(path: Path, links: list[Path]) -> None:
    """Replaces each of `links` by a hard link to the file now at `path`. Raises OSError."""
    for link in links:
        fresh = link.with_name(f".{link.name}.link-{os.getpid()}")
        fresh.unlink(missing_ok=True)
        os.link(path, fresh)
        fresh.replace(link)


# Other names


def _note(name: Path, real: Path) -> None:
    """Remembers `name` as another name of the register if it has files beside it, so that they are found by the true
    path."""
    if not _has_something(name) or name in _noted.get(real, ()):
        return
    _noted.setdefault(real, []).append(name)
    also_called(name, real)
    with suppress(OSError, UnicodeDecodeError):
        notes = _notes(real)
        if notes.exists() and str(name) in notes.read_text("utf-8").splitlines():
            return
        notes.parent.mkdir(mode=0o700, exist_ok=True)
        with notes.open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")


def _notes(real: Path) -> Path:
    return real.with_name(real.name + BACKUPS) / OTHER_NAMES


def _has_something(name: Path) -> bool:
    return name.with_name(name.name + BACKUPS).is_dir() or name.with_name(name.name + ERASED).exists()


# Hard links


def _first_name(real: Path) -> Path:
    try:
        found = real.stat()
    except (OSError, ValueError):
        return real
    if found.st_nlink == 1 or not real.is_file():
        return real
    used = [place for place in _used() if not place.is_symlink() and _is_same(place, real)]
    if not used:
        used.append(next((name for name in sorted(_beside(real)) if _has_something(name)), real))
    _note_used({used[0], real})
    return used[0]


def _note_used(names: set[Path]) -> None:
    new = sorted(names - set(_used()))
    with suppress(OSError):
        state_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        with (state_folder() / _HARD_LINKS).open("a", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in new)


def _used() -> list[Path]:
    with suppress(OSError, UnicodeDecodeError):
        return [Path(line) for line in (state_folder() / _HARD_LINKS).read_text("utf-8").splitlines() if line]
    return []


def _beside(path: Path) -> list[Path]:
    """Returns the names in its folder that are hard links to the file at `path`, without symbolic links."""
    inode = path.stat().st_ino
    with suppress(OSError), os.scandir(path.parent) as entries:
        return [Path(each) for each in entries if each.inode() == inode and each.is_file(follow_symlinks=False)]
    return []


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


# Places of one disk


class _Place(NamedTuple):
    """One line of ``/proc/self/mountinfo``: which part of which disk is mounted where."""

    disk: str
    part: Path
    point: Path
    writable: bool
    kind: str


def _of_the_whole_disk(real: Path) -> Path:
    """Returns the path of a file through the mount that shows most of its disk: a part of a disk may be mounted
    elsewhere too."""
    if sys.platform == "darwin":
        return as_stored(real, Path("/"))
    if sys.platform != "linux":
        return real
    try:
        places = read_places(Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape"))
    except OSError:
        return real
    here = _place_of(real, places)
    if here is None:
        return real
    if here.kind in _BLIND:
        real = as_stored(real, here.point)
    within = here.part / real.relative_to(here.point)
    whole = [
        place.point / within.relative_to(place.part)
        for place in sorted(places, key=lambda place: len(place.part.parts))
        if (place.disk, place.writable) == (here.disk, here.writable) and within.is_relative_to(place.part)
    ]
    if _is_same(real, real):
        return next((name for name in whole if _is_same(name, real)), real)
    return next((name for name in whole if _is_same(name.parent, real.parent)), real)


def read_places(text: str) -> list[_Place]:
    """Parses ``/proc/self/mountinfo``, in which a space in a path is written as ``\\040``."""
    found = []
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        words = before.split(" ")
        if len(words) > 5 and after:
            part, point = (Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), word)) for word in words[3:5])
            found.append(_Place(words[2], part, point, "ro" not in words[5].split(","), after.split(" ")[0]))
    return found


def _place_of(path: Path, places: list[_Place]) -> _Place | None:
    """Returns the innermost mount that holds `path`; of several at one mount point, the last. Returns None if none of
    `places` holds it."""
    found: _Place | None = None
    for place in places:
        if path.is_relative_to(place.point) and (found is None or len(place.point.parts) >= len(found.point.parts)):
            found = place
    return found


def as_stored(path: Path, beneath: Path, names: Callable[[Path], list[str]] = os.listdir) -> Path:
    """Returns `path` with each name as the disk stores it, where it differs in case or Unicode normalisation.

    `beneath` is left as it is, and so are names that do not exist.
    """
    found = beneath
    for part in path.relative_to(beneath).parts:
        try:
            there = names(found)
        except OSError:
            return path
        alike = [name for name in there if _plain(name) == _plain(part)]
        found /= part if part in there or not alike else alike[0]
    return found


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
