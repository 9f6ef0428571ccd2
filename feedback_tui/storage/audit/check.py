"""Checks the integrity of a register: its file, its event record, and the rows that the events describe."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from feedback_tui.rules.working_days import both_counts, nation_of
from feedback_tui.storage.audit.anchors import Anchor, misfit, once_was
from feedback_tui.storage.audit.check_findings import Finding, Findings, Health, NoOrder
from feedback_tui.storage.audit.hash_chain import FIRST, JSON_FIELDS, plain, register_digests, stored_event_hash
from feedback_tui.storage.audit.replay import Replay
from feedback_tui.storage.backend import schema
from feedback_tui.storage.backend import schema_version as version
from feedback_tui.storage.backend.file_errors import database_errors
from feedback_tui.storage.backend.server_timeouts import long_work
from feedback_tui.storage.backend.sqlite_engine import READING, of_server
from feedback_tui.storage.errors import BrokenRegister
from feedback_tui.storage.maintenance.backup import backups
from feedback_tui.storage.search import search_index
from feedback_tui.storage.setting_keys import CALENDAR
from feedback_tui.vocabulary import UnknownWord

if TYPE_CHECKING:
    from feedback_tui.storage.opened_register import Register

__all__ = ["Finding", "Health", "check"]

_FIELDS = (
    "id", "case_id", "step", "happened_on", "recorded_at", "officer", "from_status", "to_status", "reason", "details",
    "changes",
)  # fmt: skip
_SYNCHRONOUS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
_EVENTS_AT_A_TIME = 1000


@long_work()
def check(register: Register, anchors: Sequence[Anchor] = ()) -> Health:
    """Checks everything in a register. It changes nothing, and releases its read lock between parts so that others can
    write.

    `anchors` are anchors kept outside the register; each is compared with the event it names.

    A finding means lost integrity: damage, or a figure, date, text or event that differs from what was recorded. Raises
    HiddenCases if the server hides cases from this login.
    """
    # Damage found here is reported by the parts below.
    with suppress(BrokenRegister), register.reading():
        pass
    register.require_all_cases("the register cannot be checked without: a keeper checks it")
    findings, head, cases, of_index = Findings(), _Head(), dict[str, int](), list[str]()
    with register.engine.execution_options(**{READING: True}).connect() as connection:
        replay = Replay(connection, findings)
        parts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("file", lambda: _check_file(connection, register, findings, of_index)),
            ("schema", lambda: _check_schema(connection, findings)),
            ("events", lambda: _check_chain(connection, findings, head)),
            ("rows", replay.run),
            ("register", lambda: _check_register(connection, findings, head)),
            ("words", lambda: _check_erased(connection, register, findings)),
            ("backups", lambda: _check_backups(connection, register, findings, head)),
            ("anchors", lambda: _check_anchors(connection, anchors, findings, head)),
            ("rows", lambda: cases.update(_cases(connection))),
            ("search", lambda: _check_search(connection, of_index, findings)),
        )
        for part, look in parts:
            try:
                look()
            except (SQLAlchemyError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError) as error:
                cause = getattr(error, "orig", None) or error
                told = str(cause) if isinstance(cause, (*database_errors(), NoOrder)) else type(cause).__name__
                findings.add(part, f"It could not be read to the end ({told}).")
            # Releases the read lock: with a rollback journal nobody can save while it is held.
            connection.rollback()
        return Health(
            where=register.where,
            engine=_engine(connection),
            journal=_journal(connection),
            schema=version.HEAD,
            cases=cases,
            events=head.events,
            head=head.hash,
            rows=replay.rows,
            texts=replay.texts,
            erased=replay.erased,
            days_off=head.days_off,
            anchors=head.anchors,
            strangers=head.strangers,
            aside=head.aside,
            given=head.given,
            last=head.number,
            findings=tuple(findings.kept),
            untold=findings.untold,
        )


@dataclass
class _Head:
    """Running totals of the check: events, the last event, days off, and backups and anchors compared."""

    events: int = 0
    first: str = ""
    number: int = 0
    hash: str = FIRST
    days_off: int = 0
    anchors: int = 0
    strangers: int = 0
    aside: int = 0
    given: int = 0


def _check_file(connection: Connection, register: Register, findings: Findings, of_index: list[str]) -> None:
    """Checks the database file. What SQLite reports about the search index is added to `of_index` instead of
    `findings`."""
    if of_server(connection):
        return  # Its pages and keys are the server's own care.
    codes = connection.exec_driver_sql("PRAGMA cipher_integrity_check")
    for (problem,) in codes.all() if codes.returns_rows else ():
        findings.add("file", f"The file is damaged: {problem}.")
    for (problem,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if search_index.is_named_in(problem):
            of_index.append(problem)
        elif problem != "ok":
            findings.add("file", f"The file is damaged: {problem}.")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    for row in broken:
        findings.add("file", f"Row {row[1]} of {row[0]} belongs to a row of {row[2]} that is not there.")
    size = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
    if register.path.stat().st_size % size:
        findings.add("file", "The file does not end where a page ends: its end was cut off or written over.")


def _check_search(connection: Connection, of_index: Sequence[str], findings: Findings) -> None:
    """Compares the search index with the rows. `of_index` holds what SQLite itself reported about the index, which
    newer versions do."""
    if wrong := search_index.differences(connection):
        some = f"{wrong} cases" if wrong > 1 else "one case"
        findings.add("search", f"What is searched is not what {some} say{'s' if wrong == 1 else ''}.")
    elif of_index:
        findings.add("search", f"The index of words is damaged: {of_index[0]}.")


def _check_schema(connection: Connection, findings: Findings) -> None:
    for problem in schema.differences(connection):
        findings.add("schema", problem)


def _check_chain(connection: Connection, findings: Findings, head: _Head) -> None:
    """Checks each event's hash against its stored fields, its link to the event before, and that no number is missing.
    Problems go to `findings`. Raises NoOrder if events are not in the order of their numbers."""
    # The hash covers the text that a SQLite file stores; a server is asked for the same text.
    as_text = {*JSON_FIELDS, "happened_on"} if of_server(connection) else ()
    columns = ", ".join(f"CAST({name} AS text)" if name in as_text else name for name in _FIELDS)
    while True:
        sql = f"SELECT {columns}, previous_hash, hash FROM event WHERE id > {head.number} ORDER BY id"
        rows = connection.exec_driver_sql(f"{sql} LIMIT {_EVENTS_AT_A_TIME}").all()
        if not rows:
            return
        for *values, previous, stated in rows:
            if values[0] <= head.number:
                raise NoOrder(f"event {values[0]} stands after event {head.number}")
            _check_event(dict(zip(_FIELDS, values, strict=True)), previous, stated, findings, head)
        connection.rollback()


def _check_event(fields: dict[str, object], previous: str, stated: str, findings: Findings, head: _Head) -> None:
    number = fields["id"]
    assert isinstance(number, int)
    if number != head.number + 1:
        gone = f"event {head.number + 1}" + (f" to {number - 1}" if number - head.number > 2 else "")
        findings.add("events", f"The record has a gap before event {number}: {gone} was removed.")
    elif previous != head.hash:
        findings.add("events", f"The chain breaks between event {head.number} and event {number}.")
    moment = _moment(fields["recorded_at"])
    if moment is None or stored_event_hash({**fields, "recorded_at": moment}, previous) != stated:
        findings.add("events", f"Event {number} is not what was recorded.")
    head.events += 1
    head.first = head.first or stated
    head.number, head.hash = number, stated


def _moment(stored: object) -> object:
    """Returns the recorded time in the form that was hashed, or None if it is not stored in the expected form."""
    if not isinstance(stored, str):
        return plain(stored)
    try:
        moment = datetime.fromisoformat(stored)
    except ValueError:
        return None
    return plain(moment) if moment.strftime("%Y-%m-%d %H:%M:%S.%f") == stored else None


def _check_register(connection: Connection, findings: Findings, head: _Head) -> None:
    """Checks the tables of the whole register against their last recorded digests, and the working days against the
    days off."""
    stands = register_digests(connection)
    sql = "SELECT details FROM event WHERE case_id IS NULL ORDER BY id DESC LIMIT 1"
    last = connection.exec_driver_sql(sql).scalar()
    told = (json.loads(last) if isinstance(last, str) else last or {}).get("tables", {})
    for table in stands:
        if stands[table] != told.get(table):
            findings.add("register", f"The table {table} is not what was recorded.")
    stored = connection.exec_driver_sql("SELECT day, closure FROM day_off").all()
    off, closures = {_day(row[0]) for row in stored}, {_day(row[0]) for row in stored if row[1]}
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
    mark = connection.exec_driver_sql(f"""SELECT value FROM setting WHERE "key" = '{CALENDAR}'""").scalar()
    try:
        nation = nation_of(str(mark or ""))
    except UnknownWord:
        findings.add("register", "The nation whose bank holidays it counts by is not known.")
        return
    sql = f"SELECT day, in_law, for_council FROM calendar_day WHERE calendar = '{nation}' ORDER BY day"
    counts = [(_day(row[0]), row[1], row[2]) for row in connection.exec_driver_sql(sql)]
    expected_counts = list(both_counts({day: day in closures for day in off}, begin, end))
    # If the days off already differ from the record, their derived counts are not reported as well.
    if counts != expected_counts and stands["day_off"] == told.get("day_off"):
        findings.add("register", "The counts of working days do not follow from the days off.")


def _day(stored: object) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(str(stored))


def _check_erased(connection: Connection, register: Register, findings: Findings) -> None:
    """Compares with the list of erased cases beside the register: a backup copied into place by hand brings erased text
    back."""
    from feedback_tui.storage.maintenance.erased_cases import read_list, unerased

    if of_server(connection):
        return
    for each in unerased(connection, read_list(register.path)).values():
        findings.add("words", f"{each.reference} was erased on {each.on}, and has its words again: erase it once more.")


def _check_backups(connection: Connection, register: Register, findings: Findings, head: _Head) -> None:
    """Compares the last event of each backup: the hash chain cannot show that its end was cut off or that it was
    rewritten."""
    if of_server(connection):
        return
    for backup in backups(register.where):
        if backup.set_aside is not None:
            head.aside += 1
            continue
        if backup.first != head.first:
            if once_was(connection, backup.path):
                words = f"The backup {backup.path.name} was made of this register, and its record began otherwise: "
                findings.add("backups", f"{words}all of it was made anew since.")
            else:
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


def _check_anchors(connection: Connection, anchors: Sequence[Anchor], findings: Findings, head: _Head) -> None:
    """Compares the anchors that were given: unlike the backups, they cannot be removed with the register's folder."""
    for anchor in anchors:
        if wrong := misfit(connection, anchor, head.number):
            findings.add("anchors", wrong)
        else:
            head.given += 1


def _cases(connection: Connection) -> dict[str, int]:
    found = connection.exec_driver_sql("SELECT kind, count(*) FROM feedback_case GROUP BY kind ORDER BY 2 DESC, 1")
    return {str(kind): int(count) for kind, count in found}


def _engine(connection: Connection) -> str:
    if of_server(connection):
        return f"PostgreSQL {connection.exec_driver_sql('SHOW server_version').scalar_one()}"
    version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    found = connection.exec_driver_sql("PRAGMA cipher_version")
    cipher = found.scalar() if found.returns_rows else None
    return f"SQLite {version}" + (f", encrypted by SQLCipher {cipher}" if cipher else "")


def _journal(connection: Connection) -> str:
    if of_server(connection):
        return f"synchronous commit {connection.exec_driver_sql('SHOW synchronous_commit').scalar_one()}"
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    return f"journal {mode}, synchronous {_SYNCHRONOUS.get(int(synchronous), synchronous)}"
