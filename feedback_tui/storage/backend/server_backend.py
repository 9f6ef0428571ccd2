"""A register on a PostgreSQL server: for a team, or for many councils. The extra ``postgres`` brings its driver."""

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
"""The table that whoever writes locks: the record of events is one chain, so one writes at a time. Who may only read
cannot take that lock, as anyone can an advisory one; and so small a table is never long in the hands of a vacuum."""
LOCK = f"LOCK TABLE {WRITERS} IN SHARE UPDATE EXCLUSIVE MODE"
MAKING = 0x46425455
"""The advisory lock of whoever makes the tables: there is none to lock yet."""
_MAKING = "making"
"""The execution option of a connection that makes the tables."""
_WRITING_SINCE = "feedback-tui writing since "
"""How a writer is called while it writes: of another login's sessions the server shows little more than the name."""
SETTINGS = "-c timezone=UTC -c random_page_cost=1.1"
"""What each connection asks of the server: moments as a file has them. And to take what is read here and there for
little dearer than what is read in a row, as it is in memory or on a disk without a moving head: else every case's words
are read from end to end for a word that many have."""
PAUSE = 0.2
"""Seconds between two askings."""
REFERENCES = "ix_feedback_case_reference_key"
"""What keeps two cases from having one reference."""
ASKS_FOR = "createdb --template template0 --encoding UTF8 --locale C.UTF-8"


class RegisterServer:
    """A database on a server."""

    def __init__(self, url: URL) -> None:
        from feedback_tui.storage.backend.server_connection import ServerConnection

        self.url = url
        self.connections = ServerConnection.of_one_register()

    @classmethod
    def at(cls, where: str) -> RegisterServer:
        """The database that a ``postgresql://`` URL names. Raises RegisterError for a password in it, or no driver."""
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
        """What can be known without asking the server is known already."""

    def require_same(self) -> None:
        """A connection stays with the database that it was opened on: no other can take its place."""

    def require_same_record(self, connection: Connection) -> None:
        """Nor can its record be exchanged beneath it."""

    def saved(self, event: SavedEvent) -> None:
        """The server knows."""

    def open(self) -> Engine:
        """An engine on the database. Raises NoRegister where there is none; ServerAway."""
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
        """Makes the tables in an empty database, which the server's keeper has made."""
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
        """References must sort, and names be found, as in a file: by character, letters of every language known."""
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        lower = connection.exec_driver_sql("SELECT lower('ÖÉŁ') = 'öéł', 'a-b' < 'ab', 'B' < 'a'").one()
        if encoding != "UTF8" or not all(lower):
            raise RegisterError(
                f"The database of {self.where} sorts or spells in another way than a register needs. "
                f"Make it with: {ASKS_FOR} NAME"
            )

    def moment(self, session: Session, asked: datetime) -> datetime:
        """When what a login does now is recorded: by the server's clock, under its lock. For the owner of the tables it
        is `asked`."""
        found = session.connection().exec_driver_sql("SELECT public.feedback_moment()").scalar_one()
        return asked if found is None else cast(datetime, found)

    def was_saved(self, engine: Engine, event: SavedEvent) -> bool:
        """Asked over a new connection, and again while the server is coming back.

        Asked under the writers' lock: whoever held it has committed by then, or never will.
        """
        with server_timeouts.within(server_timeouts.ASK_WITHIN):
            while True:
                with suppress(SQLAlchemyError), engine.connect() as connection:
                    # Also where the step restricted its case to others.
                    asked = "SELECT public.feedback_was_saved(%s, %s)"
                    return bool(connection.exec_driver_sql(asked, tuple(event)).scalar_one())
                if (server_timeouts.time_left() or 0) <= PAUSE or self.connections.ended.is_set():
                    raise InDoubt(self.where, event)
                time.sleep(PAUSE)

    def busy(self, engine: Engine) -> RegisterBusy:
        """What is said where the lock could not be had: by whom it is held, and since when, if that can be known."""
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
        """Waits for the server no longer, in whichever thread: the program ends."""
        self.connections.ended.set()

    def watch(self, engine: Engine) -> Watch:
        return ServerWatch(engine)

    def in_words(self, error: Exception) -> RegisterError | None:
        """The plain sentence for an error of the server's."""
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
    """A connection that was lost while nobody used it is found out before a verb needs it, and another is made."""
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
    """A reader sees one moment; a writer waits for its turn, and then sees all that was written before."""
    from psycopg import IsolationLevel

    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return  # No transaction: what is done so says its limits itself.
    reading = options.get(READING, False)
    driver: Any = connection.connection.driver_connection
    # Said to the driver, whose BEGIN says it: no way there and back of its own.
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
    """By the class of SQLSTATE; an error without one never reached the server, or lost it."""
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
            # What the login sees was looked through before.
            return RegisterError(
                "Nothing was saved: that reference is taken by a case that is hidden from your login. Use another."
            )
    return None


def _unreached(where: str, why: str, told: str) -> RegisterError:
    """By what the driver says: its last line, or somewhere in all that it told. The server's own words follow FATAL."""
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
