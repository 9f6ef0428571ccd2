"""Runs every benchmark and writes what they print into ``docs/speed.md``: ``make speed``."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "speed.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"
RUNS = (
    ("start", "100", "100000"),
    ("commands", "100", "10000"),
    ("late_holiday", "50000"),
    ("imports", "100000"),
    ("year", "50000"),
    ("answers", "10000"),
)


def measured() -> str:
    """What each benchmark printed, with the machine that it ran on."""
    found = [
        f"{date.today():%-d %B %Y}, {os.cpu_count()} processors, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}:",
        "",
        "```",
    ]
    for module, *sizes in RUNS:
        command = [sys.executable, "-m", f"tests.benchmarks.{module}", *sizes]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        printed = done.stdout.rstrip() or f"{module}: did not end ({done.returncode})"
        print(printed, flush=True)
        found.append(printed)
    return "\n".join([*found, "```"])


def main() -> None:
    """Writes the page."""
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{measured()}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
