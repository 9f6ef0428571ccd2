"""How soon a key is answered while an import runs, against the same keys on a quiet program, in the real program.

Run: ``python -m tests.benchmarks.answers [CASES]``. Prints the median and the slowest of both.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.terminal.program import Program, environment

PRESSES = 40


def answered(program: Program, presses: int, *, until: str = "") -> list[float]:
    """Seconds from a key to its answer on the screen, a press at a time; ends early once `until` shows."""
    taken = []
    for number in range(presses):
        if until and until in program.text:
            break
        key, shown = ("right", "[import]") if number % 2 else ("left", "[only check]")
        started = time.perf_counter()
        program.press(key)
        program.wait_for(shown)
        taken.append(time.perf_counter() - started)
    return taken


def told(what: str, taken: list[float]) -> str:
    """The figures in a line."""
    middle, worst = statistics.median(taken) * 1000, max(taken) * 1000
    return f"{what}: {len(taken)} keys, median {middle:.0f} ms, slowest {worst:.0f} ms"


def main(cases: int) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        full = {**os.environ, **environment(folder)}

        def run(*arguments: str) -> None:
            command = [sys.executable, "-m", "feedback_tui", "--db", str(folder / "register.db"), *arguments]
            subprocess.run(command, check=True, env=full, capture_output=True)

        run("demo", "--no-open", "--cases", str(cases))
        run("export", str(folder / "out.csv"))
        text = (folder / "out.csv").read_text("utf-8")
        (folder / "other.csv").write_text(text.replace("WM-", "XM-"), "utf-8")
        start = ("--db", str(folder / "register.db"))
        with Program(*start, environment=environment(folder), columns=100, rows=30) as program:
            program.wait_for("WM-")
            program.press("ctrl+p")
            program.wait_for("What do you want to do?")
            program.type("import")
            program.wait_for("Import a register")
            program.press("enter")
            program.wait_for("Cases from a CSV file")
            program.wait_for_bold("File")
            program.type(str(folder / "other.csv"))
            program.press("tab")
            quiet = answered(program, PRESSES)
            program.press("right")
            program.wait_for("[import]")
            program.press("ctrl+s")
            program.wait_for("stops it")
            busy = answered(program, 1000, until="cases imported")
            program.wait_for("cases imported")
        print(told("a key on a quiet program", quiet))
        print(told(f"a key while {cases:,} cases are imported", busy))


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["4000"])[0]))
