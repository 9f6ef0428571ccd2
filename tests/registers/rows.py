"""What both builders stand on: rows by register column, days, and fixed patterns to spread figures over cases."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from feedback_tui.rules.working_days import england

Row = dict[str, str]
T = TypeVar("T")
U = TypeVar("U")

CALENDAR = england()
# Written out here a second time on purpose: the contract as these registers understand it.
COLUMNS = (
    "reference", "kind", "procedure", "received_on", "channel", "customer_name", "correspondent_name",
    "correspondent_role", "team", "provider", "category", "theme", "description", "investigation_started_on",
    "investigating_officer", "acknowledged_on", "extended_to", "extension_reason", "extension_told_on", "responded_on",
    "outcome", "review_requested_on", "review_responded_on", "review_outcome", "ombudsman_received_on",
    "ombudsman_responded_on", "ombudsman_decided_on", "ombudsman_decision", "remedy", "remedy_amount", "learning_area",
    "learning", "action", "action_owner", "action_due_on", "action_done_on", "closed_on", "closing_reason",
    "compliment_source", "recipient_role",
)  # fmt: skip


def row(**values: str | date | None) -> Row:
    """A row with every column; what is not given is empty."""
    if unknown := values.keys() - set(COLUMNS):
        raise KeyError(f"no such column: {', '.join(sorted(unknown))}")
    return {column: _text(values.get(column)) for column in COLUMNS}


def put(into: Row, **values: str | date | None) -> None:
    """Writes some columns of a row."""
    for column, value in values.items():
        if column not in into:
            raise KeyError(f"no such column: {column}")
        into[column] = _text(value)


def day(of: Row, column: str) -> date:
    """The date in a column that has one."""
    return date.fromisoformat(of[column])


def _text(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def mixed(counts: Mapping[T, int], pattern: str) -> list[T]:
    """Each key as often as its count says, in a fixed order that looks like chance; `pattern` names the order."""
    spread = [key for key, count in counts.items() for _ in range(count)]
    Random(pattern).shuffle(spread)
    return spread


def matched(items: Sequence[T], counts: Mapping[U, int], likes: Callable[[T], Iterable[U]], pattern: str) -> list[U]:
    """One of `counts` for each item, all used up: what the item likes while there is some, the rest mixed.

    Raises ValueError where items and counts differ in number.
    """
    pool = mixed(counts, pattern)
    if len(pool) != len(items):
        raise ValueError(f"{len(pool)} to give to {len(items)}: {pattern}")
    given: dict[int, U] = {}
    for position, item in enumerate(items):
        if (liked := next((key for key in likes(item) if key in pool), None)) is not None:
            pool.remove(liked)
            given[position] = liked
    return [given[position] if position in given else pool.pop() for position in range(len(items))]


def days_in_all(count: int, total: int) -> list[int]:
    """`count` numbers of working days that sum to `total`, spread evenly from a third to five thirds of the mean."""
    mean = total / count
    shape = [int(mean * (0.35 + 1.3 * (n + 0.5) / count)) for n in range(count)]
    short = total - sum(shape)
    return [days + short // count + (n < short % count) for n, days in enumerate(shape)]


def days_of_month(month: str, count: int) -> list[date]:
    """`count` days spread evenly over the month ``2022-04``, weekends among them."""
    first = date.fromisoformat(f"{month}-01")
    length = ((first + timedelta(days=32)).replace(day=1) - first).days
    return [first + timedelta(days=int((n + 0.5) * length / count)) for n in range(count)]


def share(part: int, whole: int) -> int:
    """`part` of `whole` in percent, to the nearest whole number, halves up: as the reports print it."""
    return (200 * part + whole) // (2 * whole)


def write(rows: Iterable[Row], to: Path) -> None:
    """Writes the register as CSV."""
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def main(build: Callable[[], list[Row]]) -> None:
    """``python -m tests.registers.shropshire OUT.csv``"""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.registers.NAME OUT.csv")
    rows = build()
    write(rows, Path(sys.argv[1]))
    print(f"{len(rows)} rows written to {sys.argv[1]}", file=sys.stderr)
