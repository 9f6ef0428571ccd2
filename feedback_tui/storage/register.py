"""A register: one council's cases in one database, with its profile and the days off that it counts with."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import delete, func, insert
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

import feedback_tui.models.tables  # noqa: F401 – every table, so that each finds the others
from feedback_tui import settings
from feedback_tui.models.register import DayOffRow, Setting, WorkingDay
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile import read_profile
from feedback_tui.rules.working_days import FIRST_YEAR, LAST_YEAR, WorkingCalendar, england
from feedback_tui.storage.engine import (
    APPLICATION_ID,
    READING,
    as_register_error,
    connect,
    open_engine,
    raise_plainly,
    register_file,
    require_local_disk,
    require_register_file,
)
from feedback_tui.storage.errors import (
    BrokenRegister,
    NewerRegister,
    RegisterError,
    RegisterExists,
    RegisterMoved,
)
from feedback_tui.storage.files import sync_folder
from feedback_tui.storage.inserts import insert_rows
from feedback_tui.storage.unit_of_work import Work
from feedback_tui.words import StepKey

CALENDAR = "calendar"
"""The setting that holds the fingerprint of the days off: whoever counts with others reads them again."""
OFFICIAL_DAYS = "official days off until"


class Register:
    """One opened register. Readers get a session of their own; a verb gets one unit of work."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path, self.engine = path, engine
        self._file = _identity(path)
        self._calendar: WorkingCalendar | None = None

    @property
    def where(self) -> str:
        """The place of the register, as the officer would name it."""
        return str(self.path)

    @cached_property
    def profile_toml(self) -> str:
        """The council's profile as it was given."""
        with self.reading() as session:
            found = session.exec(select(Setting.value).where(Setting.key == "profile")).first()
        if found is None:
            raise BrokenRegister(self.where, "its profile is missing")
        return found

    @cached_property
    def profile(self) -> Profile:
        """The council's profile."""
        return read_profile(self.profile_toml, f"the profile of {self.where}")

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
        self.require_same_file()
        session = Session(self.engine.execution_options(**{READING: True}), autoflush=False)
        try:
            self._look_at_calendar(session)
            yield session
        except (SQLAlchemyError, ValueError) as error:
            raise_plainly(error, self.where)
        finally:
            session.close()

    @contextmanager
    def work(self, officer: str, now: datetime | None = None, *, rehearsal: bool = False) -> Iterator[Work]:
        """One unit of work: committed at the end and on disk when this returns; an error leaves nothing."""
        self.require_same_file()
        # Read before the write lock is taken: a second connection must not wait for the first.
        _ = self.profile
        engine = self.engine.execution_options(**{READING: rehearsal})
        session = Session(engine, autoflush=False, expire_on_commit=False)
        try:
            session.connection()
            # Looked at once more under the write lock: restoring a backup exchanges the file while it holds that lock.
            self.require_same_file()
            self._look_at_calendar(session)
            work = Work(session, officer, now or datetime.now(UTC), rehearsal=rehearsal)
            yield work
            work.commit()
        except (SQLAlchemyError, ValueError) as error:
            raise_plainly(error, self.where)
        finally:
            session.close()

    def _look_at_calendar(self, session: Session) -> None:
        """Reads the days off again where another officer changed them: a date is never counted with old ones."""
        stored = dict(
            session.exec(
                select(col(Setting.key), col(Setting.value)).where(col(Setting.key).in_([CALENDAR, OFFICIAL_DAYS]))
            ).all()
        )
        if not {CALENDAR, OFFICIAL_DAYS} <= stored.keys():
            raise BrokenRegister(self.where, "the settings of its days off are missing")
        if self._calendar is None or stored.get(CALENDAR) != self._calendar.fingerprint:
            days_off = dict(session.exec(select(col(DayOffRow.day), col(DayOffRow.why))).all())
            self._calendar = WorkingCalendar(days_off, date.fromisoformat(stored[OFFICIAL_DAYS]))

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()

    def require_same_file(self) -> None:
        """Writes to a deleted file succeed without a word: so each use looks whether the file is still there."""
        if _identity(self.path) != self._file:
            raise RegisterMoved(self.where)


def create_register(where: str, profile_toml: str, officer: str = "") -> Register:
    """Makes the database for a council's profile, and opens it. Raises RegisterError, BadProfile.

    The file appears whole under its name or not at all, readable by this user only. `officer` makes it: the system's
    user where no one is named.
    """
    profile = read_profile(profile_toml)
    path = register_file(where)
    if path.exists():
        raise RegisterExists(str(path))
    unfinished = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        require_local_disk(path)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
        os.close(handle)
        unfinished = Path(name)
        _fill(unfinished, profile, profile_toml, officer or settings.officer_name())
        _give_name(unfinished, path)
    except FileExistsError:
        raise RegisterExists(str(path)) from None
    except OSError as error:
        raise RegisterError(f"A register cannot be made at {path}: {error.strerror}.") from None
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise_plainly(error, str(path))
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
    return open_register(str(path))


def open_register(where: str) -> Register:
    """Opens the register at `where`. Raises the RegisterError that says what is wrong with it.

    One of an earlier version of the program is brought to this one, after a verified backup.
    """
    from feedback_tui.storage import schema

    path = register_file(where)
    require_register_file(path)
    engine = open_engine(path)
    try:
        with engine.execution_options(**{READING: True}).connect() as connection:
            shape = schema.shape_of(connection)
        if shape is None:
            raise BrokenRegister(str(path), "it has no schema version")
        if shape != schema.HEAD:
            _bring_up(Register(path, engine), shape)
        return Register(path, engine)
    except SQLAlchemyError as error:
        engine.dispose()
        raise_plainly(error, str(path))
    except BaseException:
        engine.dispose()
        raise


def _bring_up(register: Register, shape: str) -> None:
    """Migrates an older register; what it was before is kept as a verified backup first."""
    from feedback_tui.storage import backup, schema

    if shape not in schema.known_shapes():
        if shape.isdigit() and shape > schema.HEAD:
            raise NewerRegister(register.where)
        raise BrokenRegister(register.where, f"its schema version is “{shape}”")
    kept = backup.backup(register, why=backup.Why.MIGRATION)
    try:
        schema.migrate(register.engine)
    except Exception as error:
        plain = as_register_error(error, register.where)
        raise plain or RegisterError(
            f"{register.where} could not be brought to this version of the program, and was left as it was "
            f"({type(error).__name__}). Go on with the version you had; a copy is kept at {kept}."
        ) from error


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _give_name(unfinished: Path, path: Path) -> None:
    """Gives a finished file its name, never over another. Raises FileExistsError."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links (a USB stick): the window between looking and naming is as small as can be.
        if path.exists():
            raise FileExistsError(path) from None
        unfinished.rename(path)
    sync_folder(path.parent)


def _fill(path: Path, profile: Profile, profile_toml: str, officer: str) -> None:
    from feedback_tui.storage import schema

    with closing(connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    engine = open_engine(path)
    try:
        schema.migrate(engine)
        now = datetime.now(UTC)
        with Session(engine, autoflush=False) as session:
            work = Work(session, officer, now)
            session.add(Setting(key="profile", value=profile_toml))
            write_calendar(session, england().with_closures(profile.closures), set(profile.closures))
            work.record_register(StepKey.SET_UP, now.date(), details={"profile": profile.key})
            work.commit()
    finally:
        engine.dispose()


def write_calendar(session: Session, calendar: WorkingCalendar, closures: set[date]) -> None:
    """Stores a new register's days off, and each working day with its ordinal."""
    session.execute(
        insert(DayOffRow),
        [{"day": day, "why": why, "closure": day in closures} for day, why in sorted(calendar.days_off.items())],
    )
    session.add(Setting(key=CALENDAR, value=calendar.fingerprint))
    session.add(Setting(key=OFFICIAL_DAYS, value=calendar.official_until.isoformat()))
    number_working_days(session, calendar, date(FIRST_YEAR, 1, 1))


def number_working_days(session: Session, calendar: WorkingCalendar, since: date) -> None:
    """Gives the working days from `since` on their ordinals, in place of those they had."""
    session.execute(delete(WorkingDay).where(col(WorkingDay.day) >= since))
    last = session.execute(select(func.max(WorkingDay.ordinal))).scalar() or 0
    days = (date.fromordinal(day) for day in range(since.toordinal(), date(LAST_YEAR, 12, 31).toordinal() + 1))
    working = (day for day in days if calendar.is_working_day(day))
    insert_rows(session, WorkingDay, [{"day": day, "ordinal": n} for n, day in enumerate(working, start=last + 1)])
