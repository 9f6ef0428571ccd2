"""Creates the roles on the server of a register."""

from __future__ import annotations

from feedback_tui.storage.backend.addresses import on_server
from feedback_tui.storage.backend.server_roles import role_statements, run_statements
from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.errors import OnlyOnServer
from feedback_tui.storage.register import open_register


@long_work()
def make_roles(where: str) -> int:
    """Creates or updates the roles and guards on the server of a register; returns how many statements ran.

    The login must own the tables and may create roles. Raises RegisterError; OnlyOnServer for a register in a file.
    """
    if not on_server(where):
        raise OnlyOnServer(where)
    register = open_register(where)
    try:
        statements = list(role_statements())
        with register.engine.begin() as connection:
            run_statements(connection, statements)
        return len(statements)
    except Exception as error:
        register.raise_plainly(error)
    finally:
        register.close()
