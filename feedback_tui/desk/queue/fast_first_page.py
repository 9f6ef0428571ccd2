"""Reads the first page of the queue from a register file with the sqlite3 driver and fixed SQL.

Fast path; only `desk.queue.queue` calls it. Gain: the first page of a session takes 0.55 of the processor time, the
command `queue` 0.4. Cost: the statements of `queue_sql` exist a second time, as text in ``statements/`` (written by
``make statements``), with the types of their columns. Tested against `queue_reader` by
tests/desk/test_queue_at_once.py: the same statements, rows and groups, and no reading of a register that only
SQLAlchemy can open. Delete it when importing SQLAlchemy and the models takes less time than reading a page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from feedback_tui.desk.queue.owed_kinds import SIX_MONTHS_IN_VIEW
from feedback_tui.desk.queue.queue_row import QueueGroup, QueueRow, by_due_date, counted, end_of_week, row_read
from feedback_tui.enums import DeadlineKind, Kind, Status
from feedback_tui.storage.backend.sqlite_fast_reader import Moment, at_once

STATEMENTS = Path(__file__).parent / "statements"
EVERY_ROW = -1
"""The limit that means no limit (SQLite)."""
TYPES: dict[str, Callable[[str], object]] = {
    "kind": Kind,
    "status": Status,
    "deadline": DeadlineKind,
    "due_on": date.fromisoformat,
    "original_due_on": date.fromisoformat,
    "hold_until": date.fromisoformat,
}


def queue_at_once(
    where: str, today: date, reader: str, limit: int | None = None, *, overdue: bool = False, every: bool = False
) -> list[QueueRow] | None:
    """Returns the rows that `queue` returns, in the same order; None if the register cannot be read this way (see
    ``at_once``)."""
    return at_once(where, partial(_rows, today=today, reader=reader, limit=limit, overdue=overdue, every=every))


def groups_at_once(where: str, today: date) -> list[QueueGroup] | None:
    """Returns the groups by due date that `queue_groups` returns for the whole queue; None if it cannot be read this
    way."""
    return at_once(where, partial(_groups, today=today))


def statement_name(*, dated: bool, overdue: bool = False, every: bool = False) -> str:
    """Returns the name of a statement: ``dated``, ``dated-overdue``, ``undated-every``."""
    return "-".join(["dated" if dated else "undated", *["overdue"] * overdue, *["every"] * every])


def _groups(moment: Moment, *, today: date) -> list[QueueGroup]:
    values = {**_values(moment, today), "sunday": end_of_week(today).isoformat()}
    parts = {row["part"]: row["rows"] for row in moment.rows(_statement("counts"), values)}
    (undated,) = moment.rows(_statement("how-many-undated"), values)
    return by_due_date(counted(parts, undated["rows"]))


def _rows(moment: Moment, *, today: date, reader: str, limit: int | None, overdue: bool, every: bool) -> list[QueueRow]:
    values = _values(moment, today)

    def asked(name: str, room: int) -> list[dict[str, Any]]:
        return moment.rows(_statement(name), {**values, "limit": room})

    found = asked(statement_name(dated=True, overdue=overdue, every=every), EVERY_ROW if limit is None else limit)
    room = EVERY_ROW if limit is None else limit - len(found)
    if room and not overdue:
        found += asked(statement_name(dated=False, every=every), room)
    return [row_read(_typed(row), moment, today, reader) for row in found]


def _values(moment: Moment, today: date) -> dict[str, str]:
    horizon = moment.calendar.add_at_most(today, SIX_MONTHS_IN_VIEW)
    return {"today": today.isoformat(), "horizon": horizon.isoformat()}


def _statement(name: str) -> str:
    return (STATEMENTS / f"{name}.sql").read_text("utf-8")


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """Returns a row with dates and closed words converted. Raises ValueError if one is invalid."""
    return {name: TYPES[name](value) if name in TYPES and value is not None else value for name, value in row.items()}
