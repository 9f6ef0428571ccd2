"""What erased words leave behind, taken away: pages, indexes, the journal, what a server knows of its columns."""

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
"""How often a server is asked to write its tables anew, and the seconds between: most who look are done by then."""


@long_work()
def leave_no_trace(register: Register) -> None:
    """Makes the database anew without what was erased from it.

    Raises RegisterBusy or RegisterInUse where others read or write for too long, ServerRefuses where that is not for
    this login, RegisterError where it cannot be done.
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
    """Whether a register is kept in one file, rather than on a server with backups of its own."""
    return isinstance(register.keeper, RegisterFile)


def _on_the_server(register: Register) -> None:
    """Writes every table anew, and what the planner knows of their columns: it keeps some of the values in them.

    The server's log and its backups keep them for as long as they are kept: that is for whoever keeps the server.
    Rows that an older look at the database may still see are carried over: it is done again until none was. So are they
    while anything that was begun before is still being written, in whichever database of the server.
    """
    with register.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        # Without the right it would warn, skip the table, and end as if all were well.
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
            # Not given to anyone else with a setting of its own.
            connection.invalidate()


class _Rows:
    """Counts the dead rows that a server tells it could not take away yet: the first number of what it says in detail,
    in whatever language."""

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
    """Makes the file anew: indexes of words too, and the write-ahead log.

    `secure_delete` writes over what is deleted; what is left in free space, in a text index or in the log goes here.
    """
    with register.engine.connect() as connection:
        # None of these runs inside a transaction: they go to the driver, before ours begins.
        driver = connection.connection.driver_connection
        assert driver is not None
        indexes = driver.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
        for (index,) in indexes.fetchall():
            # Its segments keep what was deleted until they are written anew.
            driver.execute(f'INSERT INTO "{index}" ("{index}") VALUES (\'rebuild\')')
        driver.execute("VACUUM")
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise RegisterBusy
