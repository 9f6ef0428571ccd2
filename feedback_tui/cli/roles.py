"""The command that creates database roles on a server."""

from __future__ import annotations

from typing import Annotated

import typer

from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import place


def roles(
    context: typer.Context,
    sql: Annotated[bool, typer.Option("--sql", help="Only print what would be run, for whoever keeps the server.")] = (
        False
    ),
) -> None:
    """Creates the roles reader, officer, manager and keeper on the server, or updates them to this version. Raises
    RegisterError."""
    from feedback_tui.storage.backend.server_roles import ROLES, role_statements
    from feedback_tui.storage.make_roles import make_roles

    if sql:
        for statement in role_statements():
            print_out(f"{statement.strip()};")
        return
    make_roles(place(context).where)
    for role in ROLES:
        print_out(role)
    print_err("Give each login one of them: GRANT feedback_officer TO alice;")
