"""How long the year of a large register takes: ``python -m tests.benchmarks.year [CASES]``.

An invented register is imported once and its rows are then repeated, case by case, until there are CASES (200,000
unless said otherwise), all received in the years it was invented for. Printed: seconds for the figures, on the
clock and of the processor, those spent in the database, and the slowest questions.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Table, event
from sqlmodel import SQLModel

from feedback_tui.casework.duty import Duty
from feedback_tui.casework.import_cases import import_cases
from feedback_tui.exchange.fictional import fictional_register
from feedback_tui.exchange.register_csv import read_rows
from feedback_tui.reports.figures import figures
from feedback_tui.rules.months import year_of
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import Register, create_register

TODAY = date(2025, 4, 20)
SEED_CASES = 1000
REPEATED = (
    "feedback_case", "stage", "complaint_point", "party", "extension", "remedy", "learning", "action",
    "ombudsman_record", "deadline",
)  # fmt: skip


def main() -> None:
    """Makes the register, computes its year, and prints how long it took."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        register = create_register(str(Path(folder) / "large.db"), profile_text("shropshire"))
        rows = fictional_register(SEED_CASES, TODAY, profile=register.profile, years=1)
        import_cases(Duty(register, "Benchmark", TODAY), read_rows(rows, register.profile, TODAY))
        _repeat(register, cases // SEED_CASES)
        _measure(register, cases)
        register.close()


def _repeat(register: Register, times: int) -> None:
    """Every row of a case again, `times` - 1 times, under ids of its own."""
    with register.engine.connect() as connection:
        steps = {
            name: int(connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) + 1 FROM {name}").scalar_one())
            for name in REPEATED
        }
        for name in REPEATED:
            for number in range(1, times):
                connection.exec_driver_sql(_again(SQLModel.metadata.tables[name], number, steps))
        connection.commit()


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
    spent: list[tuple[float, str]] = []

    def before(connection: Any, *_: Any) -> None:
        connection.info["started"] = time.perf_counter()

    def after(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        spent.append((time.perf_counter() - connection.info["started"], statement))

    event.listen(register.engine, "before_cursor_execute", before)
    event.listen(register.engine, "after_cursor_execute", after)
    with register.reading() as session:
        started, worked = time.perf_counter(), time.process_time()
        found = figures(session, register.profile, year_of(date(2024, 6, 1)), TODAY)
        seconds, worked = time.perf_counter() - started, time.process_time() - worked
    database = sum(took for took, _ in spent)
    print(f"{cases:,} cases, {found.complaints.cases:,} complaints in the year, {len(spent)} questions:")
    print(f"{seconds:.2f} s, of which the processor worked {worked:.2f} s; in the database {database:.2f} s")
    for took, statement in sorted(spent, reverse=True)[:8]:
        print(f"  {took:.2f} s  {' '.join(statement.split())[:150]}")


if __name__ == "__main__":
    main()
