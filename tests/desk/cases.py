"""Rows of the queue in short, and what a reader's statements do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import event

from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.enums import DeadlineKind
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework

Due = tuple[DeadlineKind | None, date | None]
Owed = tuple[str, DeadlineKind | None, date | None]


def owed(register: Register, today: date, wanted: QueueFilter | None = None) -> list[Owed]:
    """What stands in the queue: reference, what is owed, by when."""
    return [(row.reference, row.deadline, row.due_on) for row in queue(register, today, wanted)]


def owed_by(case: Casework, today: date, wanted: QueueFilter | None = None) -> list[Due]:
    """What one case owes, in the order of the queue."""
    rows = owed(case.register, today, wanted)
    return [(kind, due_on) for reference, kind, due_on in rows if reference == case.reference]


def statements(register: Register, read: Callable[[], object]) -> list[tuple[str, object]]:
    """What `read` asks of the database, each with its values; not what begins and ends it."""
    _ = register.profile, register.calendar
    seen: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if not statement.startswith(("BEGIN", "SET")):
            seen.append((statement, parameters))

    event.listen(register.engine, "before_cursor_execute", note)
    try:
        read()
    finally:
        event.remove(register.engine, "before_cursor_execute", note)
    return seen


def plans(register: Register, read: Callable[[], object], *, of_a_large_one: bool = True) -> list[list[str]]:
    """How the database goes about each statement of `read`: the lines of its query plan.

    On a server, how it would if its tables were large; or as they stand, by what it knows of them.
    """
    seen = statements(register, read)
    found = []
    with register.reading() as session:
        connection = session.connection()
        explain, column = "EXPLAIN QUERY PLAN", 3
        if not register.in_a_file:
            # A small table is soonest read from end to end.
            connection.exec_driver_sql(f"SET LOCAL enable_seqscan = {'off' if of_a_large_one else 'on'}")
            explain, column = "EXPLAIN", 0
        for statement, parameters in seen:
            rows = connection.exec_driver_sql(f"{explain} {statement}", parameters)  # type: ignore[arg-type]
            found.append([str(row[column]).strip() for row in rows])
    return found
