"""Creates and migrates the database schema, and compares it with the models."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import inspect
from sqlalchemy.engine import Connection, Engine

from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.backend.sqlite_engine import of_server

MIGRATIONS = Path(__file__).parents[1] / "migrations"


class BadMigration(Exception):
    """A bug in a migration: it would have lost rows, events or triggers. Nothing was changed."""


def shape_of(connection: Connection) -> str | None:
    """Returns the migration number of the database's schema, or None if it has no migration table."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def known_shapes() -> set[str]:
    """Returns the numbers of all migrations of this program, from their file names."""
    return {path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


@long_work()
def migrate(engine: Engine) -> None:
    """Migrates a database to HEAD in one transaction, so that an error leaves the old schema.

    Raises BadMigration if rows, parents, triggers or the last event would be lost or changed.
    """
    from feedback_tui.storage.search import search_index

    with engine.connect() as connection, _of(connection).changing(connection), connection.begin():
        before, last = _row_counts(connection), _last_event(connection)
        make(connection)
        _require_whole(connection, before, last)
        if search_index.is_behind(connection):
            search_index.rebuild(connection)


def make(connection: Connection) -> None:
    """Runs all migrations on an empty database within the transaction of `connection`, for the caller to fill.

    A database with rows is for `migrate`.
    """
    # Imported here because it is slow and rarely needed.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if of_server(connection):
        from feedback_tui.storage.backend.server_roles import install

        install(connection)


def _require_whole(connection: Connection, before: dict[str, int], last: tuple[object, ...] | None) -> None:
    after = _row_counts(connection)
    for table, count in before.items():
        if table in after and after[table] != count:
            raise BadMigration(f"{table} had {count} rows and would have {after[table]}")
    if last is not None and _last_event(connection) != last:
        raise BadMigration("the last event would not be the same")
    if broken := _of(connection).orphans(connection):
        raise BadMigration(f"{broken} rows would be without their parent")
    if missing := missing_triggers(connection):
        raise BadMigration(f"the trigger {', '.join(missing)} would be gone")


def loading(connection: Connection) -> AbstractContextManager[None]:
    """Returns a context in which the events of another register can be inserted as they are; `check` verifies them
    later."""
    return _of(connection).loading(connection)


def missing_triggers(connection: Connection) -> list[str]:
    """Returns the names of required triggers that are missing or differ."""
    return _of(connection).missing_triggers(connection)


def differences(connection: Connection) -> list[str]:
    """Returns a sentence for each table, column, index or trigger that differs from the models."""
    return _of(connection).differences(connection)


class _Shape(Protocol):
    """What the modules ``schema_file`` and ``schema_server`` provide, each for its database."""

    def changing(self, connection: Connection) -> AbstractContextManager[None]: ...
    def loading(self, connection: Connection) -> AbstractContextManager[None]: ...
    def orphans(self, connection: Connection) -> int: ...
    def missing_triggers(self, connection: Connection) -> list[str]: ...
    def differences(self, connection: Connection) -> list[str]: ...


def _of(connection: Connection) -> _Shape:
    if of_server(connection):
        from feedback_tui.storage.backend import schema_server

        return schema_server
    from feedback_tui.storage.backend import schema_file

    return schema_file


def _row_counts(connection: Connection) -> dict[str, int]:
    """Returns the number of rows in each table, without the derived search tables, which may be rebuilt."""
    from feedback_tui.storage.search.search_index import TABLES_OF_IT

    names = sorted(set(inspect(connection).get_table_names()) - {"alembic_version", *TABLES_OF_IT})
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names}


def _last_event(connection: Connection) -> tuple[object, ...] | None:
    if not inspect(connection).has_table("event"):
        return None
    row = connection.exec_driver_sql("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").first()
    return None if row is None else tuple(row)
