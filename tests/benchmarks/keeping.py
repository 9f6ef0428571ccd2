"""What keeps a register safe: a backup against copies without its proof, `check` against reading and hashing.

Run: ``python -m tests.benchmarks.keeping backup|check [CASES …]``. Each thing runs as a program of its own, in turn;
beside its seconds stands the most memory that it held.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests.benchmarks.measured import Ran, ran, shown
from tests.benchmarks.stock import stock
from tests.terminal.program import environment

ROUNDS = 3
ITSELF = "tests.benchmarks.keeping"


def copy_file(source: Path, target: Path) -> None:
    """The file copied and on disk: no moment is kept, nothing is proved."""
    with source.open("rb") as old, target.open("wb") as new:
        shutil.copyfileobj(old, new, 1 << 20)
        new.flush()
        os.fsync(new.fileno())


def copy_database(source: Path, target: Path) -> None:
    """SQLite's own copy of one moment, on disk: nothing is proved."""
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def read_and_hash(path: Path) -> None:
    """Every row of every table read, and the bytes that `check` hashes hashed: those of the events and the words."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        names = [
            str(name)
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
        ]
        for name in names:
            hashed = name in ("event", "words")
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                if hashed:
                    hashlib.sha256("\0".join(map(str, row)).encode()).hexdigest()


PLAINLY = {"file": copy_file, "database": copy_database}


def backups(cases: int, rounds: int = ROUNDS) -> None:
    """Measures and prints what a backup takes."""
    path = stock(cases)
    program = [sys.executable, "-m", "feedback_tui", "--db", str(path), "backup"]
    found: dict[str, list[Ran]] = {name: [] for name in ("ours", *PLAINLY)}
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        target = Path(name) / "copy.db"
        environ = {**os.environ, **environment(Path(name))}
        for _ in range(rounds):
            for which, into in found.items():
                command = [sys.executable, "-m", ITSELF, which, str(path), str(target)]
                into.append(ran([*program, str(target)] if which == "ours" else command, environ))
                for left in Path(name).glob("copy.db*"):
                    left.unlink()
    ours, file, database = (statistics.median(one.seconds for one in into) for into in found.values())
    held = max(one.megabytes for one in found["ours"])
    print(
        f"backup of {path.stat().st_size / 1e9:.2g} GB, proved and on disk: {shown(ours)}, a plain copy of the file "
        f"{shown(file)}, ratio {ours / file:.2f}, SQLite's own copy {shown(database)}, ratio "
        f"{ours / database:.2f}; memory {held:.0f} MB"
    )


def checks(cases: int, rounds: int = ROUNDS) -> None:
    """Measures and prints what `check` takes."""
    path = stock(cases)
    program = [sys.executable, "-m", "feedback_tui", "--db", str(path), "check"]
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as name:
        environ = {**os.environ, **environment(Path(name))}
        for _ in range(rounds):
            ours.append(ran(program, environ))
            bare.append(ran([sys.executable, "-m", ITSELF, "read", str(path)], environ))
    one, other = (statistics.median(each.seconds for each in found) for found in (ours, bare))
    print(
        f"check of {cases:,} events: {shown(one)}, reading and hashing the same rows {shown(other)}, ratio "
        f"{one / other:.2f}; memory {max(each.megabytes for each in ours):.0f} MB"
    )


def main(arguments: list[str]) -> None:
    """Measures, or does one of the plain things (for a measurement in another program)."""
    match arguments:
        case ["read", path]:
            read_and_hash(Path(path))
        case [which, source, target] if which in PLAINLY:
            PLAINLY[which](Path(source), Path(target))
        case ["backup" | "check" as which, *sizes]:
            for size in sizes or ["10000"]:
                cases = int(size)
                (backups if which == "backup" else checks)(cases, 1 if cases > 500_000 else ROUNDS)


if __name__ == "__main__":
    main(sys.argv[1:])
