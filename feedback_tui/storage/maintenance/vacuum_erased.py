"""Removes the traces of erased text: free pages, index segments, the write-ahead log, and the server's column
statistics."""

from __future__ import annotations

import re
import time
from typing import Any

from feedback_tui.models.tables import TABLES
from feedback_tui.storage.audit.change_capture import table_of
from feedback_tui.storage.backend.file_backend import RegisterFile
from feedback_tui.storage.backend.server_timeouts import LONG, long_work
from feedback_tui.storage.errors import RegisterBusy, RegisterError, RegisterInUse, ServerRefuses
from feedback_tui.storage.register import Register
from feedback_tui.storage.search.search_index import DERIVED

TRIES, BETWEEN_TRIES = 10, 0.5
"""How often a server's tables are rewritten, and the seconds between: most readers have finished by then."""


@long_work()
def leave_no_trace(register: Register) -> None:
    """Rewrites the database so that nothing of the erased text is left in it.

    Raises RegisterBusy or RegisterInUse if others read or write for too long, ServerRefuses if the login may not do it,
    RegisterError for other failures.
    """
    with register.reading():
        pass
    try:
        if is_file(register):
            _in_the_file(register)
        else:
            _on_the_server(register)
    except RegisterError:
        raise
    except Exception as error:
        register.raise_plainly(error)


def is_file(register: Register) -> bool:
    """Whether the register is a SQLite file rather than on a server."""
    return isinstance(register.keeper, RegisterFile)


def _on_the_server(register: Register) -> None:
    """Rewrites every table and the planner's statistics, which hold some values of the columns.

    Dead rows that an older transaction, in any database of the server, may still see are kept by a rewrite, so it is
    repeated until none is. Raises RegisterInUse after `TRIES`. The server's own log and backups are for its
    administrator.
    """
    with register.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        # Without these rights PostgreSQL would only warn and skip the table.
        if not all(connection.exec_driver_sql(_OWNED).one()):
            raise ServerRefuses("Only the owner of the database and its tables may do that.")
        connection.exec_driver_sql(f"SET lock_timeout = '{LONG.lock}s'; SET statement_timeout = '{LONG.statement}s'")
        carried_over = _Rows()
        driver: Any = connection.connection.driver_connection
        driver.add_notice_handler(carried_over)
        names = ", ".join(f'"{name}"' for name in (*(table_of(model).name for model in TABLES), *DERIVED))
        try:
            for tried in range(TRIES):
                time.sleep(BETWEEN_TRIES if tried else 0)
                carried_over.count = 0
                connection.exec_driver_sql(f"VACUUM (FULL, VERBOSE, ANALYZE) {names}")
                connection.exec_driver_sql("VACUUM (FULL, VERBOSE) pg_statistic")
                if not carried_over.count:
                    return
            raise RegisterInUse
        finally:
            # Discarded so that nobody else gets a connection with these timeouts.
            connection.invalidate()


class _Rows:
    """Counts the dead rows that PostgreSQL could not remove yet: the first number in a notice's detail, which works in
    every language."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, told: Any) -> None:
        if found := re.search(r"\d+", told.message_detail or ""):
            self.count += int(found[0])


_OWNED = (
    "SELECT (SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()), "
    "(SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class "
    "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace)"
)


def _in_the_file(register: Register) -> None:
    """Rewrites the file, its full-text index and the write-ahead log. Raises RegisterBusy if a reader holds the log.

    `secure_delete` overwrites deleted rows; this removes what is left in free space, index segments and the log.
    """
    with register.engine.connect() as connection:
        # These statements cannot run in a transaction, so they are sent to the driver before one begins.
        driver = connection.connection.driver_connection
        assert driver is not None
        indexes = driver.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
        for (index,) in indexes.fetchall():
            # The segments of the index keep deleted text until it is rebuilt.
            driver.execute(f'INSERT INTO "{index}" ("{index}") VALUES (\'rebuild\')')
        driver.execute("VACUUM")
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise RegisterBusy
