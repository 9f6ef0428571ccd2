"""Making the roles on the server of a register."""

from __future__ import annotations

from feedback_tui.storage.backend.addresses import on_server
from feedback_tui.storage.backend.server_roles import role_statements, run_statements
from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.errors import OnlyOnServer
from feedback_tui.storage.register import open_register


@long_work()
def make_roles(where: str) -> int:
    """Makes the roles on the server of a register, or brings them up to this version, and what the server holds each
    login to with them; gives how many statements ran.

    For the owner of the tables, who may make roles. Raises RegisterError.
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
