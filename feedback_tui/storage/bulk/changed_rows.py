"""Updates the same columns of many rows with one statement, and captures the changes without loading the rows as
objects.

It is for moving the deadlines of all open cases; a step of one case uses the session.

Fast path, with `casework.move_deadlines`. Gain: a late bank holiday takes at most twice the time of the bare statements
(`make bench`). Cost: it repeats for rows what change capture does for a session. Tested against counting each deadline
and saving each case by tests/rules/test_late_holidays.py and tests/casework/test_days_off.py. Delete it when saving
each case takes less than 1.1 of its time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, update
from sqlalchemy.engine import Connection
from sqlmodel import Session, SQLModel

from feedback_tui.models.case import Case
from feedback_tui.storage.audit.change_capture import Capture, table_of
from feedback_tui.storage.audit.hash_chain import plain
from feedback_tui.storage.backend.sqlite_engine import canonical_json

AT_ONCE = 500
"""How many rows one statement names."""


@dataclass(frozen=True)
class SharedChange:
    """One change that many rows share. `before` and `after` have the same columns, none of which
    holds personal text."""

    before: Mapping[str, object]
    after: Mapping[str, object]
    rows: Sequence[tuple[int, int]]
    """Pairs of row id and case id."""


def change_rows(
    session: Session, capture: Capture, model: type[SQLModel], changes: Iterable[SharedChange], now: datetime
) -> None:
    """Writes and captures the changes, and increments the version of each case they belong to."""
    table, connection = table_of(model), session.connection()
    touched: set[int] = set()
    for change in changes:
        changed = [name for name in change.after if change.before[name] != change.after[name]]
        before, after = ({name: plain(side[name]) for name in changed} for side in (change.before, change.after))
        begin, end = f'["{table.name}",', f",{canonical_json(before)},{canonical_json(after)}]"
        _update(
            connection, table, {name: change.after[name] for name in changed}, [row_id for row_id, _ in change.rows]
        )
        for row_id, case_id in change.rows:
            capture.by_case[case_id].append(f"{begin}{row_id}{end}")
            touched.add(case_id)
    cases = table_of(Case)
    _update(connection, cases, {"version": cases.c.version + 1, "changed_at": now}, sorted(touched))


def _update(connection: Connection, table: Table, values: Mapping[str, Any], ids: Sequence[int]) -> None:
    """Sets the same values in all these rows. Values are converted once and the statement goes to the driver directly.

    If an indexed column changes, one statement for each row is sent: the database does that faster than many rows in a
    statement.
    """
    dialect = connection.dialect
    compiled = update(table).values(values).compile(dialect=dialect)
    sent: dict[str, Any] = {}
    for name, value in compiled.params.items():
        convert = compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
        sent[name] = value if convert is None else convert(value)
    order = compiled.positiontup
    given: Any = sent if order is None else tuple(sent[name] for name in order)
    if any(column.name in values for index in table.indexes for column in index.columns):
        one: list[Any] = [{**sent, "id": row} for row in ids] if order is None else [(*given, row) for row in ids]
        connection.exec_driver_sql(f"{compiled} WHERE id = {'%(id)s' if order is None else '?'}", one)
        return
    for start in range(0, len(ids), AT_ONCE):
        which = ", ".join(map(str, ids[start : start + AT_ONCE]))
        connection.exec_driver_sql(f"{compiled} WHERE id IN ({which})", given)
