"""What erased words leave behind in a file, taken away: pages, indexes, the journal. All is the database's own."""

from __future__ import annotations

from feedback_tui.storage.engine import raise_plainly
from feedback_tui.storage.errors import RegisterBusy, RegisterError
from feedback_tui.storage.register import Register


def leave_no_trace(register: Register) -> None:
    """Makes the file anew without what was erased from it: indexes of words too, and the write-ahead log.

    `secure_delete` writes over what is deleted; what is left in free space, in a text index or in the log goes here.
    Raises RegisterBusy where others read or write for too long, RegisterError where it cannot be done.
    """
    register.require_same_file()
    try:
        with register.engine.connect() as connection:
            # None of these runs inside a transaction: they go to the driver, before ours begins.
            driver = connection.connection.driver_connection
            assert driver is not None
            indexes = driver.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
            for (index,) in indexes.fetchall():
                # Its segments keep what was deleted until they are written anew.
                driver.execute(f'INSERT INTO "{index}" ("{index}") VALUES (\'optimize\')')
            driver.execute("VACUUM")
            busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise RegisterBusy
    except RegisterError:
        raise
    except Exception as error:
        raise_plainly(error, register.where)
