"""The shape of the database, under migrations from its first version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0004"
"""The newest migration: the shape that this program works with. A test holds it to the migrations folder."""
TRIGGERS = {
    f"event_no_{action.lower()}": f"CREATE TRIGGER event_no_{action.lower()} BEFORE {action} ON event "
    "BEGIN SELECT RAISE(ABORT, 'events are never changed or removed'); END"
    for action in ("UPDATE", "DELETE")
}
"""The triggers that every register has. Rebuilding a table drops its triggers: they are looked for afterwards."""


class BadMigration(Exception):
    """A migration did not leave the register as it must; nothing was changed. A fault of the program."""


def shape_of(connection: Connection) -> str | None:
    """The migration that the database stands at; None where it has none."""
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").first()
    if found is None:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def known_shapes() -> set[str]:
    """Every migration this program has, by the names of its files."""
    return {path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def migrate(engine: Engine) -> None:
    """Brings a database to HEAD in one transaction: it is the old one or the new one, never between.

    Raises BadMigration where rows, parents, triggers or the record would not be whole afterwards.
    """
    # Imported here, since it is slow and seldom needed.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection:
        # Rebuilding a parent table with foreign keys on deletes its children. The setting is ignored inside a
        # transaction, so it goes to the driver before ours begins.
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                before, last = _row_counts(connection), _last_event(connection)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                _require_whole(connection, before, last)
        finally:
            # A connection without foreign keys is not given to anyone else.
            connection.invalidate()


def _require_whole(connection: Connection, before: dict[str, int], last: tuple[object, ...] | None) -> None:
    after = _row_counts(connection)
    for table, count in before.items():
        if table in after and after[table] != count:
            raise BadMigration(f"{table} had {count} rows and would have {after[table]}")
    if last is not None and _last_event(connection) != last:
        raise BadMigration("the last event would not be the same")
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise BadMigration(f"{len(broken)} rows would be without their parent")
    if missing := missing_triggers(connection):
        raise BadMigration(f"the trigger {', '.join(missing)} would be gone")


def missing_triggers(connection: Connection) -> list[str]:
    """The triggers that are not there, or are not what they must be."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    found = {str(row[0]): str(row[1]) for row in rows}
    return [name for name, sql in TRIGGERS.items() if found.get(name) != sql]


def _row_counts(connection: Connection) -> dict[str, int]:
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name != 'alembic_version'"
    )
    return {
        str(name): connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for (name,) in names.all()
    }


def _last_event(connection: Connection) -> tuple[object, ...] | None:
    if connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'event'").first() is None:
        return None
    row = connection.exec_driver_sql("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").first()
    return None if row is None else tuple(row)


def differences(connection: Connection) -> list[str]:
    """What in the database is not as the models have it, in words: tables, columns, indexes, triggers."""
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
