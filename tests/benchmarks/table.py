"""Runs every benchmark and writes what they print into ``docs/speed.md``: ``make speed``.

``python -m tests.benchmarks.table PART …`` measures these parts alone again; each says the day that it was measured
on. The page is written after every part: a run that is stopped leaves what it had.
"""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

from tests.benchmarks import stock

PAGE = Path(__file__).parents[2] / "docs" / "speed.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"
PARTS: dict[str, tuple[str, ...]] = {
    "start": ("start", "100", "100000"),
    "commands": ("commands", "100", "10000"),
    "queue beside taskwarrior": ("tasks", "20000", "100000"),
    "keys": ("keys", "100", "100000"),
    "answers": ("answers", "10000"),
    "late holiday": ("late_holiday", "50000"),
    "import": ("imports", "100000"),
    "search": ("searching", "1000000"),
    "backup": ("keeping", "backup", "125000"),
    "year": ("year", "1000000"),
    "check": ("keeping", "check", "1000000"),
    "growth": ("growth", "100", "10000", "1000000"),
}
STOCKS = (100, 10_000, 100_000, 125_000, 1_000_000)


def measured(part: str) -> str:
    """What the benchmark of a part prints, with the day and the machine."""
    module, *arguments = PARTS[part]
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    printed = done.stdout.rstrip()
    if done.returncode:
        printed = f"{printed}\n{part}: did not end ({done.returncode})".lstrip()
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    machine = (
        f"{date.today():%-d %B %Y}, {os.cpu_count()} processors with {busy:.1f} programs waiting for each, Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    return f"{machine}:\n\n```\n{printed}\n```"


def parts_of(page: str) -> dict[str, str]:
    """What was measured of each part, as it stands in the page."""
    _, _, rest = page.partition(BEGIN)
    found = re.split(r"^### (.*)\n", rest.partition(END)[0], flags=re.MULTILINE)[1:]
    return {name: words.strip() for name, words in zip(found[::2], found[1::2], strict=True)}


def with_parts(page: str, parts: dict[str, str]) -> str:
    """The page with these parts, in their order; what is no part any more is left out."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    listed = "\n\n".join(f"### {name}\n\n{parts[name]}" for name in PARTS if name in parts)
    return f"{before}{BEGIN}\n{listed}\n{END}{after}"


def main(wanted: list[str]) -> None:
    """Measures and writes."""
    for cases in STOCKS if not wanted else ():
        stock.stock(cases, say=lambda words: print(words, flush=True))
    for part in wanted or PARTS:
        print(f"{part} …", flush=True)
        words = measured(part)
        print(words, flush=True)
        page = PAGE.read_text("utf-8")
        PAGE.write_text(with_parts(page, {**parts_of(page), part: words}), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
