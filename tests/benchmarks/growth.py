"""How what an officer waits for grows with the register: each thing at three sizes, with the law that fits its seconds.

Run: ``python -m tests.benchmarks.growth [CASES …]`` (100, 10,000 and 1,000,000). The registers are asked in turn.
"""

from __future__ import annotations

import math
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.log import log
from feedback_tui.desk.case.page import case_page
from feedback_tui.desk.case_list import cases
from feedback_tui.desk.earlier_cases import earlier_cases, find_references
from feedback_tui.desk.find import find
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_reader import queue, queue_counts
from feedback_tui.enums import Kind
from feedback_tui.models.inputs.stages import NewCase
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.maintenance.backup import backup
from feedback_tui.storage.register import Register
from tests.benchmarks.measured import in_turn, shown, taken
from tests.benchmarks.stock import UNTIL, opened, stock

SIZES = (100, 10_000, 1_000_000)
ROUNDS = 5
LONG = 2.0
"""Seconds from which a thing is measured once: it is long enough to be told from noise."""
FLAT = 1.6
"""How many times a smaller register's seconds those of the largest may be, for a thing that does not grow."""


@dataclass(frozen=True)
class Thing:
    """Something to wait for, and why it grows as it does."""

    what: str
    work: Callable[[Register], object]
    why: str
    writes: bool = False
    """Whether it is done to copies of the stocks."""
    most: int = 1_000_000
    """The largest register that it is measured on: what takes minutes there is a benchmark of its own."""


def _a_case(register: Register) -> object:
    return case_page(register, queue(register, UNTIL, limit=1)[0].reference, UNTIL)


def _a_step(register: Register) -> object:
    return log(Actor(register, "bench", UNTIL), NewCase(kind=Kind.COMMENT, received_on=UNTIL, description="Thank you"))


def _the_year(register: Register) -> object:
    return figures_of(register, reporting_year("2025/26"), UNTIL)


def _a_copy(register: Register) -> None:
    with tempfile.TemporaryDirectory(dir=register.path.parent) as name:
        backup(register, Path(name) / "copy.db")


THINGS = (
    Thing("first page of the queue", lambda register: queue(register, UNTIL, limit=50), "what is open, by an index"),
    Thing("counts of the queue", lambda register: queue_counts(register, UNTIL), "what is open, each counted once"),
    Thing(
        "the queue filtered by a word",
        lambda register: queue(register, UNTIL, QueueFilter(words="invoice"), limit=50),
        "the words of what is open are looked into",
    ),
    Thing("first page of all cases", lambda register: cases(register, UNTIL, limit=50), "an index in order"),
    Thing("the case that is due first", _a_case, "the first page of the queue, then its case by its key"),
    Thing("a reference, whole", lambda register: find_references(register, "WM-26-0050", 1), "a key of an index"),
    Thing("a part of a reference", lambda register: find_references(register, "6-005"), "every reference is read"),
    Thing(
        "earlier cases of a name", lambda register: earlier_cases(register, "Jean Kershaw"), "each name is looked into"
    ),
    Thing("a rare word anywhere", lambda register: find(register, "quetiazepam"), "an index of words"),
    Thing("a common word anywhere", lambda register: find(register, "invoice"), "all that have it are ranked"),
    Thing("a new case, saved", _a_step, "its rows, its event and its words are added; nothing else is read", True),
    Thing("the year", _the_year, "every case of the year is counted"),
    Thing("a backup, proved", _a_copy, "every byte is copied, read and hashed", most=100_000),
    Thing("check", check, "every row is compared with what was recorded", most=100_000),
)


def law(sizes: Sequence[int], seconds: Sequence[float]) -> str:
    """Flat, logarithmic or linear: what fits the seconds at these sizes best, by their ratios to what is meant."""
    if seconds[-1] <= FLAT * max(seconds[:-1]):
        return "flat"
    off = {
        "logarithmic": _off([math.log(size) for size in sizes], seconds),
        "linear": _off([float(size) for size in sizes], seconds),
    }
    return min(off, key=lambda name: off[name])


def _off(grown: Sequence[float], seconds: Sequence[float]) -> float:
    """How far seconds are from the best `a + b x` (both at least 0), as the squares of their ratios' logarithms.

    The line goes through the ends: in between it is told which law holds.
    """
    slope = max((seconds[-1] - seconds[0]) / (grown[-1] - grown[0]), 0.0)
    start = max(seconds[0] - slope * grown[0], 0.0)
    fitted = [max(start + slope * x, 1e-9) for x in grown]
    return sum(math.log(each / fit) ** 2 for each, fit in zip(seconds, fitted, strict=True))


def measure(thing: Thing, registers: Sequence[Register], rounds: int) -> list[float]:
    """The median seconds of a thing at each size."""
    works = [partial(thing.work, register) for register in registers]
    # The first time, what both need is loaded and compiled.
    first = [taken(work) for work in works]
    if max(first) > LONG:
        return [min(once, taken(work)) if once < LONG else once for once, work in zip(first, works, strict=True)]
    return [statistics.median(each) for each in in_turn(rounds, *works)]


def _seconds(thing: Thing, sizes: Sequence[int], rounds: int) -> list[float]:
    stocks = [stock(size) for size in sizes]
    with ExitStack() as stack:
        if thing.writes:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=stocks[0].parent)))
            stocks = [Path(shutil.copy(kept, folder / f"{size}.db")) for kept, size in zip(stocks, sizes, strict=True)]
        return measure(thing, [stack.enter_context(opened(kept)) for kept in stocks], rounds)


def main(sizes: Sequence[int], rounds: int = ROUNDS) -> None:
    """Measures and prints."""
    print(f"{'cases':34}{''.join(f'{size:>11,}' for size in sizes)}")
    for thing in THINGS:
        found_at = [min(size, thing.most) for size in sizes]
        found = _seconds(thing, found_at, rounds)
        times = "".join(f"{shown(each):>11}" for each in found)
        less = f" (the last at {thing.most:,})" if found_at[-1] < sizes[-1] else ""
        print(f"{thing.what:34}{times}  {law(found_at, found)}{less}: {thing.why}", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
