"""Reads a register file with the sqlite3 driver and fixed SQL: opening it, and the first page of the queue.

Fast path, because loading SQLAlchemy and the models takes longer than reading any page of cases; see
`desk.queue.fast_first_page` for gain, cost, and when to delete it. Tested against SQLAlchemy by
tests/desk/test_queue_at_once.py (also that it refuses registers it cannot read) and tests/cli/test_start.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from feedback_tui.rules.laws import CountedByLaw
from feedback_tui.rules.working_days import WorkingCalendar, nation_of
from feedback_tui.storage.backend import schema_version
from feedback_tui.storage.backend.addresses import register_file
from feedback_tui.storage.backend.encryption_keys import key_of
from feedback_tui.storage.backend.sqlite_connection import begin_with, connect, require_register_file
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.setting_keys import CALENDAR, OFFICIAL_DAYS, PROFILE

T = TypeVar("T")


@dataclass(frozen=True)
class Moment:
    """A register at one moment: its settings, its days off, and a connection for queries."""

    settings: Mapping[str, str]
    calendar: WorkingCalendar
    _connection: sqlite3.Connection

    @cached_property
    def counted_by_law(self) -> CountedByLaw:
        """Tells which deadlines the council's closure days do not move."""
        return CountedByLaw(self.settings[PROFILE])

    def rows(self, sql: str, values: Mapping[str, str | int]) -> list[dict[str, Any]]:
        """Returns the rows of a statement as SQLite stores them: dates and enums are text."""
        return [dict(row) for row in self._connection.execute(sql, values)]


def at_once(where: str, read: Callable[[Moment], T]) -> T | None:
    """Returns what `read` returns for the register file at `where`, or None if it cannot be read this way.

    None for a register on a server, an encrypted or damaged one, or one with another schema version. The caller then
    uses the ordinary way, which migrates it, asks for its key, or reports the problem.
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
    except (OSError, sqlite3.Error, RegisterError, LookupError, TypeError, ValueError):
        return None


def _calendar(connection: sqlite3.Connection, stored: Mapping[str, str]) -> WorkingCalendar:
    """Returns the days off. Raises KeyError if they do not match the fingerprint in the settings."""
    rows = list(connection.execute("SELECT day, why, closure FROM day_off"))
    calendar = WorkingCalendar(
        {date.fromisoformat(row["day"]): row["why"] for row in rows},
        date.fromisoformat(stored[OFFICIAL_DAYS]),
        closures=frozenset(date.fromisoformat(row["day"]) for row in rows if row["closure"]),
        nation=nation_of(stored[CALENDAR]),
    )
    # Registers made before closure days counted separately have the older fingerprint.
    if stored[CALENDAR] not in (calendar.mark, calendar.fingerprint):
        raise KeyError(CALENDAR)
    return calendar
