"""How long the year of a large register takes: ``python -m tests.benchmarks.year [CASES]``.

An invented register is imported once and its rows are then repeated, case by case, until there are CASES (200,000
unless said otherwise), all received in the two years it was invented for. The figures are computed in turn with the
same questions asked by hand (year.sql), over the same tables in one run: printed is the ratio of their best times, what
each took, the memory that the figures add, and with ``--slowest`` the slowest questions.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Table, event, text
from sqlmodel import SQLModel

from feedback_tui.casework.duty import Duty
from feedback_tui.casework.import_cases import import_cases
from feedback_tui.exchange.fictional import fictional_register
from feedback_tui.exchange.register_csv import read_rows
from feedback_tui.reports.figures import figures
from feedback_tui.reports.shapes import Figures
from feedback_tui.rules.months import reporting_year
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import Register, create_register

TODAY = date(2025, 4, 20)
YEAR, BEFORE = reporting_year("2024/25"), reporting_year("2023/24")
VALUES = {
    "start": str(YEAR.start), "end": str(YEAR.end), "as_of": str(TODAY),
    "before": str(BEFORE.start), "before_end": str(BEFORE.end),
}  # fmt: skip
BY_HAND = Path(__file__).with_name("year.sql")
ROUNDS = 3
SEED_CASES = 1000
REPEATED = (
    "feedback_case", "stage", "complaint_point", "party", "extension", "remedy", "learning", "action",
    "ombudsman_record", "deadline",
)  # fmt: skip


def main() -> None:
    """Makes the register, computes its year, and prints how long it took."""
    cases = int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else 200_000
    with tempfile.TemporaryDirectory() as folder:
        register = create_register(str(Path(folder) / "large.db"), profile_text("shropshire"))
        rows = fictional_register(SEED_CASES, TODAY, profile=register.profile, years=2)
        import_cases(Duty(register, "Benchmark", TODAY), read_rows(rows, register.profile, TODAY))
        _repeat(register, cases // SEED_CASES)
        _measure(register, cases)
        register.close()


def _repeat(register: Register, times: int) -> None:
    """Every row of a case again, `times` - 1 times, under ids of its own."""
    connection = sqlite3.connect(register.where, isolation_level=None)
    # The stock is thrown away: it need not survive a power cut while it is made.
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
        connection.execute(f"PRAGMA {pragma}")
    steps = {
        name: int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {name}").fetchone()[0]) for name in REPEATED
    }
    for name in REPEATED:
        connection.execute("BEGIN")
        for number in range(1, times):
            connection.execute(_again(SQLModel.metadata.tables[name], number, steps))
        connection.execute("COMMIT")
    connection.close()


def _again(table: Table, number: int, steps: dict[str, int]) -> str:
    """The statement that repeats the first rows of a table for the `number`th time."""

    def value(name: str) -> str:
        if name in ("reference", "reference_key"):
            return f"{name} || '-{number}'"
        belongs = next((key.column.table.name for key in table.c[name].foreign_keys), None)
        step = steps[table.name] if name == "id" else steps.get(belongs or "")
        return name if step is None else f"{name} + {number * step}"

    names = [column.name for column in table.columns]
    values = ", ".join(map(value, names))
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table.name} ({quoted}) SELECT {values} FROM {table.name} WHERE id < {steps[table.name]}"


def _measure(register: Register, cases: int) -> None:
    ours, by_hand = [], []
    before = _memory()
    for _ in range(ROUNDS):
        by_hand.append(_timed(lambda: _by_hand(register)))
        ours.append(_timed(lambda: _figures(register)))
    found = _figures(register)
    counted = _complaints_by_hand(register)
    assert found.complaints.cases == counted, (found.complaints.cases, counted)
    print(f"{cases:,} cases, {found.complaints.cases:,} complaints in the year, best of {ROUNDS} rounds in turn:")
    print(f"figures {min(ours):.2f} s, by hand {min(by_hand):.2f} s, ratio {min(ours) / min(by_hand):.2f} (goal 1.5)")
    print(f"memory: {before:.0f} MB before, {_memory():.0f} MB after the figures")
    if "--slowest" in sys.argv:
        _print_slowest(register)


def _figures(register: Register) -> Figures:
    with register.reading() as session:
        return figures(session, register.profile, YEAR, TODAY)


def _by_hand(register: Register) -> None:
    said = "\n".join(line for line in BY_HAND.read_text("utf-8").splitlines() if not line.startswith("--"))
    questions = [question for question in said.split(";") if question.strip()]
    with register.reading() as session:
        for question in questions:
            session.execute(text(question), VALUES).all()


def _complaints_by_hand(register: Register) -> int:
    question = (
        "SELECT count(*) FROM feedback_case WHERE kind = 'complaint' AND status <> 'void' "
        "AND received_on BETWEEN :start AND :end"
    )
    with register.reading() as session:
        return int(session.execute(text(question), VALUES).scalar_one())


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _memory() -> float:
    """The memory that this process holds now, in MB (Linux)."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() / 1e6


def _print_slowest(register: Register) -> None:
    spent: list[tuple[float, str]] = []

    def before(connection: Any, *_: Any) -> None:
        connection.info["started"] = time.perf_counter()

    def after(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        spent.append((time.perf_counter() - connection.info["started"], statement))

    event.listen(register.engine, "before_cursor_execute", before)
    event.listen(register.engine, "after_cursor_execute", after)
    _figures(register)
    print(f"{len(spent)} questions, {sum(took for took, _ in spent):.2f} s in the database; the slowest:")
    for took, statement in sorted(spent, reverse=True)[:14]:
        print(f"  {took:.2f} s  {' '.join(statement.split())[:170]}")


if __name__ == "__main__":
    main()
