"""The roles on a server, as database rights: reader, officer, manager and keeper.

The server's administrator creates a login and grants it one or two of the roles. The server refuses what a role may not
do, whichever program is used. Restricted cases are hidden from logins not named for them (`server_guards`); only the
keeper sees them all.
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
"""Tables whose rows are never changed or deleted: the events, and the log of who viewed a case."""
_OF_THE_REGISTER = ("setting", "day_off", "working_day", "calendar_day")
"""The profile and the days off: only a manager may change them."""
_WORDS = "words"
"""The texts that events refer to: only a manager may erase them."""


def install(connection: Connection) -> None:
    """Creates the guards, and sets the rights of the roles that exist, in the transaction of `connection`.

    Only the owner of the tables may do this.
    """
    run_statements(connection, _held_to())


def role_statements() -> Iterator[str]:
    """Yields the SQL that creates the roles, the guards and the rights; an administrator can also read it first."""
    for role in ROLES:
        yield (
            f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') "
            f"THEN CREATE ROLE {role} NOLOGIN; END IF; END $$"
        )
    yield from _held_to()
    # Ids that were drawn from a sequence and not used become available again.
    yield "SELECT public.feedback_catch_up()"


def _held_to() -> Iterator[str]:
    yield from guard_statements()
    functions = [name_of(each) for each in FUNCTIONS if not is_trigger(each)]
    for role in ROLES:
        yield _rights_of(role, names(), functions)
    yield "RESET ROLE"


def run_statements(connection: Connection, statements: Iterable[str]) -> None:
    # Sent to the driver directly: SQLAlchemy would take a percent sign for a parameter.
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(";\n".join(statements))


def _rights_of(role: str, tables: Sequence[str], functions: Sequence[str]) -> str:
    """Returns the SQL that sets the rights of a role, removing all others, if the role exists."""
    given = [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT ON alembic_version TO {role}",
        *(f'GRANT {", ".join(_rights(role, name))} ON public."{name}" TO {role}' for name in tables),
        *(f"GRANT EXECUTE ON FUNCTION public.{name} TO {role}" for name in functions),
    ]
    if role in _CASEWORK:
        # Ids may be drawn from sequences, but sequences may not be set.
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
