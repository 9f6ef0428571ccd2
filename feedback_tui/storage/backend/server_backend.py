"""The backend for a register on a PostgreSQL server, for a team or for many councils. Needs the extra ``postgres``."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn, cast

from sqlalchemy import create_engine, event, inspect
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, InvalidatePoolError, SQLAlchemyError

from feedback_tui.storage.backend import server_timeouts
from feedback_tui.storage.backend.addresses import holds_secret, shown
from feedback_tui.storage.backend.file_errors import was_stored
from feedback_tui.storage.backend.sqlite_engine import READING, canonical_json
from feedback_tui.storage.change_watch import ServerWatch, Watch
from feedback_tui.storage.errors import (
    BrokenRegister,
    CannotBeStored,
    InDoubt,
    NoRegister,
    NotARegister,
    RegisterBusy,
    RegisterError,
    RegisterExists,
    RegisterUnwritable,
    SavedEvent,
    ServerAway,
    ServerRefuses,
)
from feedback_tui.text import readable

if TYPE_CHECKING:
    from sqlmodel import Session

    from feedback_tui.storage.backend.server_connection import ServerConnection

WRITERS = "reference_counter"
"""The table that a writer locks: events form one chain, so only one transaction may write at a time. A table lock is
used because a read-only role cannot take it, as anyone could take an advisory lock. The table is small, so a vacuum
never locks it for long."""
LOCK = f"LOCK TABLE {WRITERS} IN SHARE UPDATE EXCLUSIVE MODE"
MAKING = 0x46425455
"""The key of the advisory lock for creating the tables, when there is no table to lock yet."""
_MAKING = "making"
"""The execution option that marks a connection as creating the tables."""
_WRITING_SINCE = "feedback-tui writing since "
"""How a writer's application_name begins: other logins see little more than the name of its session."""
SETTINGS = "-c timezone=UTC -c random_page_cost=1.1"
"""Settings of each connection. UTC makes timestamps read as in a file. The low cost of random reads is right for memory
and SSDs; with the default, PostgreSQL scans all text for a frequent search word instead of using the index."""
PAUSE = 0.2
"""Seconds between two attempts to ask the server."""
REFERENCES = "ix_feedback_case_reference_key"
"""The unique index on case references."""
ASKS_FOR = "createdb --template template0 --encoding UTF8 --locale C.UTF-8"


class RegisterServer:
    """The backend for a PostgreSQL database."""

    def __init__(self, url: URL) -> None:
        from feedback_tui.storage.backend.server_connection import ServerConnection

        self.url = url
        self.connections = ServerConnection.of_one_register()

    @classmethod
    def at(cls, where: str) -> RegisterServer:
        """Returns the backend for a ``postgresql://`` URL. Raises RegisterError for a bad URL, a password in it, or a
        missing driver."""
        try:
            if readable(where) is None:
                raise ValueError
            url = make_url(where).set(drivername="postgresql+psycopg")
        except (ArgumentError, ValueError):
            raise RegisterError(
                f"{shown(where)} is no address of a database: write postgresql://SERVER/NAME, or postgresql:///NAME?service=…"
            ) from None
        if url.password is not None or any(map(holds_secret, url.query)):
            raise RegisterError(
                "A password does not belong in the address: it would stand in lists of commands and in logs. Put it in "
                "~/.pgpass, in a service file, or in PGPASSWORD."
            )
        try:
            import psycopg  # noqa: F401 – only whether it is there
        except ImportError:
            raise RegisterError(
                "A register on a server needs the driver: pipx install 'feedback-tui[postgres]'."
            ) from None
        return cls(url)

    @property
    def where(self) -> str:
        return self.url.set(drivername="postgresql").render_as_string()

    def require(self) -> None:
        """Does nothing: whether there is a register is found by connecting."""

    def require_same(self) -> None:
        """Does nothing: a connection stays with the database it was opened on."""

    def require_same_record(self, connection: Connection) -> None:
        """Does nothing: a connection stays with the database it was opened on, and events cannot be removed there."""

    def saved(self, event: SavedEvent) -> None:
        """Does nothing: the last event is looked up on the server."""

    def open(self) -> Engine:
        """Returns an engine for the database. Raises NoRegister if it has no tables, NotARegister if they are another
        program's, or the RegisterError of a failed connection, such as ServerAway."""
        engine = _engine(self.url, self.connections)
        try:
            with engine.execution_options(**{READING: True}).connect() as connection:
                names = set(inspect(connection).get_table_names())
        except SQLAlchemyError as error:
            engine.dispose()
            self._raise_plainly(error)
        if "alembic_version" not in names:
            engine.dispose()
            if names:
                raise NotARegister(self.where, "it is a database of another program")
            raise NoRegister(self.where)
        return engine

    def create(self, fill: Callable[[Connection], None]) -> None:
        """Creates and fills the tables in an existing empty database. Raises RegisterExists, NotARegister,
        RegisterError."""
        engine = _engine(self.url, self.connections)
        try:
            with server_timeouts.long_work(), engine.execution_options(**{_MAKING: True}).begin() as connection:
                if names := inspect(connection).get_table_names():
                    raise (
                        RegisterExists(self.where)
                        if "alembic_version" in names
                        else NotARegister(self.where, "it is a database of another program")
                    )
                self._require_order(connection)
                fill(connection)
        except SQLAlchemyError as error:
            self._raise_plainly(error)
        finally:
            engine.dispose()

    def _require_order(self, connection: Connection) -> None:
        """Raises RegisterError unless the database uses UTF-8, sorts by code point and lower-cases letters of all
        languages, as a register in a file does."""
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        lower = connection.exec_driver_sql("SELECT lower('ÖÉŁ') = 'öéł', 'a-b' < 'ab', 'B' < 'a'").one()
        if encoding != "UTF8" or not all(lower):
            raise RegisterError(
                f"The database of {self.where} sorts or spells in another way than a register needs. "
                f"Make it with: {ASKS_FOR} NAME"
            )

    def moment(self, session: Session, asked: datetime) -> datetime:
        """Returns the server's time, or `asked` if the login owns the tables.

        The server rejects events with another time from other logins.
        """
        found = session.connection().exec_driver_sql("SELECT public.feedback_moment()").scalar_one()
        return asked if found is None else cast(datetime, found)

    def was_saved(self, engine: Engine, event: SavedEvent) -> bool:
        """Asks over a new connection, repeatedly for up to `ASK_WITHIN` seconds, whether the event was saved.

        The question takes the writers' lock, so the transaction in doubt has ended by then. Raises InDoubt.
        """
        with server_timeouts.within(server_timeouts.ASK_WITHIN):
            while True:
                with suppress(SQLAlchemyError), engine.connect() as connection:
                    # A function of the owner, because the step may have restricted its case to others.
                    asked = "SELECT public.feedback_was_saved(%s, %s)"
                    return bool(connection.exec_driver_sql(asked, tuple(event)).scalar_one())
                if (server_timeouts.time_left() or 0) <= PAUSE or self.connections.ended.is_set():
                    raise InDoubt(self.where, event)
                time.sleep(PAUSE)

    def busy(self, engine: Engine) -> RegisterBusy:
        """Returns the error for a lock that could not be taken, naming who holds it and since when if that can be found
        out."""
        asked = (
            "SELECT usename, application_name FROM pg_locks JOIN pg_stat_activity USING (pid) "
            f"WHERE locktype = 'relation' AND relation = '{WRITERS}'::regclass AND granted "
            "AND mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock') AND pid != pg_backend_pid() "
            "AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        with (
            suppress(SQLAlchemyError, ValueError),
            server_timeouts.within(server_timeouts.PING_WITHIN),
            engine.execution_options(**{READING: True}).connect() as connection,
        ):
            if (found := connection.exec_driver_sql(asked).first()) is not None:
                name, called = str(found[0] or ""), str(found[1] or "")
                since = called.removeprefix(_WRITING_SINCE) if called.startswith(_WRITING_SINCE) else ""
                return RegisterBusy(name, datetime.fromisoformat(since).astimezone() if since else None)
        return RegisterBusy()

    def abandon(self) -> None:
        """Stops all waiting for the server, in every thread, because the program ends."""
        self.connections.ended.set()

    def watch(self, engine: Engine) -> Watch:
        return ServerWatch(engine)

    def in_words(self, error: Exception) -> RegisterError | None:
        """Returns a PostgreSQL error as a RegisterError for the officer, or None if it is a bug in this program."""
        import psycopg

        cause: Any = getattr(error, "orig", None) or error
        if isinstance(error, UnicodeEncodeError):
            return CannotBeStored()
        if isinstance(error, ValueError) and was_stored(error):
            return BrokenRegister(self.where, "a stored value cannot be read")
        if not isinstance(cause, psycopg.Error):
            return None
        return _sentence(cause, self.where)

    def _raise_plainly(self, error: Exception) -> NoReturn:
        if (plain := self.in_words(error)) is not None:
            raise plain from error
        raise error


def _engine(url: URL, connections: type[ServerConnection]) -> Engine:
    from feedback_tui.storage.backend.server_connection import KEEPALIVE, SERVER_KEEPALIVE

    engine = create_engine(
        url,
        pool_size=5,
        json_serializer=canonical_json,
        connect_args={
            **KEEPALIVE,
            "application_name": "feedback-tui",
            "options": f"{SETTINGS} {SERVER_KEEPALIVE}",
        },
    )

    def connect(_dialect: object, _record: object, _given: object, parameters: dict[str, Any]) -> ServerConnection:
        return connections.open(parameters)

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkout", _require_alive)
    event.listen(engine, "begin", _begin)
    return engine


def _require_alive(connection: Any, record: Any, _fairy: object) -> None:
    """Checks a pooled connection before it is reused. Raises InvalidatePoolError for a lost one, so that the pool opens
    another."""
    if record.info.setdefault("unused", True):
        record.info["unused"] = False
        return
    try:
        with server_timeouts.within(server_timeouts.PING_WITHIN):
            connection.execute("SELECT 1")
            connection.rollback()
    except Exception as error:
        raise InvalidatePoolError from error


def _begin(connection: Connection) -> None:
    """Begins a transaction: a reader sees one snapshot; a writer takes the writers' lock first and then sees all that
    was committed before."""
    from psycopg import IsolationLevel

    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return  # No transaction: what is done so says its limits itself.
    reading = options.get(READING, False)
    driver: Any = connection.connection.driver_connection
    # Set on the driver, which puts it into BEGIN: that saves a round trip.
    driver.isolation_level = IsolationLevel.REPEATABLE_READ if reading else None
    driver.read_only = True if reading else None
    allowed = (server_timeouts.LONG if server_timeouts.is_long() else server_timeouts.STEP).statements(
        driver.info.server_version
    )
    if not reading:
        since = "to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"')"
        name = f"SELECT set_config('application_name', '{_WRITING_SINCE}' || {since}, true);"
        lock = f"SELECT pg_advisory_xact_lock({MAKING})" if options.get(_MAKING) else LOCK
        connection.exec_driver_sql(f"{allowed} {name} {lock}")
    elif server_timeouts.is_long():
        connection.exec_driver_sql(allowed)


def _sentence(error: Any, where: str) -> RegisterError | None:
    """Returns the RegisterError for a driver's error, by its SQLSTATE; None for a state that is not listed. An error
    without one means that the server was not reached or the connection lost."""
    state: str = error.sqlstate or ""
    told = str(error).strip().splitlines()
    why = (told[-1] if told else type(error).__name__).strip()
    if not state:
        return _unreached(where, why, " ".join(told))
    match state[:2]:
        case "57" if state == "57014":
            return ServerAway(where, "it took too long")
        case "08" | "57":
            return ServerAway(where, "the connection was closed")
        case "28":
            return ServerRefuses(f"The server of {where} does not let you in: ask whoever keeps it.")
        case "3D":
            return NoDatabase(where)
        case "42" if state == "42501":
            return ServerRefuses(f"Your login may not do that on {where}. Nothing was saved; ask whoever keeps it.")
        case "42" if state in ("42P01", "42703"):
            return BrokenRegister(where, "a table or column is gone")
        case "25" if state == "25006":
            return RegisterUnwritable(f"{where} cannot be written: the server is read-only. Nothing was saved.")
        case "53" if state == "53300":
            return ServerAway(where, "every connection that it has is taken")
        case "53" if state == "53100":
            return RegisterUnwritable(f"The disk of the server of {where} is full. Nothing was saved.")
        case "53":
            return RegisterUnwritable(
                f"The server of {where} has no room left in memory. Nothing was saved; try again."
            )
        case "25" if state in ("25P03", "25P04"):
            return ServerAway(where, "the connection was lost, or stood still for too long")
        case "55" | "40":
            return RegisterBusy()
        case "23" if state == "23503":
            return RegisterError(
                "Nothing was saved: what would be taken away belongs to what is hidden from your login. Ask one "
                "who may see it."
            )
        case "23" if error.diag.constraint_name == REFERENCES:
            # Visible cases were checked before, so the reference belongs to a hidden one.
            return RegisterError(
                "Nothing was saved: that reference is taken by a case that is hidden from your login. Use another."
            )
    return None


def _unreached(where: str, why: str, told: str) -> RegisterError:
    """Translates a failed connection by the driver's message. The server's own message follows "FATAL:"."""
    fatal = why.partition("FATAL:")[2].strip()
    if "does not exist" in why and "database" in why and not fatal.startswith("role "):
        return NoDatabase(where)
    if "too many c" in fatal or "connection slots" in fatal:
        return ServerAway(where, f"every connection that it has is taken: {fatal}")
    if "not permitted to log in" in fatal:
        return ServerRefuses(
            f"The server of {where} does not let you in: {fatal}. Log in by another name, or ask whoever keeps it to "
            "let that one log in."
        )
    if fatal.startswith("role ") and "does not exist" in fatal:
        return ServerRefuses(f"The server of {where} does not let you in: {fatal}. Ask whoever keeps it to make it.")
    if any(words in fatal for words in ("starting up", "shutting down", "recovery mode", "not yet accepting")):
        return ServerAway(where, fatal)
    if fatal or "password" in why or "authentication" in why:
        return ServerRefuses(f"The server of {where} does not let you in: {fatal or why}. Ask whoever keeps it.")
    if "resolve host" in told:
        return ServerAway(where, "there is no such host")
    return ServerAway(where, "it does not answer" if "refused" in told or "timeout" in told else "the connection broke")


class NoDatabase(RegisterError):
    """The server has no database of this name."""

    def __init__(self, where: str) -> None:
        super().__init__(f"The server has no database for {where}. Whoever keeps it makes one with: {ASKS_FOR} NAME")
