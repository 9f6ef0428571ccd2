"""``feedback-tui queue`` against ``task list limit:50`` with as many open items: from the prompt to the end.

Run: ``python -m tests.benchmarks.tasks [ITEMS …]``. Needs taskwarrior (Debian's package ``taskwarrior``).
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from uuid import UUID

from tests.benchmarks.measured import against, in_turn, ran, ratio, shown
from tests.benchmarks.stock import UNTIL, open_rows, open_stock
from tests.terminal.program import environment

ROUNDS = 7
GOALS = {20_000: 1.0, 100_000: 0.25}
"""No slower at 20,000; four times faster at 100,000."""


def their_tasks(folder: Path, items: int) -> list[str]:
    """Gives taskwarrior the same items, and the beginning of its command."""
    task = ["task", "rc:/dev/null", f"rc.data.location={folder}", "rc.confirmation=off", "rc.verbose=nothing"]
    tasks = [
        {
            "uuid": str(UUID(int=number, version=4)),
            "description": row["description"],
            "project": row["team"],
            "entry": row["received_on"].replace("-", "") + "T090000Z",
            "due": f"202610{number % 28 + 1:02}T120000Z",
            "status": "pending",
        }
        for number, row in enumerate(open_rows(items), start=1)
    ]
    (folder / "tasks.json").write_text(json.dumps(tasks), "utf-8")
    subprocess.run([*task, "import", str(folder / "tasks.json")], check=True, capture_output=True)
    return task


def main(sizes: list[int], rounds: int = ROUNDS) -> None:
    """Measures and prints."""
    if shutil.which("task") is None:
        print(
            "queue against taskwarrior: task is not installed (Debian's package taskwarrior), nothing to compare with"
        )
        return
    for items in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            theirs = [*their_tasks(folder, items), "list", "limit:50"]
            environ = {**os.environ, **environment(folder)}
            ours = [sys.executable, "-m", "feedback_tui", "--db", str(open_stock(items)), "--today", str(UNTIL)]
            ours += ["queue", "--limit", "50"]
            one, other = in_turn(rounds, partial(ran, ours, environ), partial(ran, theirs, environ))
        found = ratio(one, other)
        goal = GOALS.get(items)
        print(
            f"queue of {items:,} open cases: {shown(statistics.median(one))}, task list limit:50 "
            f"{shown(statistics.median(other))}, ratio {found:.2f}{f' ({against(goal, found)})' if goal else ''}"
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [20_000, 100_000])
