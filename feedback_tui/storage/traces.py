"""What erased words leave behind in a file, taken away: pages, indexes, the journal. All is the database's own."""

from __future__ import annotations

from feedback_tui.storage.errors import RegisterBusy, RegisterError
from feedback_tui.storage.register import Register
from feedback_tui.storage.register_file import RegisterFile


def leave_no_trace(register: Register) -> None:
    """Makes the database anew without what was erased from it.

    Raises RegisterBusy where others read or write for too long, RegisterError where it cannot be done.
    """
    register.require_same_file()
    try:
        if is_file(register):
            _in_the_file(register)
        else:
            with register.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                connection.exec_driver_sql("VACUUM FULL")
    except RegisterError:
        raise
    except Exception as error:
        register.raise_plainly(error)


def is_file(register: Register) -> bool:
    """Whether a register is kept in one file, rather than on a server with backups of its own."""
    return isinstance(register.keeper, RegisterFile)


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
