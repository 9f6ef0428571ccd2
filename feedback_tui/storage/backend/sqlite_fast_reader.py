"""A register file read at once: the database's own driver, and text that was SQL before. SQLAlchemy and the models take
longer to load than any page takes to read, and a command at the prompt has nothing else to wait for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from feedback_tui.rules.laws import CountedByLaw
from feedback_tui.rules.working_days import WorkingCalendar
from feedback_tui.storage.backend import schema_version
from feedback_tui.storage.backend.addresses import register_file
from feedback_tui.storage.backend.encryption_keys import key_of
from feedback_tui.storage.backend.sqlite_connection import begin_with, connect, require_register_file
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.setting_keys import CALENDAR, OFFICIAL_DAYS, PROFILE

T = TypeVar("T")


@dataclass(frozen=True)
class Moment:
    """One moment of a register: its settings, the days off it counts with, and what is asked of it."""

    settings: Mapping[str, str]
    calendar: WorkingCalendar
    _connection: sqlite3.Connection

    @cached_property
    def counted_by_law(self) -> CountedByLaw:
        """Says which deadlines closure days of the council do not move."""
        return CountedByLaw(self.settings[PROFILE])

    def rows(self, sql: str, values: Mapping[str, str | int]) -> list[dict[str, Any]]:
        """What a statement gives, as the file has it: dates and closed words are text."""
        return [dict(row) for row in self._connection.execute(sql, values)]


def at_once(where: str, read: Callable[[Moment], T]) -> T | None:
    """What `read` gives of the register file at `where`.

    None for all but a sound, unencrypted file of this version's shape: the ordinary way then answers, or brings it up,
    asks for its key, or says what is wrong with it.
    """
    if "://" in where or key_of(path := register_file(where)) is not None:
        return None
    try:
        require_register_file(path)
        with closing(connect(path)) as connection:
            begin_with(connection, path)
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN")
            if [tuple(row) for row in connection.execute("SELECT version_num FROM alembic_version")] != [
                (schema_version.HEAD,)
            ]:
                return None
            stored = {row["key"]: row["value"] for row in connection.execute("SELECT key, value FROM setting")}
            return read(Moment(stored, _calendar(connection, stored), connection))
    except (sqlite3.Error, RegisterError, LookupError, TypeError, ValueError):
        return None


def _calendar(connection: sqlite3.Connection, stored: Mapping[str, str]) -> WorkingCalendar:
    """The days off, as they are now. Raises KeyError where the register does not say what it counts with."""
    rows = list(connection.execute("SELECT day, why, closure FROM day_off"))
    calendar = WorkingCalendar(
        {date.fromisoformat(row["day"]): row["why"] for row in rows},
        date.fromisoformat(stored[OFFICIAL_DAYS]),
        closures=frozenset(date.fromisoformat(row["day"]) for row in rows if row["closure"]),
    )
    # Registers were named by all their days off alike, before the closure days among them told.
    if stored[CALENDAR] not in (calendar.mark, calendar.fingerprint):
        raise KeyError(CALENDAR)
    return calendar
