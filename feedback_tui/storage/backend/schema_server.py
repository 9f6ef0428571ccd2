"""The parts of schema handling that are specific to PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import inspect
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from feedback_tui.storage.backend.server_guards import all_triggers
from feedback_tui.storage.backend.server_state import not_held_to
from feedback_tui.storage.search.search_index import DERIVED


@contextmanager
def changing(connection: Connection) -> Iterator[None]:
    """The context for changing tables; nothing to do, because PostgreSQL changes them within a transaction."""
    yield


@contextmanager
def loading(connection: Connection) -> Iterator[None]:
    """The context for inserting another register's events: the trigger that checks the hash chain is off.

    Only the owner of the tables may do this. On an error the transaction is rolled back, which restores the trigger.
    """
    connection.exec_driver_sql("ALTER TABLE event DISABLE TRIGGER event_is_chained")
    yield
    connection.exec_driver_sql("ALTER TABLE event ENABLE TRIGGER event_is_chained")


def orphans(connection: Connection) -> int:
    """Returns how many rows refer to a parent row that does not exist: always 0, because PostgreSQL enforces it."""
    return 0


def missing_triggers(connection: Connection) -> list[str]:
    """Returns the names of required triggers that are missing, disabled or call another function."""
    found = {
        (str(table), str(name)): str(function)
        for table, name, function in connection.exec_driver_sql(
            "SELECT relname, tgname, proname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
            "AND relnamespace = 'public'::regnamespace AND pronamespace = 'public'::regnamespace"
        )
    }
    return sorted(name for (table, name), function in all_triggers().items() if found.get((table, name)) != function)


def empty(connection: Connection) -> None:
    """Deletes all rows, including the events, before others are inserted in the same transaction.

    Only the owner of the tables may do this. Roles keep their rights, and the event triggers are enabled again.
    """
    connection.exec_driver_sql("ALTER TABLE event DISABLE TRIGGER USER")
    for table in (*DERIVED, *(table.name for table in reversed(SQLModel.metadata.sorted_tables))):
        connection.exec_driver_sql(f'DELETE FROM "{table}"')
    connection.exec_driver_sql("ALTER TABLE event ENABLE TRIGGER USER")


def differences(connection: Connection) -> list[str]:
    """Returns a sentence for each table, column, index, trigger, function or right that differs
    from what is required."""
    found: list[str] = []
    looked = inspect(connection)
    names = set(looked.get_table_names())
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in names:
            found.append(f"The table {table.name} is missing.")
            continue
        there = {(row["name"], bool(row["nullable"])) for row in looked.get_columns(table.name)}
        wanted = {(column.name, bool(column.nullable)) for column in table.columns}
        wrong = sorted({name for name, _ in there ^ wanted})
        found += [f"The column {table.name}.{name} is not as it must be." for name in wrong]
        missing = {str(index.name) for index in table.indexes} - {row["name"] for row in looked.get_indexes(table.name)}
        found += [f"The index {name} of {table.name} is missing." for name in sorted(missing)]
    found += [f"The trigger {name} is not as it must be." for name in missing_triggers(connection)]
    return [*found, *not_held_to(connection)]
