"""``make memory``: the memory of the real program over 6,000 keys in the queue and in forms.

Fails where the last half of them adds as much as 5 MB. ``python -m tests.benchmarks.all_day [KEYS]``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.terminal.program import Program, environment

MOST = 5.0
"""MB that the last half of the keys may add."""
TODAY = "2026-04-20"
WORDS = "Nobody came on Sunday and nobody rang "


def resident(pid: int) -> float:
    """MB that the process has in memory (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def one_turn(program: Program) -> int:
    """About a hundred keys: up and down the queue, a form typed into and left empty. Gives how many."""
    keys = ["down", "down", "up", "down"] * 15
    program.press(*keys, "n")
    program.wait_for_bold("What they say")
    for letter in WORDS:
        program.type(letter)
    program.wait_for("nobody rang")
    program.press("ctrl+n", "escape")
    program.wait_for("Queue ·")
    program.press("home")
    return len(keys) + len(WORDS) + 4


def main(arguments: list[str]) -> int:
    """Gives 1 where memory grows on."""
    wanted = int(arguments[0]) if arguments else 6000
    with tempfile.TemporaryDirectory(prefix="all-day-") as base:
        place, own = str(Path(base) / "demo.db"), environment(Path(base))
        make = [sys.executable, "-m", "feedback_tui", "--db", place, "--today", TODAY, "demo", "--no-open"]
        subprocess.run([*make, "--cases", "300"], env=own, check=True, capture_output=True)
        with Program("--db", place, "--today", TODAY, environment=own) as program:
            program.wait_for("Queue ·")
            pressed, half = 0, 0.0
            told = 0
            while pressed < wanted:
                pressed += one_turn(program)
                if not half and pressed >= wanted / 2:
                    half = resident(program.pid)
                if pressed // 1000 > told:
                    told = pressed // 1000
                    print(f"{pressed:6,} keys: {resident(program.pid):6.1f} MB", flush=True)
            added = resident(program.pid) - half
    print(f"the last half of {pressed:,} keys added {added:.1f} MB; {MOST} may be")
    return 1 if added >= MOST else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
