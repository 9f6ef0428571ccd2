"""The same columns of many rows changed at once: captured as a flush would, without loading the rows as objects.

For what moves the deadlines of all open cases; a step of one case goes through the session.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, bindparam, update
from sqlalchemy.engine import Connection
from sqlmodel import Session, SQLModel

from feedback_tui.models.case import Case
from feedback_tui.storage.capture import Capture, table_of
from feedback_tui.storage.chain import plain
from feedback_tui.storage.event_rows import Side

AT_ONCE = 500
"""Rows that one statement names: every database takes as many parameters."""


@dataclass(frozen=True)
class SharedChange:
    """One change that many rows have in common: `before` and `after` have the same columns, none of them people's
    words."""

    before: Mapping[str, object]
    after: Mapping[str, object]
    rows: Sequence[tuple[int, int]]
    """The id of each row, and of the case that it belongs to."""


def change_rows(
    session: Session, capture: Capture, model: type[SQLModel], changes: Iterable[SharedChange], now: datetime
) -> None:
    """Writes the changes, and raises the version of each case they belong to."""
    table, connection = table_of(model), session.connection()
    touched: set[int] = set()
    for change in changes:
        changed = [name for name in change.after if change.before[name] != change.after[name]]
        before, after = (Side({name: plain(side[name]) for name in changed}) for side in (change.before, change.after))
        values, ids = {name: change.after[name] for name in changed}, [row_id for row_id, _ in change.rows]
        _update(connection, table, values, ids)
        for row_id, case_id in change.rows:
            capture.by_case[case_id].append([table.name, row_id, before, after])
            touched.add(case_id)
    cases = table_of(Case)
    raised = update(cases).values(version=cases.c.version + 1, changed_at=now)
    every = sorted(touched)
    for start in range(0, len(every), AT_ONCE):
        connection.execute(raised.where(cases.c.id.in_(every[start : start + AT_ONCE])))


def _update(connection: Connection, table: Table, values: Mapping[str, object], ids: Sequence[int]) -> None:
    """Gives all these rows the same values. The driver takes the statement as it is: the values are converted once."""
    dialect = connection.dialect
    given = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in values}
    compiled = update(table).where(table.c.id == bindparam("row_id")).values(given).compile(dialect=dialect)
    sent: dict[str, object] = {}
    for name, value in values.items():
        convert = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        sent[f"new_{name}"] = value if convert is None else convert(value)
    if compiled.positiontup is None:
        connection.exec_driver_sql(str(compiled), [{**sent, "row_id": row_id} for row_id in ids])
        return
    first = tuple(sent[name] for name in compiled.positiontup[:-1])
    assert compiled.positiontup[-1] == "row_id", "the condition stands after the values"
    connection.exec_driver_sql(str(compiled), [(*first, row_id) for row_id in ids])
