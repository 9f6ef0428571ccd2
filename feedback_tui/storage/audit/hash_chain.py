"""The chain of events: each one's hash covers all its fields and the hash before it, so no one can be changed alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256

from sqlalchemy.engine import Connection

from feedback_tui.storage.backend.sqlite_engine import canonical_json

FIRST = "0" * 64
"""What the first event has for the hash before it."""
JSON_FIELDS = ("details", "changes")
REGISTER_TABLES: Mapping[str, tuple[str, ...]] = {
    "setting": ("key", "value"),
    "day_off": ("day", "why", "closure"),
    "typed_figure": ("year", "name", "value"),
    "year_text": ("year", "section", "position", "text"),
}
"""What belongs to the register as a whole, and so to no case: small tables, whose digests stand in an event of their
own whenever they change (``Work.record_register``). The first columns name the row."""


def plain(value: object) -> object:
    """A column's value as JSON has it: dates as ISO text, moments as ISO text in UTC, words as their text."""
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | bool | type(None)) else str(value)


def event_hash(fields: Mapping[str, object], previous: str) -> str:
    """The hash of an event from its fields (all but the two hashes) and the hash of the event before it."""
    named = {name: value if isinstance(value, dict | list) else plain(value) for name, value in fields.items()}
    return _digest([named, previous])


def stored_event_hash(stored: Mapping[str, object], previous: str) -> str:
    """The hash of an event from its fields as the database holds them, JSON as its text.

    It is the hash of the same characters: the text that is stored is the text that was hashed, so none is read here.
    """
    fields = ",".join(
        f'"{name}":{value if name in JSON_FIELDS and isinstance(value, str) else canonical_json(value)}'
        for name, value in sorted(stored.items())
    )
    text = f'[{{{fields}}},"{previous}"]'
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def words_digest(salt: str, text: str) -> str:
    """The digest that an event names words by."""
    return sha256(f"{salt}\x00{text}".encode("utf-8", "surrogatepass")).hexdigest()


def register_digests(connection: Connection) -> dict[str, str]:
    """A digest of each table of the register as a whole, as it stands."""
    found: dict[str, str] = {}
    for table, columns in REGISTER_TABLES.items():
        rows = connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM {table}").all()
        found[table] = _digest(sorted([_number_or_text(value) for value in row] for row in rows))
    return found


def _number_or_text(value: object) -> str:
    # A boolean is 1 here and True on another database: the digest must be the same.
    return str(int(value)) if isinstance(value, bool) else str(plain(value))


def _digest(value: object) -> str:
    return sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()
