"""Full-text search as you type, against the bare FTS5 query on the same file, in turn, letter by letter.

Run: ``python -m tests.benchmarks.searching [CASES]``. Both give the 50 best cases with a piece of their text.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
from contextlib import closing
from functools import partial
from typing import Any

from feedback_tui.desk.find import MOST, find
from feedback_tui.screens.queue.find import FEWEST
from feedback_tui.storage.backend.sqlite_connection import apply_settings, connect
from tests.benchmarks.measured import against, in_turn, shown
from tests.benchmarks.stock import opened, stock

TYPED = ("invoice", "carer late", "thornbury", "o'brien", "wm-26-0100")
"""A common word, two of them, a village that few letters name, a name, a reference."""
ROUNDS = 5
BARE = (
    f"SELECT rowid, snippet(search, -1, '[', ']', '…', 14) FROM search WHERE search MATCH ? ORDER BY rank LIMIT {MOST}"
)


def _bare(connection: sqlite3.Connection, asked: str) -> list[Any]:
    return connection.execute(BARE, (asked,)).fetchall()


def main(cases: int, rounds: int = ROUNDS) -> None:
    """Measures and prints."""
    path = stock(cases)
    ours: list[float] = []
    theirs: list[float] = []
    slowest = (0.0, "", 0.0)
    with opened(path) as register, closing(connect(path)) as bare:
        apply_settings(bare)
        for words in TYPED:
            for end in range(FEWEST, len(words) + 1):
                typed = words[:end]
                asked = " ".join('"' + word.replace('"', '""') + '"*' for word in typed.split())
                found = in_turn(rounds, partial(find, register, typed), partial(_bare, bare, asked))
                one, other = map(statistics.median, found)
                ours.append(one)
                theirs.append(other)
                slowest = max(slowest, (one, typed, other))
    whole = sum(ours) / sum(theirs)
    letters = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(
        f"search as you type, {cases:,} cases, {len(ours)} letters: {shown(sum(ours))}, bare FTS5 query "
        f"{shown(sum(theirs))}, ratio {whole:.2f} ({against(1.2, whole)}); letter by letter {letters:.2f}; the median "
        f"letter {shown(statistics.median(ours))}, the slowest (“{slowest[1]}”) {shown(slowest[0])}, bare "
        f"{shown(slowest[2])}"
    )


if __name__ == "__main__":
    size = int((sys.argv[1:] or ["100000"])[0])
    # Over a million cases a common word is ranked for a second: two rounds are a few minutes.
    main(size, ROUNDS if size < 500_000 else 2)
