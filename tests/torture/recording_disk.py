"""A disk that remembers what was written to it, in which order, and what of it was surely kept: for power cuts.

SQLite reaches the disk through a table of functions; ours stands before its own and writes down each write, sync and
removal. What is not synced when the power goes may be there, or not, or in part.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_Int, _Big, _Pointer = ctypes.c_int, ctypes.c_longlong, ctypes.c_void_p
_Open = ctypes.CFUNCTYPE(_Int, _Pointer, _Pointer, _Pointer, _Int, _Pointer)
_Delete = ctypes.CFUNCTYPE(_Int, _Pointer, _Pointer, _Int)
_Write = ctypes.CFUNCTYPE(_Int, _Pointer, _Pointer, _Int, _Big)
_Truncate = ctypes.CFUNCTYPE(_Int, _Pointer, _Big)
_Sync = ctypes.CFUNCTYPE(_Int, _Pointer, _Int)


class _Vfs(ctypes.Structure):
    """SQLite's ``sqlite3_vfs``; the functions after these are copied with it."""

    _fields_ = [
        ("version", _Int), ("file_size", _Int), ("longest_path", _Int), ("next", _Pointer), ("name", ctypes.c_char_p),
        ("data", _Pointer), ("open", _Pointer), ("delete", _Pointer), ("others", _Pointer * 14),
    ]  # fmt: skip


class _Methods(ctypes.Structure):
    """SQLite's ``sqlite3_io_methods``."""

    _fields_ = [
        ("version", _Int), ("close", _Pointer), ("read", _Pointer), ("write", _Pointer), ("truncate", _Pointer),
        ("sync", _Pointer), ("others", _Pointer * 13),
    ]  # fmt: skip


@dataclass
class DiskFile:
    """A file as far as it is surely on disk (None: it may not be there), and what was done since."""

    kept: bytes | None
    since: list[tuple[str, int, bytes]] = field(default_factory=list)

    def after(self, steps: list[tuple[str, int, bytes]]) -> bytes:
        """The content once these steps have reached the disk."""
        content = bytearray(self.kept or b"")
        for what, place, data in steps:
            if what == "truncate":
                del content[place:]
            else:
                content.extend(bytes(max(0, place + len(data) - len(content))))
                content[place : place + len(data)] = data
        return bytes(content)

    def sync(self) -> None:
        """Everything done so far is on disk."""
        self.kept, self.since = self.after(self.since), []


Step = tuple[str, str, int, bytes]
"""What was done, to which file, where or how much, with what."""


@dataclass
class Disk:
    """Everything that was done to the files of one folder, in order; ``say`` puts in what was acknowledged."""

    steps: list[Step] = field(default_factory=list)

    def say(self, words: str) -> None:
        """Notes that something was acknowledged at this point."""
        self.steps.append(("said", words, 0, b""))

    def cuts(
        self, begin: dict[str, bytes], points: set[int], chance: random.Random
    ) -> Iterator[tuple[dict[str, bytes], list[str]]]:
        """For a power cut before each of the steps `points`: the files that are there, and what was acknowledged."""
        files = {name: DiskFile(content) for name, content in begin.items()}
        said: list[str] = []
        for number, (what, name, place, data) in enumerate(self.steps):
            if number in points:
                for some in (0.0, 0.5):
                    yield _left(files, some, chance), list(said)
            if what == "said":
                said.append(name)
            elif what == "sync":
                files[name].sync()
            elif what == "removed":
                files.pop(name, None)
            elif what != "forgotten":
                files.setdefault(name, DiskFile(None)).since.append((what, place, data))


def _left(files: dict[str, DiskFile], some: float, chance: random.Random) -> dict[str, bytes]:
    """What is on the disk when power comes back: what was synced, and of the rest each write with this chance."""
    left: dict[str, bytes] = {}
    for name, file in files.items():
        reached = [step for step in file.since if chance.random() < some]
        if file.kept is not None or reached:
            left[name] = file.after(reached)
    return left


@contextmanager
def recording(folder: Path) -> Iterator[Disk]:
    """Everything that SQLite does to files in `folder`, in this process, while this lasts.

    Raises LookupError where this Python's SQLite cannot be reached.
    """
    library = _library()
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    original = library.sqlite3_vfs_find(None)
    disk, opened, kept_alive = Disk(), dict[int, str](), list[Any]()
    inside = str(folder.resolve()) + "/"

    def own(address: int | None) -> str | None:
        path = ctypes.string_at(address).decode() if address else ""
        return path.removeprefix(inside) if path.startswith(inside) else None

    def on_open(vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        code = int(_Open(original.contents.open)(vfs, name, file, flags, out))
        if code == 0 and (path := own(name)) is not None:
            opened[file] = path
            methods = _Pointer.from_address(file)
            methods.value = recorded_methods(methods.value or 0)
        return code

    def on_delete(vfs: int, name: int, sync_folder: int) -> int:
        if (path := own(name)) is not None:
            # Without a sync of the folder the name may come back: then it is as if it had not been removed.
            disk.steps.append(("removed" if sync_folder else "forgotten", path, 0, b""))
        return int(_Delete(original.contents.delete)(vfs, name, sync_folder))

    copies: dict[int, _Methods] = {}

    def recorded_methods(address: int) -> int:
        if address not in copies:
            plain = _Methods.from_address(address)
            copy = _Methods.from_buffer_copy(plain)

            def on_write(file: int, data: int, count: int, place: int) -> int:
                disk.steps.append(("write", opened[file], place, ctypes.string_at(data, count)))
                return int(_Write(plain.write)(file, data, count, place))

            def on_truncate(file: int, size: int) -> int:
                disk.steps.append(("truncate", opened[file], size, b""))
                return int(_Truncate(plain.truncate)(file, size))

            def on_sync(file: int, flags: int) -> int:
                code = int(_Sync(plain.sync)(file, flags))
                disk.steps.append(("sync", opened[file], 0, b""))
                return code

            for name, function in (
                ("write", _Write(on_write)), ("truncate", _Truncate(on_truncate)), ("sync", _Sync(on_sync)),
            ):  # fmt: skip
                kept_alive.append(function)
                setattr(copy, name, ctypes.cast(function, _Pointer))
            copies[address] = copy
        return ctypes.addressof(copies[address])

    ours = _Vfs.from_buffer_copy(original.contents)
    opening, deleting = _Open(on_open), _Delete(on_delete)
    ours.name, ours.next = b"recording", None
    ours.open, ours.delete = ctypes.cast(opening, _Pointer), ctypes.cast(deleting, _Pointer)
    library.sqlite3_vfs_register(ctypes.byref(ours), 1)
    try:
        yield disk
    finally:
        library.sqlite3_vfs_register(original, 1)
        library.sqlite3_vfs_unregister(ctypes.byref(ours))


def _library() -> ctypes.CDLL:
    """The SQLite that this Python's own module stands on; another module that was loaded may bring one of its own."""
    library = ctypes.CDLL(_sqlite3.__file__)
    if not hasattr(library, "sqlite3_vfs_find"):
        raise LookupError("this Python's SQLite cannot be reached")
    return library
