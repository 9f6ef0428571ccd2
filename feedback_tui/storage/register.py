"""A register: one council's cases in one database, with its profile and the days off that it counts with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from feedback_tui.models.tables import DayOffRow, Setting, WorkingDay
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile import read_profile
from feedback_tui.rules.working_days import FIRST_YEAR, LAST_YEAR, ONE_DAY, WorkingCalendar, england
from feedback_tui.storage.engine import (
    APPLICATION_ID,
    READING,
    open_engine,
    raise_plainly,
    register_file,
    require_register_file,
)
from feedback_tui.storage.errors import NewerRegister, NotARegister, RegisterError, RegisterExists
from feedback_tui.storage.schema import HEAD, known_shapes, migrate, shape_of
from feedback_tui.storage.unit_of_work import Work


class Register:
    """One opened register. Readers get a session of their own; a verb gets one unit of work."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path, self.engine = path, engine
        self._inode = path.stat().st_ino

    @property
    def where(self) -> str:
        """The place of the register, as the officer would name it."""
        return str(self.path)

    @cached_property
    def profile_toml(self) -> str:
        """The council's profile as it was given."""
        with self.reading() as session:
            return session.exec(select(Setting.value).where(Setting.key == "profile")).one()

    @cached_property
    def profile(self) -> Profile:
        """The council's profile."""
        return read_profile(self.profile_toml, f"the profile of {self.where}")

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The days off that this register counts with."""
        with self.reading() as session:
            return WorkingCalendar(dict(session.exec(select(col(DayOffRow.day), col(DayOffRow.why))).all()))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads: it sees one moment, takes no write lock, and is rolled back at the end."""
        session = Session(self.engine.execution_options(**{READING: True}), autoflush=False)
        try:
            yield session
        except SQLAlchemyError as error:
            raise_plainly(error, self.where)
        finally:
            session.close()

    @contextmanager
    def work(self, officer: str, now: datetime | None = None, *, rehearsal: bool = False) -> Iterator[Work]:
        """One unit of work: committed at the end and on disk when this returns; an error leaves nothing."""
        self._require_same_file()
        # Read before the write lock is taken: a second connection must not wait for the first.
        _ = self.profile, self.calendar
        engine = self.engine.execution_options(**{READING: rehearsal})
        session = Session(engine, autoflush=False, expire_on_commit=False)
        try:
            session.connection()
            work = Work(session, officer, now or datetime.now(UTC), rehearsal=rehearsal)
            yield work
            work.commit()
        except SQLAlchemyError as error:
            raise_plainly(error, self.where)
        finally:
            session.close()

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()

    def _require_same_file(self) -> None:
        """Writes to a deleted file succeed without a word: so each write looks whether the file is still there."""
        try:
            same = self.path.stat().st_ino == self._inode
        except OSError:
            same = False
        if not same:
            raise RegisterError(f"{self.where} was moved, deleted or exchanged since it was opened. Nothing was saved.")


def create_register(where: str, profile_toml: str) -> Register:
    """Makes the database for a council's profile, and opens it. Raises RegisterError, BadProfile.

    The file appears whole under its name or not at all, readable by this user only.
    """
    read_profile(profile_toml)
    path = register_file(where)
    if path.exists():
        raise RegisterExists(str(path))
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        try:
            _fill(unfinished, profile_toml)
            os.link(unfinished, path)
        finally:
            unfinished.unlink()
    except FileExistsError:
        raise RegisterExists(str(path)) from None
    except OSError as error:
        raise RegisterError(f"A register cannot be made at {path}: {error.strerror}.") from None
    return open_register(str(path))


def open_register(where: str) -> Register:
    """Opens the register at `where`. Raises the RegisterError that says what is wrong with it."""
    path = register_file(where)
    require_register_file(path)
    engine = open_engine(path)
    try:
        with engine.execution_options(**{READING: True}).connect() as connection:
            shape = shape_of(connection)
        if shape is None:
            raise NotARegister(str(path), "it has no schema version")
        if shape != HEAD:
            if shape not in known_shapes():
                raise NewerRegister(str(path))
            migrate(engine)
    except SQLAlchemyError as error:
        raise_plainly(error, str(path))
    return Register(path, engine)


def _fill(path: Path, profile_toml: str) -> None:
    engine = open_engine(path)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.commit()
        migrate(engine)
        calendar = england().with_closures(read_profile(profile_toml).closures)
        with Session(engine) as session:
            session.add(Setting(key="profile", value=profile_toml))
            write_calendar(session, calendar, set(read_profile(profile_toml).closures))
            session.commit()
    finally:
        engine.dispose()


def write_calendar(session: Session, calendar: WorkingCalendar, closures: set[date]) -> None:
    """Stores the days off, and each working day with its ordinal."""
    session.execute(
        insert(DayOffRow),
        [{"day": day, "why": why, "closure": day in closures} for day, why in sorted(calendar.days_off.items())],
    )
    days: list[dict[str, object]] = []
    day = date(FIRST_YEAR, 1, 1)
    while day <= date(LAST_YEAR, 12, 31):
        if calendar.is_working_day(day):
            days.append({"day": day, "ordinal": len(days) + 1})
        day += ONE_DAY
    session.execute(insert(WorkingDay), days)
