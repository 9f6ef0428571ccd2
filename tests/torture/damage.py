"""Bits that flip and files that are cut short: in a backup none goes unnoticed, in a register none that changes
anything that is stored."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.maintenance.backup import backup
from feedback_tui.storage.maintenance.backup_manifest import manifest_of
from feedback_tui.storage.maintenance.restore import restore
from feedback_tui.storage.register import open_register
from tests.torture.count import Count, chance_of
from tests.torture.tampering import noticed


def flips(furnished: Path, folder: Path, times: int, seed: int = 1) -> Count:
    """Flips one bit of the register at a time."""
    count = Count("A flipped bit changes nothing that is stored without being noticed")
    whole, chance = furnished.read_bytes(), chance_of(seed)
    as_it_was = everything(furnished)
    used = _pages_of_cases(furnished)
    for number in range(times):
        # Every second one where the cases and events stand: most of a small register is its calendar.
        place = chance.choice(used) * 4096 + chance.randrange(4096) if number % 2 else chance.randrange(len(whole))
        _judge(count, _with_bit(whole, place, chance.randrange(8)), folder / "flipped.db", as_it_was, f"byte {place}")
    return count


def truncations(furnished: Path, folder: Path, times: int, seed: int = 2) -> Count:
    """Cuts the register short: at any byte, at the end of a page, and in its last pages, where it still opens."""
    count = Count("A register that was cut short is noticed")
    whole, chance = furnished.read_bytes(), chance_of(seed)
    as_it_was = everything(furnished)
    for number in range(times):
        length = chance.randrange(len(whole))
        if number % 3 == 1:
            length = length // 4096 * 4096
        elif number % 3 == 2:
            # What is left of a page may read as rows in no order: a check went round in them for ever.
            length = len(whole) - 1 - chance.randrange(8192)
        _judge(count, whole[:length], folder / "cut.db", as_it_was, f"cut at {length}")
    return count


def backups(furnished: Path, folder: Path, times: int, seed: int = 3) -> Count:
    """Flips a bit of a backup, or cuts it short: restoring it is refused, and nothing stands where it would."""
    count = Count("A backup that was damaged is never restored")
    register = open_register(str(furnished))
    made = backup(register, folder / "kept.db")
    register.close()
    whole, chance = made.read_bytes(), chance_of(seed)
    for number in range(times):
        place = chance.randrange(len(whole))
        damaged = folder / "damaged.db"
        damaged.write_bytes(whole[:place] if number % 4 == 0 else _with_bit(whole, place, chance.randrange(8)))
        manifest_of(damaged).write_bytes(manifest_of(made).read_bytes())
        count.tried += 1
        try:
            restore(damaged, str(folder / "restored.db"))
        except RegisterError:
            count.tell("refused")
        if (folder / "restored.db").exists():
            count.broken.append(f"damage at {place} was restored")
            (folder / "restored.db").unlink()
    return count


def everything(path: Path) -> list[object]:
    """All that is stored in the register at `path`, table by table, as it is stored."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'search*'"
            )
        ]
        return [(table, connection.execute(f'SELECT * FROM "{table}" NOT INDEXED').fetchall()) for table in tables]


def _judge(count: Count, damaged: bytes, path: Path, as_it_was: list[object], what: str) -> None:
    path.write_bytes(damaged)
    path.with_name(path.name + "-journal").unlink(missing_ok=True)
    count.tried += 1
    if noticed(path):
        count.tell("noticed")
        return
    try:
        same = everything(path) == as_it_was
    except sqlite3.Error:
        same = False
    if same:
        count.tell("without effect")
    else:
        count.broken.append(what)


def _with_bit(whole: bytes, place: int, bit: int) -> bytes:
    changed = bytearray(whole)
    changed[place] ^= 1 << bit
    return bytes(changed)


def _pages_of_cases(path: Path) -> list[int]:
    """The pages, from 0, that hold something else than the working days."""
    with closing(sqlite3.connect(path)) as connection:
        count = connection.execute("PRAGMA page_count").fetchone()[0]
        roots = connection.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name != 'working_day'").fetchall()
    small = {row[0] - 1 for row in roots if row[0]}
    # The furnished register is small: what is not a root page of these tables stands at the end, written last.
    return sorted(small | set(range(count - 30, count)))
