"""How long the year of a large register takes: ``python -m tests.benchmarks.year [CASES]``.

The register is a stock (``tests.benchmarks.stock``) of CASES, 100,000 unless said otherwise, over two years. The
figures are computed in turn with the same questions asked by hand (year.sql), over the same tables in one run: printed
is the ratio of their best times, what each took, the memory that the figures add, and with ``--slowest`` the slowest
questions.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from feedback_tui.reports.figure_rows import Figures
from feedback_tui.reports.figures import figures
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.register import Register
from tests.benchmarks.measured import against
from tests.benchmarks.stock import UNTIL, opened, stock

YEAR, BEFORE = reporting_year("2025/26"), reporting_year("2024/25")
VALUES = {
    "start": str(YEAR.start), "end": str(YEAR.end), "as_of": str(UNTIL),
    "before": str(BEFORE.start), "before_end": str(BEFORE.end),
}  # fmt: skip
BY_HAND = Path(__file__).with_name("year.sql")
ROUNDS = 3


def main() -> None:
    """Computes the year of a register, and prints how long it took."""
    cases = int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else 100_000
    with opened(stock(cases)) as register:
        _measure(register, cases)


def _measure(register: Register, cases: int) -> None:
    ours, by_hand = [], []
    before = _memory()
    rounds = ROUNDS if cases < 500_000 else 1
    for _ in range(rounds):
        by_hand.append(_timed(lambda: _by_hand(register)))
        ours.append(_timed(lambda: _figures(register)))
    found = _figures(register)
    counted = _complaints_by_hand(register)
    assert found.complaints.cases == counted, (found.complaints.cases, counted)
    ratio = min(ours) / min(by_hand)
    print(
        f"the year of {cases:,} cases, {found.complaints.cases:,} complaints in it: {min(ours):.2f} s, by hand "
        f"{min(by_hand):.2f} s, ratio {ratio:.2f} ({against(1.5, ratio)}; best of {rounds} in turn); memory "
        f"{before:.0f} MB before, {_memory():.0f} MB after"
    )
    if "--slowest" in sys.argv:
        _print_slowest(register)


def _figures(register: Register) -> Figures:
    with register.reading() as session:
        return figures(session, register.profile, YEAR, UNTIL)


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
