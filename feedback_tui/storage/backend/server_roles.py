"""Who may do what on a server, as rights in the database itself: reader, officer, manager, keeper.

A login is made by whoever keeps the server and given one of the roles, or two. What a role may not do, the server
refuses: also to another program than this one. Restricted cases are hidden there from logins not named for them
(`server_guards`); the keeper alone sees them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy.engine import Connection

from feedback_tui.storage.backend.server_functions import FUNCTIONS, KEEPER, is_trigger, name_of
from feedback_tui.storage.backend.server_guards import guard_statements, names

READER, OFFICER, MANAGER = "feedback_reader", "feedback_officer", "feedback_manager"
ROLES = (READER, OFFICER, MANAGER, KEEPER)
_CASEWORK = (OFFICER, MANAGER, KEEPER)
_ONLY_ADDED_TO = ("event", "viewing")
"""What is never changed: the record, and who looked."""
_OF_THE_REGISTER = ("setting", "day_off", "working_day", "calendar_day")
"""The profile and the days off: a manager's to change."""
_WORDS = "words"
"""Erasure takes them: a manager's too."""


def install(connection: Connection) -> None:
    """Makes what the server holds each login to, in the transaction of `connection`, and gives the roles that there are
    their rights. For the owner of the tables."""
    run_statements(connection, _held_to())


def role_statements() -> Iterator[str]:
    """The SQL that makes the roles, for whoever keeps the server to read."""
    for role in ROLES:
        yield (
            f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') "
            f"THEN CREATE ROLE {role} NOLOGIN; END IF; END $$"
        )
    yield from _held_to()
    # Numbers that were drawn and never given are given again.
    yield "SELECT public.feedback_catch_up()"


def _held_to() -> Iterator[str]:
    yield from guard_statements()
    functions = [name_of(each) for each in FUNCTIONS if not is_trigger(each)]
    for role in ROLES:
        yield _rights_of(role, names(), functions)
    yield "RESET ROLE"


def run_statements(connection: Connection, statements: Iterable[str]) -> None:
    # To the driver as they are: a percent sign is no place for a value here.
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(";\n".join(statements))


def _rights_of(role: str, tables: Sequence[str], functions: Sequence[str]) -> str:
    """The SQL that gives a role its rights, and no others, where there is such a role."""
    given = [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT ON alembic_version TO {role}",
        *(f'GRANT {", ".join(_rights(role, name))} ON public."{name}" TO {role}' for name in tables),
        *(f"GRANT EXECUTE ON FUNCTION public.{name} TO {role}" for name in functions),
    ]
    if role in _CASEWORK:
        # Numbers are drawn, and never set.
        given.append(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
    all_of_it = "; ".join(given)
    return f"DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN {all_of_it}; END IF; END $$"


def _rights(role: str, table: str) -> tuple[str, ...]:
    if role not in _CASEWORK:
        return ("SELECT",)
    if table in _ONLY_ADDED_TO:
        return ("SELECT", "INSERT")
    if table in _OF_THE_REGISTER:
        return ("SELECT", "INSERT", "UPDATE", "DELETE") if role == MANAGER else ("SELECT",)
    if table == _WORDS:
        return ("SELECT", "INSERT", "UPDATE") if role == MANAGER else ("SELECT", "INSERT")
    return ("SELECT", "INSERT", "UPDATE", "DELETE")
