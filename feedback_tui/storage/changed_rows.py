"""The same columns of many rows changed at once: captured as a flush would, without loading the rows as objects.

For what moves the deadlines of all open cases; a step of one case goes through the session.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlmodel import Session, SQLModel

from feedback_tui.models.case import Case
from feedback_tui.storage.capture import Capture, table_of
from feedback_tui.storage.chain import plain


@dataclass(frozen=True)
class ChangedRow:
    """One row's change: `before` and `after` have the same columns, none of them words of people."""

    id: int
    case_id: int
    before: Mapping[str, object]
    after: Mapping[str, object]


def change_rows(
    session: Session, capture: Capture, model: type[SQLModel], rows: Sequence[ChangedRow], now: datetime
) -> None:
    """Writes the changes, which all have the same columns, and raises the version of each case they belong to."""
    if not rows:
        return
    table = table_of(model)
    connection = session.connection()
    statement = update(table).where(table.c.id == bindparam("row_id"))
    connection.execute(
        statement.values({name: bindparam(f"new_{name}") for name in rows[0].after}),
        [{"row_id": row.id, **{f"new_{name}": value for name, value in row.after.items()}} for row in rows],
    )
    for row in rows:
        changed = [name for name in row.after if row.before[name] != row.after[name]]
        before, after = ({name: plain(side[name]) for name in changed} for side in (row.before, row.after))
        capture.by_case[row.case_id].append([table.name, row.id, before, after])
    cases = table_of(Case)
    connection.execute(
        update(cases).where(cases.c.id == bindparam("row_id")).values(version=cases.c.version + 1, changed_at=now),
        [{"row_id": case_id} for case_id in sorted({row.case_id for row in rows})],
    )
