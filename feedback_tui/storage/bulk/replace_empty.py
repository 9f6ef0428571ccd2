"""A register on a server that has no cases yet, its rows exchanged for those of another: all of it or nothing.

In a file a whole register is put in its place (`restoring`); on a server the tables stay, with what each role may do.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from sqlalchemy.engine import Connection

from feedback_tui.storage.audit.change_capture import Row
from feedback_tui.storage.backend.schema_server import empty
from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.bulk.dump import put_in
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.register import Register

GONE_AFTER = 5.0
"""Seconds in which others are waited for: the server takes a moment to notice that one has left."""


@long_work()
def refill(register: Register, tables: Mapping[str, Iterable[Row]]) -> None:
    """Puts these tables, which have no misfits, in the place of those of an open register without cases on a server.

    For the owner of its tables. Raises RegisterError where someone else has it open, since they would count with the
    days off and the profile that they read; where it came to have cases; what `put_in` raises.
    """
    try:
        with register.engine.begin() as connection:
            register.require_current(connection)
            _require_alone(connection, register.where)
            if connection.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM feedback_case)").scalar_one():
                raise RegisterError(f"{register.where} came to have cases, and was left as it is.")
            empty(connection)
            put_in(connection, tables)
    except RegisterError:
        raise
    except Exception as error:
        register.raise_plainly(error)


def _require_alone(connection: Connection, where: str) -> None:
    end = time.monotonic() + GONE_AFTER
    while True:
        connection.exec_driver_sql("SELECT pg_stat_clear_snapshot()")
        if not connection.exec_driver_sql(_OTHERS).scalar_one():
            return
        if time.monotonic() > end:
            raise RegisterError(
                f"Someone else has {where} open, and would go on with the days off and the profile that it has now. "
                "Nothing was changed: import when no one has it open, or into an empty database."
            )
        time.sleep(0.05)


_OTHERS = (
    "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid() "
    "AND starts_with(application_name, 'feedback-tui'))"
)
