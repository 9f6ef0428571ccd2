"""The shape of the database, under migrations from its first version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0001"
"""The newest migration: the shape that this program works with. A test holds it to the migrations folder."""


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
    """Brings a database to HEAD. Alembic is imported here, since it is slow and seldom needed."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection:
        # Rebuilding a parent table with foreign keys on deletes its children; they are checked again at the end.
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            connection.rollback()
            raise RuntimeError(f"a migration left {len(broken)} rows without their parent; nothing was changed")
        connection.commit()
        connection.invalidate()
