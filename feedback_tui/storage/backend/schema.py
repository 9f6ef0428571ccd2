"""The shape of the database, under migrations from its first version."""

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
    """A migration did not leave the register as it must; nothing was changed. A fault of the program."""


def shape_of(connection: Connection) -> str | None:
    """The migration that the database stands at; None where it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def known_shapes() -> set[str]:
    """Every migration this program has, by the names of its files."""
    return {path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


@long_work()
def migrate(engine: Engine) -> None:
    """Brings a database to HEAD in one transaction: it is the old one or the new one, never between.

    Raises BadMigration where rows, parents, triggers or the record would not be whole afterwards.
    """
    from feedback_tui.storage.search import search_index

    with engine.connect() as connection, _of(connection).changing(connection), connection.begin():
        before, last = _row_counts(connection), _last_event(connection)
        make(connection)
        _require_whole(connection, before, last)
        if search_index.is_behind(connection):
            search_index.rebuild(connection)


def make(connection: Connection) -> None:
    """Brings a database to HEAD in the transaction that `connection` is in: an empty one, for whoever fills it then.

    One that holds rows is for `migrate`.
    """
    # Imported here, since it is slow and seldom needed.
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
    """While the events of another register are put in as they stand: `check` looks at them afterwards."""
    return _of(connection).loading(connection)


def missing_triggers(connection: Connection) -> list[str]:
    """The triggers that are not there, or are not what they must be."""
    return _of(connection).missing_triggers(connection)


def differences(connection: Connection) -> list[str]:
    """What in the database is not as the models have it, in words: tables, columns, indexes, triggers."""
    return _of(connection).differences(connection)


class _Shape(Protocol):
    """What only one of the two databases knows: the modules ``schema_file`` and ``schema_server``."""

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
    """The rows of each table; but for what is only made from the others, and made anew where it changes."""
    from feedback_tui.storage.search.search_index import TABLES_OF_IT

    names = sorted(set(inspect(connection).get_table_names()) - {"alembic_version", *TABLES_OF_IT})
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names}


def _last_event(connection: Connection) -> tuple[object, ...] | None:
    if not inspect(connection).has_table("event"):
        return None
    row = connection.exec_driver_sql("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").first()
    return None if row is None else tuple(row)
