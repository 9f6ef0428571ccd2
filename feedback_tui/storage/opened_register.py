"""An open register: one council's cases in one database, with its profile and days off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NoReturn

from feedback_tui import folders
from feedback_tui.rules.laws import CountedByLaw
from feedback_tui.rules.nations import Nation
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile import read_profile
from feedback_tui.rules.working_days import WorkingCalendar, nation_of
from feedback_tui.storage.backend import schema_version
from feedback_tui.storage.backend.backend import Keeper
from feedback_tui.storage.backend.file_backend import RegisterFile
from feedback_tui.storage.backend.lazy_models import models_loaded
from feedback_tui.storage.backend.server_timeouts import a_step
from feedback_tui.storage.backend.sqlite_fast_reader import Moment
from feedback_tui.storage.change_watch import Watch
from feedback_tui.storage.errors import (
    BrokenRegister,
    HiddenCases,
    NewerRegister,
    OnServer,
    RegisterBusy,
    RegisterError,
    RegisterMoved,
    SavedEvent,
    ServerAway,
)
from feedback_tui.storage.setting_keys import CALENDAR, OFFICIAL_DAYS, PROFILE, PROFILE_MARK

# SQLAlchemy and the models are loaded with the first query that the fast reader cannot answer, and the code that writes
# with the first step, so that the desk opens without waiting for them.
if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine
    from sqlmodel import Session

    from feedback_tui.storage.unit_of_work import UnitOfWork

_SCHEMA = "schema version"
"""The key of the schema version in the result of `_LOOKED_AT`; no setting has this name."""
_LOOKED_AT = (
    f"""SELECT "key", value FROM setting WHERE "key" IN ('{CALENDAR}', '{OFFICIAL_DAYS}', '{PROFILE_MARK}') """
    f"UNION ALL SELECT '{_SCHEMA}', version_num FROM alembic_version"
)
"""The settings that are compared at the start of each transaction."""
_PROFILE = f"""SELECT value FROM setting WHERE "key" = '{PROFILE}'"""


class Register:
    """An open register. Each reader gets a session of its own; each verb gets one unit of work."""

    def __init__(self, keeper: Keeper, begun: Moment | None = None) -> None:
        self.keeper = keeper
        self.changed = False
        """Whether a step was saved through this object."""
        self.reader = ""
        """The officer who reads; a restricted case is only shown to the officers named for it. If empty, to none."""
        self.opened_as_keeper: set[tuple[str, date]] = set()
        """Restricted cases that a keeper opened, by reference and day, so that each is logged once a day."""
        self._engine: Engine | None = None
        self._opening = Lock()
        self._calendar: WorkingCalendar | None = None
        self._calendar_mark: tuple[str, str] | None = None
        """The register's fingerprint of the days off when they were read, and how far the bank
        holidays are official."""
        self._profile_mark: str | None = None
        if begun is not None:
            self._calendar, self.profile_toml = begun.calendar, begun.settings[PROFILE]
            self._profile_mark = begun.settings.get(PROFILE_MARK, "")
            self._calendar_mark = (begun.settings[CALENDAR], begun.settings[OFFICIAL_DAYS])

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine, created on first use."""
        with self._opening:
            if self._engine is None:
                self._engine = models_loaded(self.keeper.open)()
            return self._engine

    @property
    def is_fresh(self) -> bool:
        """Whether no engine was needed so far, so that the fast reader can still be used."""
        return self._engine is None

    @property
    def where(self) -> str:
        """The register's address, for display."""
        return self.keeper.where

    @property
    def path(self) -> Path:
        """The register's file. Raises OnServer if it is on a server."""
        if isinstance(self.keeper, RegisterFile):
            return self.keeper.path
        raise OnServer(self.where)

    @property
    def in_a_file(self) -> bool:
        """Whether the register is a SQLite file."""
        return isinstance(self.keeper, RegisterFile)

    @cached_property
    def login(self) -> str:
        """The login on the server; empty for a file."""
        if self.in_a_file:
            return ""
        with self.reading() as session:
            return str(session.connection().exec_driver_sql("SELECT session_user").scalar_one())

    def officer_for(self, name: str) -> str:
        """Returns the officer for events: `name` for a file, the login on a server. Raises RegisterError if another
        officer was named there."""
        if self.in_a_file or name == self.login:
            return name
        if name != folders.officer_name():
            raise RegisterError(
                f"On a server the login is the officer: you are {self.login}, not {name}. Leave --as out, or log in as "
                f"{name}."
            )
        return self.login

    @cached_property
    def is_keepers(self) -> bool:
        """Whether the login may open every case by the role of a keeper. Opening a restricted case is then logged."""
        if self.in_a_file:
            return False
        with self.reading() as session:
            return bool(session.connection().exec_driver_sql("SELECT public.feedback_keeps()").scalar_one())

    @cached_property
    def is_limited(self) -> bool:
        """Whether the server itself hides cases from this login, so that the program need not filter them."""
        if self.in_a_file:
            return False
        asked = "SELECT row_security_active('public.feedback_case') AND NOT public.feedback_keeps()"
        with self.reading() as session:
            return bool(session.connection().exec_driver_sql(asked).scalar_one())

    def require_all_cases(self, so: str = "the figures would be short: a keeper prints them") -> None:
        """Raises HiddenCases if the server hides restricted cases from this login.

        `so` says what would be wrong without them, and who can do it instead.
        """
        if self.in_a_file:
            return
        with self.engine.execution_options(reading=True).connect() as connection:
            # A login that is exempt from row policies sees all cases, even if it does not own the tables.
            if not connection.exec_driver_sql("SELECT row_security_active('public.feedback_case')").scalar_one():
                return
            if count := int(connection.exec_driver_sql("SELECT public.feedback_hidden_cases()").scalar_one()):
                raise HiddenCases(count, so)

    def watch(self) -> Watch:
        """Returns a watch for changes by others, on a connection of its own. Raises RegisterError."""
        try:
            return self.keeper.watch(self.engine)
        except Exception as error:
            self.raise_plainly(error)

    def raise_plainly(self, error: Exception) -> NoReturn:
        """Raises the RegisterError for a database error; raises `error` itself if it is a bug in this program."""
        plain = self.keeper.in_words(error)
        if isinstance(plain, RegisterBusy) and self._engine is not None:
            plain = self.keeper.busy(self._engine)
        if plain is not None:
            raise plain from error
        raise error

    @cached_property
    def profile_toml(self) -> str:
        """The council's profile as TOML text."""
        with self.reading() as session:
            return self._stored_profile(session.connection())

    def _stored_profile(self, connection: Connection) -> str:
        found: str | None = connection.exec_driver_sql(_PROFILE).scalar()
        if found is None:
            raise BrokenRegister(self.where, "its profile is missing")
        return found

    @cached_property
    def profile(self) -> Profile:
        """The council's profile."""
        return read_profile(self.profile_toml, f"the profile of {self.where}")

    @cached_property
    def counted_by_law(self) -> CountedByLaw:
        """Tells which deadlines the council's closure days do not move."""
        return CountedByLaw(self.profile_toml)

    @property
    def calendar(self) -> WorkingCalendar:
        """The days off, as read at the start of the last transaction."""
        if self._calendar is None:
            with self.reading():
                pass
        assert self._calendar is not None, "reading looks at the calendar"
        return self._calendar

    @contextmanager
    @models_loaded
    def reading(self) -> Iterator[Session]:
        """Yields a session for reading: it sees one snapshot, takes no write lock, and is rolled back at the end."""
        from sqlalchemy.exc import SQLAlchemyError
        from sqlmodel import Session

        self.require_same_file()
        session = Session(self.engine.execution_options(reading=True), autoflush=False)
        try:
            self.require_current(session.connection())
            yield session
        except (SQLAlchemyError, ValueError) as error:
            self.raise_plainly(error)
        finally:
            _let_go(session)

    @contextmanager
    @models_loaded
    def transaction(
        self, officer: str, now: datetime | None = None, *, rehearsal: bool = False
    ) -> Iterator[UnitOfWork]:
        """Yields a unit of work. It is committed at the end and on disk when the block returns; an error in the block
        leaves nothing. Raises RegisterError if it cannot be saved; of these InDoubt if the connection broke during the
        commit, so that it is not known whether it was saved."""
        from sqlalchemy.exc import SQLAlchemyError
        from sqlmodel import Session

        from feedback_tui.storage.unit_of_work import UnitOfWork

        self.require_same_file()
        with a_step():
            # Read before taking the write lock, because it may use a second connection, which would wait for the first.
            _ = self.profile
            engine = self.engine.execution_options(reading=rehearsal)
            session = Session(engine, autoflush=False, expire_on_commit=False)
            try:
                session.connection()
                # Checked again under the write lock: a restore replaces the file while it holds that lock.
                self.require_same_file()
                self.require_current(session.connection())
                moment = self.keeper.moment(session, now or datetime.now(UTC))
                work = UnitOfWork(session, officer, moment, rehearsal=rehearsal)
                yield work
                in_doubt: SavedEvent | None = None
                try:
                    work.commit()
                except BaseException as error:
                    # Whether the commit was rolled back is uncertain, so the connection is discarded.
                    session.invalidate()
                    if work.committing is None or not self._is_lost(error):
                        raise
                    in_doubt = work.committing
                if work.committing is not None:
                    self.keeper.saved(work.committing)
            except (SQLAlchemyError, ValueError) as error:
                self.raise_plainly(error)
            finally:
                _let_go(session)
        # The commit may have succeeded although its answer was lost. Without this check the officer would save it
        # twice.
        if in_doubt is not None and not self.was_saved(in_doubt):
            raise ServerAway(self.where, "the connection broke")
        self.changed = self.changed or not rehearsal

    def was_saved(self, event: SavedEvent) -> bool:
        """Returns whether a step whose commit failed was saved, by its last event. Raises InDoubt."""
        return self.keeper.was_saved(self.engine, event)

    def _is_lost(self, error: BaseException) -> bool:
        """Whether the error means that the connection was lost, rather than that the statement failed."""
        return isinstance(error, Exception) and isinstance(self.keeper.in_words(error), ServerAway)

    def require_current(self, connection: Connection) -> None:
        """Checks at the start of a transaction that this is still the register that was opened, with the same schema.

        Reads the days off and the profile again if another officer changed them, so that no date is counted with old
        ones. Raises NewerRegister, RegisterMoved, BrokenRegister.
        """
        stored: dict[str, str] = {row[0]: row[1] for row in connection.exec_driver_sql(_LOOKED_AT)}
        if (shape := stored.pop(_SCHEMA, "")) != schema_version.HEAD:
            raise NewerRegister(self.where, since=True) if is_newer(shape) else RegisterMoved(self.where)
        self.keeper.require_same_record(connection)
        if not {CALENDAR, OFFICIAL_DAYS} <= stored.keys():
            raise BrokenRegister(self.where, "the settings of its days off are missing")
        of_now = (stored[CALENDAR], stored[OFFICIAL_DAYS])
        if self._calendar is None or self._calendar_mark != of_now:
            self._calendar = _calendar(
                connection, date.fromisoformat(stored[OFFICIAL_DAYS]), nation_of(stored[CALENDAR])
            )
            self._calendar_mark = of_now
        mark = stored.get(PROFILE_MARK, "")
        if self._profile_mark not in (None, mark):
            for read_from_it in ("profile", "counted_by_law"):
                self.__dict__.pop(read_from_it, None)
            self.profile_toml = self._stored_profile(connection)
        self._profile_mark = mark

    def abandon(self) -> None:
        """Stops all waiting for the database, in every thread, because the program ends."""
        self.keeper.abandon()

    def close(self) -> None:
        """Closes all connections."""
        if self._engine is not None:
            self._engine.dispose()

    def require_same_file(self) -> None:
        """Raises RegisterMoved if the file at this path is no longer the one that was opened."""
        self.keeper.require_same()


def _let_go(session: Session) -> None:
    """Closes a session. If its connection was lost, it is discarded instead of returned to the pool."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        session.close()
    except SQLAlchemyError:
        session.invalidate()


def is_newer(shape: str) -> bool:
    """Whether a schema version is newer than this program's."""
    return shape.isdigit() and shape > schema_version.HEAD


def _calendar(connection: Connection, official_until: date, nation: Nation) -> WorkingCalendar:
    from sqlalchemy import select

    from feedback_tui.models.register import DayOffRow

    # Uses the table rather than the ORM class, so that a first query need not wait until all classes are mapped.
    table = DayOffRow.metadata.tables[DayOffRow.__tablename__]
    rows = connection.execute(select(table.c.day, table.c.why, table.c.closure)).all()
    closures = frozenset(row.day for row in rows if row.closure)
    return WorkingCalendar({row.day: row.why for row in rows}, official_until, closures=closures, nation=nation)


def profile_mark(profile_toml: str) -> str:
    """Returns twelve hexadecimal digits of the hash of a profile's text."""
    return sha256(profile_toml.encode("utf-8", "surrogatepass")).hexdigest()[:12]
