"""The chain of events: each one's hash covers all its fields and the hash before it, so no one can be changed alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256

FIRST = "0" * 64
"""What the first event has for the hash before it."""


def plain(value: object) -> object:
    """A column's value as JSON has it: dates as ISO text, words as their text."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, int | float | bool | type(None)) else str(value)


def event_hash(fields: Mapping[str, object], previous: str) -> str:
    """The hash of an event from its fields (all but the two hashes) and the hash of the event before it."""
    named = {name: value if isinstance(value, dict | list) else plain(value) for name, value in sorted(fields.items())}
    text = json.dumps([named, previous], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def words_digest(salt: str, text: str) -> str:
    """The digest that an event names words by."""
    return sha256(f"{salt}\x00{text}".encode("utf-8", "surrogatepass")).hexdigest()
