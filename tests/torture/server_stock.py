"""The furnished register on a server, with a login of each role: what attacks on a server are tried on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, cast

import psycopg

from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.backend.server_roles import ROLES
from feedback_tui.storage.make_roles import make_roles
from feedback_tui.storage.register import create_register, open_register
from tests.places import SERVER, one_at_a_time
from tests.torture.stock import furnish

EMPTY = "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
LOGINS = {role: f"t_{role}" for role in ROLES}
"""A login of each role. None is named for the restricted case."""
NAMED = "kim"
"""An officer who is named for it, by the furnished register."""
_KEPT = ("hash", "previous_hash")
"""Columns of an event that the one after it tells of: they are the same in both registers."""


def furnished(server: str, name: str) -> str:
    """Makes a furnished register with roles and logins in a new database of this name, which it gives."""
    dropped(server, name)
    _administration(server, f'CREATE DATABASE "{name}" {EMPTY}')
    place = f"{server}/{name}"
    create_register(place, profile_text("shropshire"), "Sam").close()
    register = open_register(place)
    furnish(register)
    register.close()
    turn = one_at_a_time() if SERVER else nullcontext()
    with turn, psycopg.connect(server + "/postgres", autocommit=True) as connection:
        make_roles(place)
        for login, role in _logins():
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone():
                connection.execute(made(f'CREATE ROLE "{login}" LOGIN'))
            connection.execute(made(f'GRANT {role} TO "{login}"'))
    return name


def copied(server: str, original: str, name: str) -> str:
    """The address of a copy of a database that no one is connected to."""
    dropped(server, name)
    _administration(server, f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    _administration(server, f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC')
    return f"{server}/{name}"


def dropped(server: str, name: str) -> None:
    """Takes a database away."""
    _administration(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def hidden_case(place: str) -> int:
    """The number of the restricted case."""
    with psycopg.connect(place) as connection:
        row = connection.execute("SELECT id FROM feedback_case WHERE restricted_to IS NOT NULL").fetchone()
    assert row is not None
    return int(row[0])


def mark(place: str, canary: str, days: int = 0) -> None:
    """Puts `canary` into every text of the restricted case and of all that belongs to it, and moves its dates and
    numbers, that are no keys, by `days`. What the planner knows of it is brought up to date."""
    case = hidden_case(place)
    with psycopg.connect(place) as connection:
        # For this one transaction of the owner's: nothing is held to the record.
        connection.execute("SET LOCAL session_replication_role = replica")
        for table, columns in columns_of(connection).items():
            where = _belongs(table, columns, case)
            changed = [(name, _marked(table, name, kind, canary, days)) for name, kind in columns.items()]
            told = ", ".join(f'"{name}" = {value}' for name, value in changed if value)
            if where and told:
                connection.execute(made(f'UPDATE "{table}" SET {told} WHERE {where}'))
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("ANALYZE")


def version_of(server: str) -> str:
    """The version of a server."""
    with psycopg.connect(server + "/postgres") as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else ""


@contextmanager
def logged_in(place: str, login: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of a login, each statement by itself."""
    with psycopg.connect(place, user=login, autocommit=True) as connection:
        yield connection


def _logins() -> Iterator[tuple[str, str]]:
    for role, login in LOGINS.items():
        yield login, role
    yield NAMED, "feedback_officer"


def _administration(server: str, statement: str) -> None:
    with psycopg.connect(server + "/postgres", autocommit=True) as connection:
        connection.execute(made(statement))


def columns_of(connection: psycopg.Connection[Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    rows = connection.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' "
        "ORDER BY table_name, ordinal_position"
    )
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def _belongs(table: str, columns: dict[str, str], case: int) -> str:
    if table == "feedback_case":
        return f"id = {case}"
    if table == "person":
        return f"id IN (SELECT person_id FROM party WHERE case_id = {case})"
    return f"case_id = {case}" if "case_id" in columns else ""


def _marked(table: str, name: str, kind: str, canary: str, days: int) -> str:
    """The value of a column in SQL; nothing for one that stays."""
    if name in _KEPT or name == "id" or name.endswith("_id"):
        return ""
    if name == "restricted_to":
        return f"'{NAMED};{canary}'"
    if name in ("digest", "reference_key"):
        return f"'{canary}' || left(md5({name}), 12)"
    if kind in ("text", "character varying"):
        return f"'{canary}'"
    if kind == "json":
        return f"""'{{"told":"{canary}"}}'"""
    if kind == "tsvector":
        return f"to_tsvector('simple', '{canary}')"
    if kind == "date":
        return f'"{name}" + {days}'
    if kind in ("integer", "numeric"):
        return "" if name in ("position", "number") else f'"{name}" + {days}'
    if kind.startswith("timestamp"):
        return f"\"{name}\" + interval '{days} days'"
    return ""


def made(statement: str) -> Any:
    """The driver takes literal statements alone; those of the tests are made."""
    return cast("Any", statement)
