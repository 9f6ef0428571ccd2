"""A late bank holiday over many open deadlines, against the bare UPDATEs and event INSERTs that it must make.

Run: ``python -m tests.benchmarks.late_holiday [CASES]``. Both write the same rows, on copies of one register, in turn.
"""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.days_off import change_days_off
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.exchange.register_csv import read_rows
from feedback_tui.models.inputs.stages import DaysOffChange
from feedback_tui.rules.profile import load_profile, profile_text
from feedback_tui.rules.working_days import DayOff
from feedback_tui.storage.backend.sqlite_connection import apply_settings, connect
from feedback_tui.storage.register import create_register, open_register
from tests.benchmarks.measured import against

TODAY = date(2026, 4, 20)
WEDDING = DayOff(date(2026, 5, 6), "A royal wedding")
ROUNDS = 3


def make(path: Path, cases: int) -> None:
    """A register of open complaints: each has an aim and a limit that lie across the new day off."""
    register = create_register(str(path), profile_text("shropshire"))
    rows = (
        {
            "reference": f"B-{number:06}",
            "kind": "complaint",
            "procedure": "statutory-adult",
            "received_on": (TODAY - timedelta(days=number % 14)).isoformat(),
            "description": "No carer came",
            "acknowledged_on": TODAY.isoformat(),
        }
        for number in range(cases)
    )
    import_cases(Actor(register, "bench", TODAY), read_rows(rows, load_profile("shropshire"), TODAY))
    register.close()


def ours(path: Path) -> float:
    """Seconds that the verb takes."""
    register = open_register(str(path))
    started = time.perf_counter()
    done = change_days_off(Actor(register, "bench", TODAY), DaysOffChange(added=(WEDDING,)))
    taken = time.perf_counter() - started
    register.close()
    assert done.moved
    return taken


@dataclass(frozen=True)
class Written:
    """What the verb wrote, as rows for a statement."""

    deadlines: list[tuple[object, ...]]
    cases: list[tuple[object, ...]]
    events: list[tuple[object, ...]]


def bare(path: Path, rows: Written) -> float:
    """Seconds that SQLite takes to write the same with the same settings, given the rows."""
    with closing(connect(path)) as connection:
        apply_settings(connection)
        marks = ", ".join("?" * len(rows.events[0]))
        started = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "UPDATE deadline SET due_on = ?, original_due_on = ?, calendar = ? WHERE id = ?", rows.deadlines
        )
        connection.executemany("UPDATE feedback_case SET version = ?, changed_at = ? WHERE id = ?", rows.cases)
        connection.executemany(f"INSERT INTO event VALUES ({marks})", rows.events)
        connection.execute("COMMIT")
        return time.perf_counter() - started


def written(before: Path, after: Path) -> Written:
    """The deadlines and cases that the verb changed, and the events that it wrote."""
    with closing(sqlite3.connect(after)) as connection:
        connection.execute("ATTACH ? AS old", (str(before),))
        deadlines = connection.execute(
            "SELECT d.due_on, d.original_due_on, d.calendar, d.id FROM deadline d JOIN old.deadline o USING (id) "
            "WHERE d.due_on <> o.due_on"
        ).fetchall()
        cases = connection.execute(
            "SELECT c.version, c.changed_at, c.id FROM feedback_case c JOIN old.feedback_case o USING (id) "
            "WHERE c.version <> o.version"
        ).fetchall()
        events = connection.execute(
            "SELECT * FROM event WHERE id > (SELECT max(id) FROM old.event) AND case_id IS NOT NULL"
        ).fetchall()
    return Written(deadlines, cases, events)


def main(cases: int) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name) / "register.db"
        make(whole, cases)
        times: dict[str, list[float]] = {"ours": [], "bare": []}
        count = 0
        for _ in range(ROUNDS):
            copy, again = (Path(shutil.copy(whole, Path(name) / each)) for each in ("ours.db", "bare.db"))
            times["ours"].append(ours(copy))
            rows = written(whole, copy)
            count = len(rows.deadlines)
            times["bare"].append(bare(again, rows))
        ratio = statistics.median(a / b for a, b in zip(times["ours"], times["bare"], strict=True))
        print(
            f"late bank holiday, {count:,} open deadlines: {statistics.median(times['ours']):.2f} s, "
            f"bare UPDATEs and INSERTs {statistics.median(times['bare']):.2f} s, "
            f"ratio {ratio:.2f} ({against(2, ratio)})"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
