"""Whether a register is what it should be: its file, its record of events, and the rows that the record describes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from feedback_tui.storage import schema
from feedback_tui.storage.backup import backups
from feedback_tui.storage.chain import FIRST, event_hash, register_digests
from feedback_tui.storage.engine import canonical_json
from feedback_tui.storage.health import Finding, Findings, Health
from feedback_tui.storage.replay import Replay

if TYPE_CHECKING:
    from feedback_tui.storage.register import Register

__all__ = ["Finding", "Health", "check"]

_FIELDS = (
    "id", "case_id", "step", "happened_on", "recorded_at", "officer", "from_status", "to_status", "reason", "details",
    "changes",
)  # fmt: skip
_SYNCHRONOUS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
_EVENTS_AT_A_TIME = 1000


def check(register: Register) -> Health:
    """Looks at everything in a register as it is at one moment; changes nothing.

    A finding means that integrity fails: damage, or a figure, date, text or event that is not what was recorded.
    A register that cannot even be opened raises RegisterError where it is opened.
    """
    findings = Findings()
    with register.reading() as session:
        connection = session.connection()
        head, replay = _Head(), Replay(connection, findings)
        cases: dict[str, int] = {}

        def read(part: str, look: Callable[[], None]) -> None:
            try:
                look()
            except (SQLAlchemyError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError) as error:
                cause = getattr(error, "orig", None) or error
                told = str(cause) if isinstance(cause, sqlite3.Error) else type(cause).__name__
                findings.add(part, f"It could not be read to the end ({told}).")

        read("file", lambda: _check_file(connection, register, findings))
        read("schema", lambda: _check_schema(connection, findings))
        read("events", lambda: _check_chain(connection, findings, head))
        read("rows", replay.run)
        read("register", lambda: _check_register(connection, findings, head))
        read("backups", lambda: _check_anchors(connection, register, findings, head))
        read("rows", lambda: cases.update(_cases(connection)))
        return Health(
            where=register.where,
            engine=f"SQLite {sqlite3.sqlite_version}",
            journal=_journal(connection),
            schema=schema.HEAD,
            cases=cases,
            events=head.events,
            head=head.hash,
            rows=replay.rows,
            texts=replay.texts,
            erased=replay.erased,
            days_off=head.days_off,
            anchors=head.anchors,
            strangers=head.strangers,
            findings=tuple(findings.kept),
            untold=findings.untold,
        )


@dataclass
class _Head:
    """What the record of events comes to."""

    events: int = 0
    first: str = ""
    number: int = 0
    hash: str = FIRST
    tables: dict[str, str] | None = None
    """The digests of the register's own tables, as the last event about them has them."""
    days_off: int = 0
    anchors: int = 0
    strangers: int = 0


def _check_file(connection: Connection, register: Register, findings: Findings) -> None:
    for (problem,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if problem != "ok":
            findings.add("file", f"The file is damaged: {problem}.")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    for row in broken:
        findings.add("file", f"Row {row[1]} of {row[0]} belongs to a row of {row[2]} that is not there.")
    size = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
    if register.path.stat().st_size % size:
        findings.add("file", "The file does not end where a page ends: its end was cut off or written over.")


def _check_schema(connection: Connection, findings: Findings) -> None:
    for problem in schema.differences(connection):
        findings.add("schema", problem)


def _check_chain(connection: Connection, findings: Findings, head: _Head) -> None:
    """Every event's hash from its fields as they are stored, its place in the chain, and the numbers without a gap."""
    sql = f"SELECT {', '.join(_FIELDS)}, previous_hash, hash FROM event ORDER BY id"
    for rows in connection.exec_driver_sql(sql).partitions(_EVENTS_AT_A_TIME):
        for *values, previous, stated in rows:
            number = int(values[0])
            if number != head.number + 1:
                gone = f"event {head.number + 1}" + (f" to {number - 1}" if number - head.number > 2 else "")
                findings.add("events", f"The record has a gap before event {number}: {gone} was removed.")
            elif previous != head.hash:
                findings.add("events", f"The chain breaks between event {head.number} and event {number}.")
            fields = _as_hashed(dict(zip(_FIELDS, values, strict=True)))
            if fields is None or event_hash(fields, previous) != stated:
                findings.add("events", f"Event {number} is not what was recorded.")
            elif fields["case_id"] is None and isinstance(fields["details"], dict):
                head.tables = fields["details"].get("tables", head.tables)
            head.events += 1
            head.first = head.first or stated
            head.number, head.hash = number, stated


def _as_hashed(stored: dict[str, Any]) -> dict[str, object] | None:
    """The fields of an event as they were hashed; None where one is not in the form that it was written in."""
    fields: dict[str, object] = dict(stored)
    for name in ("details", "changes"):
        if isinstance(stored[name], str):
            try:
                fields[name] = json.loads(stored[name])
            except ValueError:
                return None
            if canonical_json(fields[name]) != stored[name]:
                return None
    if isinstance(recorded := stored["recorded_at"], str):
        try:
            moment = datetime.fromisoformat(recorded)
        except ValueError:
            return None
        if moment.strftime("%Y-%m-%d %H:%M:%S.%f") != recorded:
            return None
        fields["recorded_at"] = moment.replace(tzinfo=UTC)
    return fields


def _check_register(connection: Connection, findings: Findings, head: _Head) -> None:
    """What belongs to no case: the profile, the days off, typed figures; and the working days that follow from them."""
    stands = register_digests(connection)
    if head.tables is None:
        findings.add("register", "No event tells of the profile and the days off.")
    for table, digest in (head.tables or {}).items():
        if stands.get(table) != digest:
            findings.add("register", f"The table {table} is not what was recorded.")
    off = {_day(row[0]) for row in connection.exec_driver_sql("SELECT day FROM day_off")}
    head.days_off = len(off)
    numbered = connection.exec_driver_sql("SELECT day, ordinal FROM working_day ORDER BY day").all()
    if not numbered:
        findings.add("register", "There are no working days.")
        return
    begin, end = date(_day(numbered[0][0]).year, 1, 1), date(_day(numbered[-1][0]).year, 12, 31)
    ordinals_off = {day.toordinal() for day in off}
    days = (n for n in range(begin.toordinal(), end.toordinal() + 1) if (n - 1) % 7 < 5 and n not in ordinals_off)
    expected = [(date.fromordinal(day).isoformat(), number) for number, day in enumerate(days, start=1)]
    if [(str(row[0]), row[1]) for row in numbered] != expected:
        findings.add("register", "The working days do not follow from the days off.")


def _day(stored: object) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(str(stored))


def _check_anchors(connection: Connection, register: Register, findings: Findings, head: _Head) -> None:
    """The backups' anchors: a chain cannot see that its own end was cut, or that all of it was made anew."""
    for backup in backups(register.where):
        if backup.set_aside is not None:
            continue
        if backup.first != head.first:
            head.strangers += 1
            continue
        found = connection.exec_driver_sql("SELECT hash FROM event WHERE id = ?", (backup.last_event,)).scalar()
        if found == backup.head:
            head.anchors += 1
        elif found is None:
            findings.add(
                "backups",
                f"The record ends at event {head.number}; the backup {backup.path.name} had {backup.last_event}.",
            )
        else:
            findings.add("backups", f"Event {backup.last_event} is not the one that the backup {backup.path.name} had.")


def _cases(connection: Connection) -> dict[str, int]:
    found = connection.exec_driver_sql("SELECT kind, count(*) FROM feedback_case GROUP BY kind ORDER BY 2 DESC, 1")
    return {str(kind): int(count) for kind, count in found}


def _journal(connection: Connection) -> str:
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    return f"journal {mode}, synchronous {_SYNCHRONOUS.get(int(synchronous), synchronous)}"
