"""Commands that only read, against importing SQLModel and Rich alone; a step, against the bare INSERTs it must make.

Run: ``python -m tests.benchmarks.commands [CASES …]``. In turn, pair by pair; prints medians and ratios.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.log import log
from feedback_tui.desk.case.explained_dates import explained
from feedback_tui.desk.case.page import case_page
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import Acknowledgement, NewCase
from feedback_tui.storage.backend.sqlite_connection import apply_settings, connect
from feedback_tui.storage.register import open_register
from tests.benchmarks.measured import against
from tests.terminal.program import environment

Statement = tuple[str, Any]
ROUNDS = 7
STEPS = 60
YARDSTICK = "import sqlmodel, rich.console, rich.table"
READING = {
    "queue": ("queue", "--limit", "50"),
    "show": ("show", "{reference}"),
    "summary": ("summary", "{year}"),
}


def seconds(command: list[str], environ: dict[str, str]) -> float:
    """Seconds that a command takes."""
    started = time.perf_counter()
    subprocess.run(command, check=True, env=environ, capture_output=True)
    return time.perf_counter() - started


def made(folder: Path, cases: int, environ: dict[str, str]) -> Path:
    """A fictional register of this size."""
    path = folder / f"{cases}.db"
    program = [sys.executable, "-m", "feedback_tui", "--db", str(path), "demo", "--no-open", "--cases", str(cases)]
    subprocess.run(program, check=True, env=environ, capture_output=True)
    return path


def reading(path: Path, cases: int, environ: dict[str, str]) -> None:
    """Prints a line for each command that reads."""
    with closing(sqlite3.connect(path)) as connection:
        (reference,) = connection.execute("SELECT reference FROM feedback_case ORDER BY id DESC").fetchone()
    today = date.today()
    start = today.year - (today.month < 4)
    words = {"reference": reference, "year": f"{start - 1}/{start % 100:02}"}
    for name, arguments in READING.items():
        program = [sys.executable, "-m", "feedback_tui", "--db", str(path)]
        program += [argument.format(**words) for argument in arguments]
        ours, bare = [], []
        for _ in range(ROUNDS):
            ours.append(seconds(program, environ))
            bare.append(seconds([sys.executable, "-c", YARDSTICK], environ))
        ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
        print(
            f"{name}, {cases:,} cases: {statistics.median(ours):.2f} s, importing SQLModel and Rich alone "
            f"{statistics.median(bare):.2f} s, ratio {ratio:.2f} ({against(1.6, ratio)})"
        )


def step(path: Path, cases: int) -> None:
    """Prints what a step takes, against the statements that it sends, with the same settings, each with its commit.

    On copies of one register: one for the steps, one on which their statements are noted, one that only gets those.
    """
    register = open_register(str(path))
    actor = Actor(register, "bench", date.today())
    new = NewCase(
        kind=Kind.COMPLAINT, received_on=actor.today, procedure="statutory-adult", description="No carer came"
    )
    references = [log(actor, new).reference for _ in range(STEPS)]
    register.close()
    timed, noted, replayed = (Path(shutil.copy(path, path.with_suffix(f".{name}"))) for name in ("a", "b", "c"))
    ours = _acknowledged(timed, references)
    sent: list[list[Statement]] = []
    _acknowledged(noted, references, sent)
    with closing(connect(replayed)) as connection:
        apply_settings(connection)
        bare = [_taken(partial(_send, connection, statements)) for statements in sent]
    more = statistics.median(ours) / statistics.median(bare)
    print(
        f"acknowledge, {cases:,} cases: {statistics.median(ours) * 1000:.1f} ms, its bare INSERTs and UPDATEs with the "
        f"same durability {statistics.median(bare) * 1000:.1f} ms, ratio {more:.2f} "
        f"({against(2, more)})"
    )


def _acknowledged(path: Path, references: list[str], sent: list[list[Statement]] | None = None) -> list[float]:
    """Seconds that each acknowledgement takes; with `sent`, what each writes is added there."""
    register = open_register(str(path))
    actor = Actor(register, "bench", date.today())
    given = Acknowledgement(on=actor.today, channel="email")

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        if sent and sql.split(None, 1)[0] in ("INSERT", "UPDATE", "DELETE"):
            sent[-1] += [(sql, row) for row in (values if many else [values])]

    if sent is not None:
        event.listen(register.engine, "before_cursor_execute", note)
    taken = []
    for reference in references:
        if sent is not None:
            sent.append([])
        taken.append(_taken(partial(acknowledge, actor, reference, given)))
    register.close()
    return taken


def explaining(path: Path, cases: int) -> None:
    """Prints what explaining one date takes, once the case is read."""
    register = open_register(str(path))
    with register.reading() as session:
        (reference,) = session.connection().exec_driver_sql(
            "SELECT reference FROM feedback_case WHERE procedure IS NOT NULL AND kind = 'complaint' ORDER BY id DESC"
        ).first() or ("",)  # fmt: skip
    read = [_taken(lambda: case_page(register, reference, date.today())) for _ in range(STEPS)]
    page = case_page(register, reference, date.today())
    told = [_taken(partial(explained, page, due, register.calendar, 80)) for due in page.deadlines for _ in range(20)]
    register.close()
    print(
        f"explaining one date, {cases:,} cases: {statistics.median(told) * 1000:.2f} ms, reading its case "
        f"{statistics.median(read) * 1000:.1f} ms"
    )


def _send(connection: sqlite3.Connection, statements: list[Statement]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for sql, values in statements:
        connection.execute(sql, values)
    connection.execute("COMMIT")


def _taken(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main(sizes: list[int]) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = {**os.environ, **environment(folder)}
        for cases in sizes:
            path = made(folder, cases, environ)
            reading(path, cases, environ)
            explaining(path, cases)
            step(path, cases)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100, 10_000])
