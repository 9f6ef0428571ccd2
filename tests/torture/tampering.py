"""Changes made behind the program's back, by someone who knows SQL: ``check`` finds each."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from feedback_tui.storage.audit.check import check
from feedback_tui.storage.audit.hash_chain import event_hash
from feedback_tui.storage.backend.event_triggers import TRIGGERS
from feedback_tui.storage.backend.sqlite_engine import canonical_json
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.maintenance.backup import backup, backups_folder
from feedback_tui.storage.register import open_register
from tests.torture.count import Count

_COLUMNS = (
    "id", "case_id", "step", "happened_on", "recorded_at", "officer", "from_status", "to_status", "reason", "details",
    "changes", "previous_hash", "hash",
)  # fmt: skip
_NOT_PROMISED = {("feedback_case", "version")}
"""The version only tells two officers apart; it is no figure, date or event."""
_CASE_TABLES = (
    "feedback_case", "stage", "complaint_point", "party", "person", "deadline", "extension", "remedy", "learning",
    "action", "ombudsman_record", "words", "contact", "chase", "attachment",
)  # fmt: skip


@dataclass(frozen=True)
class Tampering:
    """One change: what it is, and the statements that make it."""

    what: str
    sql: tuple[tuple[str, tuple[object, ...]], ...]


def run(furnished: Path, folder: Path, every: int = 1) -> Count:
    """Tries every `every`-th tampering on a copy of the furnished register, with a backup beside it as anchor."""
    count = Count("Tampering with each field of each event and row is found")
    kept = open_register(str(furnished))
    backup(kept)
    kept.close()
    path = folder / furnished.name
    shutil.copytree(backups_folder(furnished), backups_folder(path))
    for number, tampering in enumerate(tamperings(furnished)):
        if number % every:
            continue
        shutil.copyfile(furnished, path)
        try:
            apply(path, tampering)
        except sqlite3.IntegrityError:
            count.tell("refused by the database itself")
            continue
        count.tried += 1
        if not noticed(path):
            count.broken.append(tampering.what)
    return count


def noticed(path: Path) -> bool:
    """Whether opening or checking the register at `path` says that something is wrong."""
    try:
        register = open_register(str(path))
    except RegisterError:
        return True
    try:
        return not check(register).sound
    finally:
        register.close()


def apply(path: Path, tampering: Tampering) -> None:
    """Makes the change as an attacker would: without the triggers, which stand there again afterwards."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        for sql, values in tampering.sql:
            connection.execute(sql, values)
        for trigger in TRIGGERS.values():
            connection.execute(trigger)
        connection.execute("COMMIT")


def tamperings(path: Path) -> Iterator[Tampering]:
    """Every single change to the register at `path` that is tried."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        events = [dict(row) for row in connection.execute("SELECT * FROM event ORDER BY id")]
        for event in events:
            yield from _of_an_event(event)
        yield from _of_the_chain(events)
        for table in _CASE_TABLES:
            for row in connection.execute(f"SELECT rowid, * FROM {table}").fetchall():
                yield from _of_a_row(table, dict(row))
        yield from _of_the_register(connection)


def _of_an_event(event: dict[str, Any]) -> Iterator[Tampering]:
    for column in _COLUMNS:
        for value in _other_values(column, event[column]):
            changed = {**event, column: value}
            yield _update(f"event {event['id']} ({event['step']}): {column}", event, changed)
            if column not in ("previous_hash", "hash"):
                good = {**changed, "hash": _rehashed(changed)}
                yield _update(f"event {event['id']} ({event['step']}): {column}, hash made good", event, good)
    yield Tampering(f"event {event['id']} removed", (("DELETE FROM event WHERE id = ?", (event["id"],)),))


def _of_the_chain(events: list[dict[str, Any]]) -> Iterator[Tampering]:
    last = events[-1]
    for cut in (1, 2, len(events) // 2):
        yield Tampering(f"the last {cut} events cut", (("DELETE FROM event WHERE id > ?", (last["id"] - cut,)),))
    forged = {**last, "id": last["id"] + 2, "previous_hash": last["hash"]}
    yield _insert("an event put in after a gap", {**forged, "hash": _rehashed(forged)})
    forged = {**last, "id": last["id"] + 1}
    yield _insert("an event put in that does not follow", {**forged, "hash": _rehashed(forged)})
    yield Tampering("the chain made anew from its second event", _anew(events[1:], {"officer": "Mallory"}))
    yield Tampering("the chain made anew as a whole", made_anew(events))


def made_anew(events: list[dict[str, Any]]) -> tuple[tuple[str, tuple[object, ...]], ...]:
    """What makes the whole chain anew, sound in itself, with the first event a microsecond later."""
    begun = datetime.fromisoformat(events[0]["recorded_at"]) + timedelta(microseconds=1)
    first = {**events[0], "recorded_at": begun.strftime("%Y-%m-%d %H:%M:%S.%f")}
    first["hash"] = _rehashed(first)
    return (*_update("", events[0], first).sql, *_anew(events[1:], {}, first["hash"]))


def _anew(
    events: list[dict[str, Any]], changes: dict[str, object], previous: str = ""
) -> tuple[tuple[str, tuple[object, ...]], ...]:
    anew: list[tuple[str, tuple[object, ...]]] = []
    previous = previous or events[0]["previous_hash"]
    for event in events:
        changed = {**event, **changes, "previous_hash": previous}
        changed["hash"] = previous = _rehashed(changed)
        anew += _update("", event, changed).sql
    return tuple(anew)


def _of_a_row(table: str, row: dict[str, Any]) -> Iterator[Tampering]:
    rowid = row.pop("rowid", row.get("id"))
    for column, value in row.items():
        if (table, column) in _NOT_PROMISED:
            continue
        for other in _other_values(column, value):
            sql = f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?'
            yield Tampering(f"{table} {rowid}: {column}", ((sql, (other, rowid)),))
    yield Tampering(f"{table} {rowid} removed", ((f"DELETE FROM {table} WHERE rowid = ?", (rowid,)),))
    if table == "words":
        double = {**row, "digest": "0" * 64}
    else:
        double = {**row, "id": 10_000}
        for unique in ("reference_key", "number"):
            if unique in double:
                double[unique] = 77
    columns = ", ".join(f'"{column}"' for column in double)
    marks = ", ".join("?" * len(double))
    sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
    yield Tampering(f"{table} {rowid} doubled", ((sql, tuple(double.values())),))


def _of_the_register(connection: sqlite3.Connection) -> Iterator[Tampering]:
    yield Tampering("the profile", (("UPDATE setting SET value = replace(value, '65', '60')", ()),))
    for day, why in connection.execute("SELECT day, why FROM day_off WHERE day LIKE '2026%'").fetchall():
        yield Tampering(f"day off {day}: why", (("UPDATE day_off SET why = ? WHERE day = ?", (why + "!", day)),))
        yield Tampering(f"day off {day} removed", (("DELETE FROM day_off WHERE day = ?", (day,)),))
        yield Tampering(
            f"day off {day}: closure", (("UPDATE day_off SET closure = 1 - closure WHERE day = ?", (day,)),)
        )
    yield Tampering("a working day", (("UPDATE working_day SET ordinal = -1 WHERE day = '2026-06-30'", ()),))
    yield Tampering("a working day removed", (("DELETE FROM working_day WHERE day = '2026-06-30'", ()),))
    yield Tampering("a figure put in", (("INSERT INTO typed_figure VALUES ('2022/23', 'assessments', '9')", ()),))
    trigger = "CREATE TRIGGER silent AFTER INSERT ON stage BEGIN UPDATE stage SET outcome = NULL; END"
    yield Tampering("a trigger put in", ((trigger, ()),))
    yield Tampering("an index removed", (("DROP INDEX ix_deadline_open", ()),))


def _other_values(column: str, value: object) -> Iterator[object]:
    if isinstance(value, int):
        yield value + (1000 if column == "id" else 1)
    elif value is None:
        # 1 is a value of any column: some other row's id, a true, a number of days.
        yield "2026-01-01" if column.endswith("_on") else 1
    elif column in ("details", "changes"):
        parsed = json.loads(str(value))
        yield f" {value}"
        for other in _other_leaves(parsed):
            yield canonical_json(other)
        yield canonical_json({**parsed, "x": 1} if isinstance(parsed, dict) else [*parsed, ["stage", 1, {}, {}]])
    elif value == "":
        yield "x"
    else:
        text = str(value)
        yield text[:-1] + ("1" if text[-1] == "0" else "0")
        if column not in ("hash", "previous_hash", "digest", "step", "id"):
            yield ""


def _other_leaves(value: Any) -> Iterator[Any]:
    """The JSON with one leaf of it changed, for each leaf."""
    if isinstance(value, dict):
        for key, each in value.items():
            for other in _other_leaves(each):
                yield {**value, key: other}
    elif isinstance(value, list):
        for number, each in enumerate(value):
            for other in _other_leaves(each):
                yield [*value[:number], other, *value[number + 1 :]]
    elif isinstance(value, bool) or value is None:
        yield "x"
    elif isinstance(value, int):
        yield value + 1
    else:
        yield f"{value}x"


def _rehashed(event: dict[str, Any]) -> str:
    """The hash that the event would have had, had it been written so."""
    fields = {name: event[name] for name in _COLUMNS[:-2]}
    try:
        fields["details"], fields["changes"] = json.loads(event["details"]), json.loads(event["changes"])
        fields["recorded_at"] = datetime.fromisoformat(event["recorded_at"]).replace(tzinfo=UTC)
    except ValueError:
        return "0" * 64
    return event_hash(fields, str(event["previous_hash"]))


def _update(what: str, event: dict[str, Any], changed: dict[str, Any]) -> Tampering:
    columns = ", ".join(f"{column} = ?" for column in _COLUMNS)
    values = (*(changed[column] for column in _COLUMNS), event["id"])
    return Tampering(what, ((f"UPDATE event SET {columns} WHERE id = ?", values),))


def _insert(what: str, event: dict[str, Any]) -> Tampering:
    marks = ", ".join("?" * len(_COLUMNS))
    sql = f"INSERT INTO event ({', '.join(_COLUMNS)}) VALUES ({marks})"
    return Tampering(what, ((sql, tuple(event[column] for column in _COLUMNS)),))
