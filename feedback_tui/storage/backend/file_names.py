"""The one name of a register's file, whatever it is called by.

What belongs to a register stands beside it or is kept by its place: backups, the list of what was erased, journals,
drafts, its key. Were one file known by two names, words that were erased by one would come back by the other.
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
"""What the list of a register's erasures adds to its name."""
OTHER_NAMES = "other-names.txt"
"""In the folder of a register's backups: names that it went by before, one a line; what stands beside those is its."""
_HARD_LINKS = "hard-links.txt"
"""In the state folder: the names of registers that have several on the disk, as they were used."""
_BLIND = frozenset({"vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "hfs", "hfsplus"})
"""Kinds of disks to which capitals make no difference, as Linux calls them."""
_OCTAL = re.compile(r"\\([0-7]{3})")
_noted: dict[Path, list[Path]] = {}


def true_name(given: Path) -> Path:
    """The one name of the file that is, or would be, at `given`.

    Links are followed, capitals are as the disk has them, of several places of one disk it is the whole disk's (bind
    mounts), of several names of one file (hard links) the first that was used. Raises RegisterError.
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
        return absolute  # A link to itself: what is opened there says so.
    real = _first_name(_of_the_whole_disk(real))
    name = absolute.parent.resolve() / absolute.name
    if name.name != real.name or not _is_same(name.parent, real.parent):
        _note(name, real)
    return real


def other_names(path: Path) -> list[Path]:
    """The names that the register at `path`, its true name, went by before, where something stands beside them."""
    found = list(_noted.get(path, ()))
    with suppress(OSError, UnicodeDecodeError):
        kept = _notes(path).read_text("utf-8").splitlines()
        found += [Path(line) for line in kept if line and Path(line) not in found]
    for name in found:
        also_called(name, path)
    return [name for name in found if _has_something(name)]


def hard_links(path: Path) -> list[Path]:
    """The other names on the disk of the file at `path`, as far as they are known: those beside it, and those used.

    Raises RegisterError where there are more: whoever exchanges the file would leave an old register behind each.
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
    """Has other names lead to the file that now stands at `path`. Raises OSError."""
    for link in links:
        fresh = link.with_name(f".{link.name}.link-{os.getpid()}")
        fresh.unlink(missing_ok=True)
        os.link(path, fresh)
        fresh.replace(link)


# Other names


def _note(name: Path, real: Path) -> None:
    """Remembers another name where something of the register stands beside it, for when it is called by this one."""
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
    """The names in its folder of the file at `path`, links to names left out."""
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
    """One line of the system's table of mounts: what part of which disk is seen where."""

    disk: str
    part: Path
    point: Path
    writable: bool
    kind: str


def _of_the_whole_disk(real: Path) -> Path:
    """The name of a file by the place that shows most of its disk: a part of it may be seen at other places too."""
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
    """The lines of ``/proc/self/mountinfo``; a space in a path stands there as ``\\040``."""
    found = []
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        words = before.split(" ")
        if len(words) > 5 and after:
            part, point = (Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), word)) for word in words[3:5])
            found.append(_Place(words[2], part, point, "ro" not in words[5].split(","), after.split(" ")[0]))
    return found


def _place_of(path: Path, places: list[_Place]) -> _Place | None:
    """The innermost place that holds `path`; of several at one point the last."""
    found: _Place | None = None
    for place in places:
        if path.is_relative_to(place.point) and (found is None or len(place.point.parts) >= len(found.point.parts)):
            found = place
    return found


def as_stored(path: Path, beneath: Path, names: Callable[[Path], list[str]] = os.listdir) -> Path:
    """A path with its letters as the disk has them, where it has them with other capitals or accents put together
    otherwise; `beneath` stays. What is not there stays as it is."""
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
