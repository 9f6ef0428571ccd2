"""Importing a register with all its checks, against ``sqlite-utils insert --csv`` of the same file without any.

Run: ``python -m tests.benchmarks.imports [ROWS]``. Without ``sqlite-utils`` only our seconds are printed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from feedback_tui.exchange.demo import fictional_register
from feedback_tui.models.register_row import COLUMNS
from feedback_tui.rules.profile import load_profile, profile_text
from feedback_tui.storage.register import create_register
from tests.benchmarks.measured import against
from tests.terminal.program import environment


def write_file(path: Path, rows: int) -> None:
    """A fictional register of so many cases, as a CSV file."""
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(fictional_register(rows, date.today(), profile=load_profile("westmarch")))


def seconds(command: list[str], environ: dict[str, str]) -> float:
    """Seconds that a command takes."""
    started = time.perf_counter()
    subprocess.run(command, check=True, env=environ, capture_output=True)
    return time.perf_counter() - started


def main(rows: int) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = {**os.environ, **environment(folder)}
        write_file(folder / "register.csv", rows)
        create_register(str(folder / "ours.db"), profile_text("westmarch")).close()
        program = [sys.executable, "-m", "feedback_tui", "--db", str(folder / "ours.db")]
        ours = seconds([*program, "import", str(folder / "register.csv")], environ)
        line = f"import, {rows:,} rows with every check: {ours:.1f} s"
        theirs = shutil.which(
            "sqlite-utils", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        )
        if theirs is None:
            print(f"{line} (sqlite-utils is not installed: nothing to compare with)")
            return
        loading = [theirs, "insert", str(folder / "theirs.db"), "register", str(folder / "register.csv"), "--csv"]
        bare = seconds(loading, environ)
        ratio = ours / bare
        print(f"{line}, sqlite-utils insert --csv without any {bare:.1f} s, ratio {ratio:.2f} ({against(1, ratio)})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
