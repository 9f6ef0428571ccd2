"""A database that the migrations alone have made, up to one of them, and its schema as text.

``make keep-register`` keeps the schema that the newest makes on a server; the kept registers have that of a file.
"""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, Connection, make_url

from feedback_tui.storage.backend import schema, schema_version
from tests.places import EMPTY, database, drop
from tests.storage.released import REGISTERS

OF_A_FILE = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY 1, 2"
)
OF_A_SERVER = (
    "SELECT 'column', attrelid::regclass::text, attname || ' ' || format_type(atttypid, atttypmod)"
    " || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '')"
    " FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
    " LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
    " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped",
    # From version 18 the server tells of NOT NULL as a constraint too: it stands with its column already.
    "SELECT 'constraint', conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'p', 'u')",
    "SELECT 'index', tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT 'sequence', sequencename, data_type::text FROM pg_sequences WHERE schemaname = 'public'",
    "SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)


def migrated_schema(url: URL, revision: str) -> str:
    """The schema that the migrations up to `revision` make in the empty database at `url`: one thing a line."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection, connection.begin():
            config = Config()
            config.set_main_option("script_location", str(schema.MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            return schema_text(connection)
    finally:
        engine.dispose()


def schema_text(connection: Connection) -> str:
    """Tables, columns, keys, indexes, triggers and functions of a database, as it tells of them itself, in order."""
    queries = (OF_A_FILE,) if connection.dialect.name == "sqlite" else OF_A_SERVER
    rows = [row for query in queries for row in connection.exec_driver_sql(query)]
    return "".join(
        f"{line}\n" for line in sorted(" | ".join(" ".join(str(part).split()) for part in row) for row in rows)
    )


def kept_server_schema(revision: str) -> Path:
    """Where the schema is kept that the migrations up to `revision` made on a server when that was released."""
    return REGISTERS / f"{revision}.server-schema.txt"


def in_a_file(path: Path, revision: str) -> str:
    """The schema that the migrations up to `revision` make in a new file."""
    return migrated_schema(URL.create("sqlite", database=str(path)), revision)


def of_a_file(path: Path) -> str:
    """The schema of the register in a file, as it is."""
    engine = create_engine(URL.create("sqlite", database=str(path)))
    try:
        with engine.connect() as connection:
            return schema_text(connection)
    finally:
        engine.dispose()


def on_the_server(revision: str) -> str:
    """The schema that the migrations up to `revision` make on the server of the tests."""
    place = database(EMPTY)
    try:
        return migrated_schema(make_url(place).set(drivername="postgresql+psycopg"), revision)
    finally:
        drop(place)


def main() -> None:
    """Keeps the schema of the newest migration on a server, unless it is kept."""
    path = kept_server_schema(schema_version.HEAD)
    if path.exists():
        sys.exit(f"The schema of {schema_version.HEAD} on a server is kept already, and stays as it is.")
    path.write_text(on_the_server(schema_version.HEAD), "utf-8")
    print(f"Kept: {path}.")


if __name__ == "__main__":
    main()
