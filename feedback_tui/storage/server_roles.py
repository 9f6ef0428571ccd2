"""Who may do what on a server, as privileges of the database itself: reader, officer, manager.

A login is made by whoever keeps the server and given one of the three roles. What a role may not do, the server
refuses: also to another program than this one. Restricted cases are hidden there from logins not named for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import SQLModel

from feedback_tui.models.tables import TABLES
from feedback_tui.storage.capture import table_of
from feedback_tui.storage.errors import OnlyOnServer
from feedback_tui.storage.limits import long_work
from feedback_tui.storage.places import on_server
from feedback_tui.storage.register import open_register
from feedback_tui.storage.search_index import INDEX

READER, OFFICER, MANAGER = "feedback_reader", "feedback_officer", "feedback_manager"
ROLES = (READER, OFFICER, MANAGER)
_KEPT = ("event",)
"""What is only ever added to. It names no one's words: they stand in a table of their own."""
_OF_THE_REGISTER = ("setting", "day_off", "working_day")
"""The profile and the days off: a manager's to change."""
_WORDS = "words"
"""Erasure takes them: a manager's too."""
# Whoever restricts a case to others finishes that one transaction: what is searched is brought up to date in it.
_HIDDEN = """
CREATE OR REPLACE FUNCTION feedback_hidden() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
  SELECT id FROM feedback_case WHERE restricted_to IS NOT NULL
  AND xmin IS DISTINCT FROM pg_current_xact_id_if_assigned()::xid
  AND NOT EXISTS (SELECT 1 FROM unnest(string_to_array(restricted_to, ';')) AS name
                  WHERE lower(trim(name)) = lower(session_user))
$$"""
_HIDDEN_PEOPLE = """
CREATE OR REPLACE FUNCTION feedback_hidden_people() RETURNS SETOF integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
  SELECT person_id FROM party WHERE person_id IS NOT NULL AND case_id IN (SELECT feedback_hidden())
$$"""


@long_work()
def make_roles(where: str) -> int:
    """Makes the roles on the server of a register, or brings them up to this version; gives how many statements ran.

    For the owner of the tables, who may make roles. Raises RegisterError.
    """
    if not on_server(where):
        raise OnlyOnServer(where)
    register = open_register(where)
    try:
        statements = list(role_statements())
        with register.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        return len(statements)
    except Exception as error:
        register.raise_plainly(error)
    finally:
        register.close()


def role_statements() -> Iterator[str]:
    """The SQL that makes the roles, for whoever keeps the server to read."""
    for role in ROLES:
        yield (
            f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') "
            f"THEN CREATE ROLE {role} NOLOGIN; END IF; END $$"
        )
    everyone = ", ".join(ROLES)
    yield f"GRANT USAGE ON SCHEMA public TO {everyone}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {everyone}"
    yield f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {OFFICER}, {MANAGER}"
    yield _HIDDEN
    yield _HIDDEN_PEOPLE
    for name in (*(table_of(model).name for model in TABLES), INDEX):
        yield from _of_table(name)


def _of_table(name: str) -> Iterator[str]:
    yield f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "{name}" FROM {", ".join(ROLES)}'
    if name in _KEPT:
        yield f'GRANT INSERT ON "{name}" TO {OFFICER}, {MANAGER}'
    elif name in _OF_THE_REGISTER:
        yield f'GRANT INSERT, UPDATE, DELETE ON "{name}" TO {MANAGER}'
    elif name == _WORDS:
        yield f'GRANT INSERT ON "{name}" TO {OFFICER}'
        yield f'GRANT INSERT, UPDATE ON "{name}" TO {MANAGER}'
    else:
        yield f'GRANT INSERT, UPDATE, DELETE ON "{name}" TO {OFFICER}, {MANAGER}'
    if (hidden := _hidden_rows(name)) is None:
        return
    yield f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY'
    yield f'DROP POLICY IF EXISTS feedback_named ON "{name}"'
    yield (f'CREATE POLICY feedback_named ON "{name}" TO {READER}, {OFFICER} USING ({hidden}) WITH CHECK (true)')
    yield f'DROP POLICY IF EXISTS feedback_all ON "{name}"'
    yield f'CREATE POLICY feedback_all ON "{name}" TO {MANAGER} USING (true) WITH CHECK (true)'


def _hidden_rows(name: str) -> str | None:
    """What must hold of a row for a login that is not named for restricted cases; None where a table has none."""
    if name == "feedback_case":
        return "id NOT IN (SELECT feedback_hidden())"
    if name == "person":
        return "id NOT IN (SELECT feedback_hidden_people())"
    if name in _KEPT or (name != INDEX and "case_id" not in SQLModel.metadata.tables[name].columns):
        return None
    return "case_id IS NULL OR case_id NOT IN (SELECT feedback_hidden())"
