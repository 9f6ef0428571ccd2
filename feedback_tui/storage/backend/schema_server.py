"""The shape of a register on a server: what PostgreSQL alone knows of it."""

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
    """While tables are changed: here a transaction holds that too, and nothing needs to be done beside it."""
    yield


@contextmanager
def loading(connection: Connection) -> Iterator[None]:
    """While the events of another register are put in as they stand, whatever their chain. For the owner of the tables:
    what a trigger refuses in the meantime ends the transaction, and that puts it back."""
    connection.exec_driver_sql("ALTER TABLE event DISABLE TRIGGER event_is_chained")
    yield
    connection.exec_driver_sql("ALTER TABLE event ENABLE TRIGGER event_is_chained")


def orphans(connection: Connection) -> int:
    """How many rows belong to rows that are not there: the server never lets one in."""
    return 0


def missing_triggers(connection: Connection) -> list[str]:
    """The triggers that are not there, or are switched off."""
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
    """Takes every row out, the record of events with them: before others take their place in the same transaction.

    For the owner of the tables alone: what each role may do stays, and so does what keeps the record from then on.
    """
    connection.exec_driver_sql("ALTER TABLE event DISABLE TRIGGER USER")
    for table in (*DERIVED, *(table.name for table in reversed(SQLModel.metadata.sorted_tables))):
        connection.exec_driver_sql(f'DELETE FROM "{table}"')
    connection.exec_driver_sql("ALTER TABLE event ENABLE TRIGGER USER")


def differences(connection: Connection) -> list[str]:
    """What in the database is not as the models have it, in words: tables, columns, indexes, triggers."""
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
