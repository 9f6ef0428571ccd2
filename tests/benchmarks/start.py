"""From the command to the first queue on the screen, against a bare Textual and SQLModel app, in turn, in one run.

Run: ``python -m tests.benchmarks.start [CASES …]``. Prints the medians and the ratio for each size of register.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measured import against
from tests.benchmarks.stock import UNTIL, stock
from tests.terminal.program import Program, environment

ROUNDS = 9


def seconds_until(text: str, *command: str, folder: Path) -> float:
    """Seconds from starting `command` in a terminal until `text` stands on its screen."""
    started = time.perf_counter()
    with Program(*command, environment=environment(folder), columns=120, rows=40) as program:
        program.wait_for(text)
        return time.perf_counter() - started


def main(sizes: list[int]) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.bare_app", str(folder / "bare.db"), "make"], check=True)
        for cases in sizes:
            where = shutil.copy(stock(cases), folder / f"{cases}.db")
            program = ("-m", "feedback_tui", "--db", str(where), "--today", str(UNTIL))
            ours, bare = [], []
            for _ in range(ROUNDS):
                ours.append(seconds_until("WM-", *program, folder=folder))
                bare.append(
                    seconds_until("REF-0001", "-m", "tests.benchmarks.bare_app", str(folder / "bare.db"), folder=folder)
                )
            ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
            print(
                f"start to first queue, {cases:>7,} cases: {statistics.median(ours):.2f} s, bare app "
                f"{statistics.median(bare):.2f} s, ratio {ratio:.2f} ({against(1.25, ratio)}; pair by pair, "
                f"{ROUNDS} rounds)"
            )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100, 10_000])
