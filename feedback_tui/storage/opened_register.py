"""A register that is open: one council's cases in one database, with its profile and the days off it counts with."""

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
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile import read_profile
from feedback_tui.rules.working_days import WorkingCalendar
from feedback_tui.storage.backend import schema_version
from feedback_tui.storage.backend.backend import Keeper
from feedback_tui.storage.backend.file_backend import RegisterFile
from feedback_tui.storage.backend.lazy_models import load
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

# SQLAlchemy and the models are loaded with the first reading that is not at once, what writes with the first step: an
# officer who opens the desk waits for neither.
if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine
    from sqlmodel import Session

    from feedback_tui.storage.unit_of_work import UnitOfWork

_SCHEMA = "schema version"
"""What the schema is called among the settings that are looked at; no setting has that name."""
_LOOKED_AT = (
    f"""SELECT "key", value FROM setting WHERE "key" IN ('{CALENDAR}', '{OFFICIAL_DAYS}', '{PROFILE_MARK}') """
    f"UNION ALL SELECT '{_SCHEMA}', version_num FROM alembic_version"
)
"""Ready for the driver: each reading and each step asks it first."""
_PROFILE = f"""SELECT value FROM setting WHERE "key" = '{PROFILE}'"""


class Register:
    """One opened register. Readers get a session of their own; a verb gets one unit of work."""

    def __init__(self, keeper: Keeper, begun: Moment | None = None) -> None:
        self.keeper = keeper
        self.changed = False
        """Whether a step was saved through it."""
        self.reader = ""
        """Who reads: a restricted case is shown to the officers named for it alone. Nobody's name: to none."""
        self.opened_as_keeper: set[tuple[str, date]] = set()
        """The restricted cases that a keeper opened, by reference and day: each is on record once."""
        self._engine: Engine | None = None
        self._opening = Lock()
        self._calendar: WorkingCalendar | None = None
        self._calendar_mark: tuple[str, str] | None = None
        """What the register named its days off by when they were read."""
        self._profile_mark: str | None = None
        if begun is not None:
            self._calendar, self.profile_toml = begun.calendar, begun.settings[PROFILE]
            self._profile_mark = begun.settings.get(PROFILE_MARK, "")
            self._calendar_mark = (begun.settings[CALENDAR], begun.settings[OFFICIAL_DAYS])

    @property
    def engine(self) -> Engine:
        """What its database is asked through; made when it is first needed."""
        with self._opening:
            if self._engine is None:
                load()
                self._engine = self.keeper.open()
            return self._engine

    @property
    def is_fresh(self) -> bool:
        """Whether nothing was asked yet but what can be read at once."""
        return self._engine is None

    @property
    def where(self) -> str:
        """The place of the register, as the officer would name it."""
        return self.keeper.where

    @property
    def path(self) -> Path:
        """Its file. Raises OnServer for a register that has none."""
        if isinstance(self.keeper, RegisterFile):
            return self.keeper.path
        raise OnServer(self.where)

    @property
    def in_a_file(self) -> bool:
        """Whether it is one file: what its backups are made of."""
        return isinstance(self.keeper, RegisterFile)

    @cached_property
    def login(self) -> str:
        """Who is logged in on the server; empty for a file."""
        if self.in_a_file:
            return ""
        with self.reading() as session:
            return str(session.connection().exec_driver_sql("SELECT session_user").scalar_one())

    def officer_for(self, name: str) -> str:
        """Who works: on a server the login, whoever else was named is refused. Raises RegisterError."""
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
        """Whether the login may open every case of a server by its role: each that is restricted is put on record."""
        if self.in_a_file:
            return False
        with self.reading() as session:
            return bool(session.connection().exec_driver_sql("SELECT public.feedback_keeps()").scalar_one())

    @cached_property
    def is_limited(self) -> bool:
        """Whether a server hides from this login what it may not open: nothing of that need be left out here."""
        if self.in_a_file:
            return False
        asked = "SELECT row_security_active('public.feedback_case') AND NOT public.feedback_keeps()"
        with self.reading() as session:
            return bool(session.connection().exec_driver_sql(asked).scalar_one())

    def require_all_cases(self, so: str = "the figures would be short: a keeper prints them") -> None:
        """Raises HiddenCases where the server hides restricted cases from this login.

        `so` says what would be wrong then, and who does it instead.
        """
        if self.in_a_file:
            return
        with self.engine.execution_options(reading=True).connect() as connection:
            # Whoever stands above the policies sees them all, also who is no owner of the tables.
            if not connection.exec_driver_sql("SELECT row_security_active('public.feedback_case')").scalar_one():
                return
            if count := int(connection.exec_driver_sql("SELECT public.feedback_hidden_cases()").scalar_one()):
                raise HiddenCases(count, so)

    def watch(self) -> Watch:
        """What says whether others changed it, over a connection of its own. Raises RegisterError."""
        try:
            return self.keeper.watch(self.engine)
        except Exception as error:
            self.raise_plainly(error)

    def raise_plainly(self, error: Exception) -> NoReturn:
        """Raises the plain sentence for a database error, or the error itself where it is a fault of ours."""
        plain = self.keeper.in_words(error)
        if isinstance(plain, RegisterBusy) and self._engine is not None:
            plain = self.keeper.busy(self._engine)
        if plain is not None:
            raise plain from error
        raise error

    @cached_property
    def profile_toml(self) -> str:
        """The council's profile as it was given."""
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
        """Says which deadlines closure days of the council do not move."""
        return CountedByLaw(self.profile_toml)

    @property
    def calendar(self) -> WorkingCalendar:
        """The days off that this register counts with, as they were when it was last read or worked on."""
        if self._calendar is None:
            with self.reading():
                pass
        assert self._calendar is not None, "reading looks at the calendar"
        return self._calendar

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads: it sees one moment, takes no write lock, and is rolled back at the end."""
        load()
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
    def transaction(
        self, officer: str, now: datetime | None = None, *, rehearsal: bool = False
    ) -> Iterator[UnitOfWork]:
        """One unit of work: committed at the end and on disk when this returns; an error leaves nothing."""
        load()
        from sqlalchemy.exc import SQLAlchemyError
        from sqlmodel import Session

        from feedback_tui.storage.unit_of_work import UnitOfWork

        self.require_same_file()
        with a_step():
            # Read before the write lock is taken: a second connection must not wait for the first.
            _ = self.profile
            engine = self.engine.execution_options(reading=rehearsal)
            session = Session(engine, autoflush=False, expire_on_commit=False)
            try:
                session.connection()
                # Looked at once more under the write lock: restoring a backup exchanges the file while it holds that
                # lock.
                self.require_same_file()
                self.require_current(session.connection())
                moment = self.keeper.moment(session, now or datetime.now(UTC))
                work = UnitOfWork(session, officer, moment, rehearsal=rehearsal)
                yield work
                in_doubt: SavedEvent | None = None
                try:
                    work.commit()
                except BaseException as error:
                    # Whether it is rolled back is not certain any more: the connection is not given to anyone else.
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
        # The answer alone may have been lost: else it would be saved once more, and be there twice.
        if in_doubt is not None and not self.was_saved(in_doubt):
            raise ServerAway(self.where, "the connection broke")
        self.changed = self.changed or not rehearsal

    def was_saved(self, event: SavedEvent) -> bool:
        """Whether a step is in the register whose commit broke, by its last event. Raises InDoubt."""
        return self.keeper.was_saved(self.engine, event)

    def _is_lost(self, error: BaseException) -> bool:
        """Whether it is the connection that failed, and not what was asked over it."""
        return isinstance(error, Exception) and isinstance(self.keeper.in_words(error), ServerAway)

    def require_current(self, connection: Connection) -> None:
        """Looks, at the begin of a transaction, whether this is still the register that was opened, as it was shaped.

        Reads the days off and the profile again where another officer changed them: no date is counted with old ones.
        Raises NewerRegister, RegisterMoved, BrokenRegister.
        """
        stored: dict[str, str] = {row[0]: row[1] for row in connection.exec_driver_sql(_LOOKED_AT)}
        if (shape := stored.pop(_SCHEMA, "")) != schema_version.HEAD:
            raise NewerRegister(self.where, since=True) if is_newer(shape) else RegisterMoved(self.where)
        self.keeper.require_same_record(connection)
        if not {CALENDAR, OFFICIAL_DAYS} <= stored.keys():
            raise BrokenRegister(self.where, "the settings of its days off are missing")
        of_now = (stored[CALENDAR], stored[OFFICIAL_DAYS])
        if self._calendar is None or self._calendar_mark != of_now:
            self._calendar = _calendar(connection, date.fromisoformat(stored[OFFICIAL_DAYS]))
            self._calendar_mark = of_now
        mark = stored.get(PROFILE_MARK, "")
        if self._profile_mark not in (None, mark):
            for read_from_it in ("profile", "counted_by_law"):
                self.__dict__.pop(read_from_it, None)
            self.profile_toml = self._stored_profile(connection)
        self._profile_mark = mark

    def abandon(self) -> None:
        """Waits for the database no longer, in whichever thread: the program ends."""
        self.keeper.abandon()

    def close(self) -> None:
        """Closes every connection."""
        if self._engine is not None:
            self._engine.dispose()

    def require_same_file(self) -> None:
        """Raises RegisterMoved where what stands in its place is no longer what was opened."""
        self.keeper.require_same()


def _let_go(session: Session) -> None:
    """Gives its connection back. One that was lost meanwhile has nothing to be rolled back, and is not given back."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        session.close()
    except SQLAlchemyError:
        session.invalidate()


def is_newer(shape: str) -> bool:
    """Whether a schema version is one that only a newer program can have made."""
    return shape.isdigit() and shape > schema_version.HEAD


def _calendar(connection: Connection, official_until: date) -> WorkingCalendar:
    from sqlalchemy import select

    from feedback_tui.models.register import DayOffRow

    # As Core knows them: the first look at a register need not wait until every class is mapped to its table.
    table = DayOffRow.metadata.tables[DayOffRow.__tablename__]
    rows = connection.execute(select(table.c.day, table.c.why, table.c.closure)).all()
    closures = frozenset(row.day for row in rows if row.closure)
    return WorkingCalendar({row.day: row.why for row in rows}, official_until, closures=closures)


def profile_mark(profile_toml: str) -> str:
    """Twelve hex digits that name a profile as it is written."""
    return sha256(profile_toml.encode("utf-8", "surrogatepass")).hexdigest()[:12]
