"""The hash chain of events: each hash covers all fields of the event and the hash before it, so that no single event
can be changed unnoticed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256

from sqlalchemy.engine import Connection

from feedback_tui.storage.backend.sqlite_engine import canonical_json

FIRST = "0" * 64
"""The previous hash of the first event."""
JSON_FIELDS = ("details", "changes")
REGISTER_TABLES: Mapping[str, tuple[str, ...]] = {
    "setting": ("key", "value"),
    "day_off": ("day", "why", "closure"),
    "typed_figure": ("year", "name", "value"),
    "year_text": ("year", "section", "position", "text"),
}
"""The tables of the whole register, which belong to no case, and their columns (key columns first). Whenever one
changes, an event records the digests of all (``UnitOfWork.record_register``)."""


def plain(value: object) -> object:
    """Converts a column's value to JSON: dates as ISO text, datetimes as ISO text in UTC, enums as their value."""
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | bool | type(None)) else str(value)


def event_hash(fields: Mapping[str, object], previous: str) -> str:
    """Returns the hash of an event from its fields (all but the two hashes) and the previous event's hash."""
    named = {name: value if isinstance(value, dict | list) else plain(value) for name, value in fields.items()}
    return _digest([named, previous])


def stored_event_hash(stored: Mapping[str, object], previous: str) -> str:
    """Returns the hash of an event from its stored fields, with JSON columns as text.

    JSON is not parsed: the stored text is the text that was hashed.
    """
    fields = ",".join(
        f'"{name}":{value if name in JSON_FIELDS and isinstance(value, str) else canonical_json(value)}'
        for name, value in sorted(stored.items())
    )
    text = f'[{{{fields}}},"{previous}"]'
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def words_digest(salt: str, text: str) -> str:
    """Returns the salted digest by which events refer to a text."""
    return sha256(f"{salt}\x00{text}".encode("utf-8", "surrogatepass")).hexdigest()


def register_digests(connection: Connection) -> dict[str, str]:
    """Returns a digest of the current rows of each table in `REGISTER_TABLES`, by table."""
    found: dict[str, str] = {}
    for table, columns in REGISTER_TABLES.items():
        rows = connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM {table}").all()
        found[table] = _digest(sorted([_number_or_text(value) for value in row] for row in rows))
    return found


def _number_or_text(value: object) -> str:
    # A boolean is 1 in SQLite and True in PostgreSQL; the digest must be the same.
    return str(int(value)) if isinstance(value, bool) else str(plain(value))


def _digest(value: object) -> str:
    return sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()
