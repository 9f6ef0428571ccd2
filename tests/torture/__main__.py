"""``make torture``: what the program promises of its register, put to the test at length, with the counts printed.

``python -m tests.torture [NAME …] [--part N] [--seed N]`` runs the named ones, or all; with a part, one N-th of the
times. The seed is printed: an earlier run's has the same lots drawn once more.
"""

from __future__ import annotations

import argparse
import platform
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from feedback_tui.storage.backend.sqlcipher import driver
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.register import open_register
from tests.postgres import FAST, server
from tests.torture import (
    attacker,
    attacks,
    damage,
    encrypted,
    erasing,
    full_disk,
    hostile,
    killing,
    killing_erasure,
    migrating,
    on_a_server,
    power_cut,
    tampering,
    together,
    typing,
)
from tests.torture.count import Count, begin_with
from tests.torture.server_stock import furnished, version_of
from tests.torture.stock import an_empty_register, furnish

Torture = Callable[[Path, Path, int], Count]
"""Takes the furnished register, a folder of its own, and which part of the times to try."""

SERVER_TORTURES: dict[str, Torture] = {
    "server-attacks": lambda _, folder, part: _attacked(lambda own, name: attacks.run(own, name)),
    "server-attacker": lambda _, folder, part: _attacked(
        lambda own, name: attacker.run(own, name, max(10_000 // part, 30), seed=23)
    ),
}
"""What `make torture-server` runs: attacks on a register by logins of each role."""
TORTURES: dict[str, Torture] = {
    "kill": lambda _, folder, part: killing.run(folder, max(500 // part, 4)),
    "kill-import": lambda _, folder, part: killing.run_imports(folder, max(100 // part, 4)),
    "kill-restore": lambda _, folder, part: killing.run_restores(folder, max(100 // part, 4)),
    "kill-erasure": lambda _, folder, part: killing_erasure.run(folder, max(100 // part, 4)),
    "kill-migration": lambda _, folder, part: migrating.run(folder, max(200 // part, 4)),
    "kill-typing": lambda _, folder, part: typing.run(folder, max(300 // part, 4)),
    "two-windows": lambda _, folder, part: typing.two_windows(folder, max(20 // part, 2)),
    "power-cut": lambda _, folder, part: power_cut.run(folder, max(100 // part, 4)),
    "power-control": lambda _, folder, part: power_cut.control(folder, max(20 // part, 4)),
    "full-disk": lambda _, folder, part: full_disk.run(folder, max(40 // part, 4)),
    "flips": lambda furnished, folder, part: damage.flips(furnished, folder, 400 // part),
    "truncations": lambda furnished, folder, part: damage.truncations(furnished, folder, 400 // part),
    "backups": lambda furnished, folder, part: damage.backups(furnished, folder, 400 // part),
    "encrypted": lambda furnished, folder, part: encrypted.flips(furnished, folder, max(400 // part, 8)),
    "hostile": lambda _, folder, part: hostile.run(folder, max(20_000 // part, 100)),
    "together": lambda _, folder, part: together.run(folder, 4, max(200 // part, 4)),
    "server-together": lambda _, folder, part: on_a_server.together(8, max(200 // part, 4)),
    "server-crashes": lambda _, folder, part: on_a_server.crashes(max(20 // part, 2)),
    **SERVER_TORTURES,
    "erasure": lambda _, folder, part: erasing.run(folder, max(600 // part, 24)),
    "tampering": lambda furnished, folder, part: tampering.run(furnished, folder, part),
}


def _engines() -> str:
    """The engine of plain registers and of encrypted ones."""
    try:
        cipher = f", encrypted registers on {driver().sqlite_version}"
    except RegisterError:
        cipher = ""
    return f"SQLite {sqlite3.sqlite_version}{cipher}"


def _attacked(attack: Callable[[str, str], Count]) -> Count:
    """An attack on a furnished register of a server of its own, whose version is told with the count."""
    with server(FAST) as own:
        count = attack(own.url, furnished(own.url, "furnished"))
        count.promise = f"PostgreSQL {version_of(own.url)}. {count.promise}"
    return count


def main(arguments: list[str]) -> int:
    """Runs the tortures, and gives 1 where a promise was broken."""
    parser = argparse.ArgumentParser(prog="make torture")
    parser.add_argument("names", nargs="*", choices=[*TORTURES, []], help="which; all if none is named")
    parser.add_argument("--part", type=int, default=1, help="one N-th of the times")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="of an earlier run")
    asked = parser.parse_args(arguments)
    begin_with(asked.seed)
    print(f"Python {platform.python_version()}, {_engines()}; seed {asked.seed}", flush=True)
    broken = 0
    with tempfile.TemporaryDirectory(prefix="torture-") as base:
        template = an_empty_register(Path(base) / "furnished.db")
        register = open_register(str(template))
        furnish(register)
        register.close()
        for name in asked.names or TORTURES:
            folder = Path(base) / name
            folder.mkdir()
            (folder / "own").mkdir()
            furnished = Path(shutil.copy(template, folder / "furnished.db"))
            begun = time.monotonic()
            count = TORTURES[name](furnished, folder / "own", asked.part)
            print(f"{name:15} {count.line} ({time.monotonic() - begun:.0f} s)", flush=True)
            for what in count.broken[:20]:
                print(f"{'':15} BROKEN: {what}")
            broken += len(count.broken)
            shutil.rmtree(folder)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
