"""Replaces the rows of a register without cases on a server by those of another register, all or nothing.

A register in a file is replaced as a whole (`storage.maintenance.restore`); on a server the tables and the rights of
roles stay.
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
"""Seconds to wait for others to leave: the server takes a moment to notice a closed connection."""


@long_work()
def refill(register: Register, tables: Mapping[str, Iterable[Row]]) -> None:
    """Replaces the rows of an open register without cases on a server by these tables, which must have no misfits.

    Only the owner of the tables may do this. Raises RegisterError if someone else has it open (they would count with
    the old days off and profile), if it has cases by now, and as `put_in` does.
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
