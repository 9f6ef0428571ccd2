"""The parts of schema handling that are specific to SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection

from feedback_tui.storage.backend.event_triggers import TRIGGERS


@contextmanager
def changing(connection: Connection) -> Iterator[None]:
    """The context for changing tables: foreign keys are off, because rebuilding a parent table would delete its
    children.

    SQLite ignores the setting inside a transaction, so it is sent to the driver before one begins.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        # The connection is discarded so that nobody else gets one without foreign keys.
        connection.invalidate()


@contextmanager
def loading(connection: Connection) -> Iterator[None]:
    """The context for inserting another register's events; nothing to do, because no trigger checks inserted events."""
    yield


def orphans(connection: Connection) -> int:
    """Returns how many rows refer to a parent row that does not exist."""
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def missing_triggers(connection: Connection) -> list[str]:
    """Returns the names of required triggers that are missing or differ."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    found = {str(row[0]): str(row[1]) for row in rows}
    return [name for name, sql in TRIGGERS.items() if found.get(name) != sql]


def differences(connection: Connection) -> list[str]:
    """Returns a sentence for each table, column, index or trigger that differs from the models."""
    from sqlmodel import SQLModel

    found: list[str] = []
    for table in SQLModel.metadata.sorted_tables:
        there = {
            (row[1], row[2], bool(row[3]), bool(row[5]))
            for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')
        }
        wanted = {
            (column.name, column.type.compile(connection.dialect), not column.nullable, column.primary_key)
            for column in table.columns
        }
        found += [f"The column {table.name}.{name} is not as it must be." for name in _names(there ^ wanted)]
        indexes = connection.exec_driver_sql(f'PRAGMA index_list("{table.name}")').all()
        named = {row[1] for row in indexes if row[3] == "c"}
        missing = {str(index.name) for index in table.indexes} - named
        found += [f"The index {name} of {table.name} is missing." for name in sorted(missing)]
    found += [f"The trigger {name} is not as it must be." for name in missing_triggers(connection)]
    others = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')").scalars()
    found += [
        f"{name} is none of ours: it could change what is stored or read." for name in set(others) - set(TRIGGERS)
    ]
    return found


def _names(columns: set[tuple[str, str, bool, bool]]) -> list[str]:
    return sorted({column[0] for column in columns})
