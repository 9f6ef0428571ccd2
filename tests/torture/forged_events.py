"""Events that an attacker writes by SQL, and what the attacker knows of the register."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from feedback_tui.storage.audit.hash_chain import event_hash
from feedback_tui.storage.backend.sqlite_engine import canonical_json

BELOW = (
    "stage", "complaint_point", "party", "deadline", "extension", "remedy", "learning", "action", "contact", "chase",
    "attachment", "ombudsman_record", "event", "words", "viewing", "search",
)  # fmt: skip
"""The tables below a case."""


class Scene(NamedTuple):
    """What an attacker has found out: who they are, the last event, a case that they see, and the one they do not."""

    login: str
    last: tuple[int, str]
    seen: int
    hidden: int
    now: datetime


class Forged(NamedTuple):
    """A transaction that begins with an event of the login's own, as the program would write it in that moment, but for
    what is `other`; and goes on with statements."""

    other: dict[str, object]
    then: str = ""
    end: str = "COMMIT"


def forged_event(scene: Scene, other: dict[str, object]) -> str:
    fields: dict[str, object] = {
        "id": scene.last[0] + 1,
        "case_id": scene.seen,
        "step": "note",
        "happened_on": date(2026, 6, 30),
        "recorded_at": scene.now,
        "officer": scene.login,
        "from_status": None,
        "to_status": None,
        "reason": None,
        "details": {},
        "changes": [],
    }
    fields |= {name: value for name, value in other.items() if name in fields}
    if isinstance(moved := other.get("recorded_at"), timedelta):
        fields["recorded_at"] = scene.now + moved
    previous = str(other.get("previous_hash", scene.last[1]))
    digest = str(other.get("hash") or event_hash(fields, previous))
    values = {**fields, "previous_hash": previous, "hash": digest}
    written = ", ".join(sql_value(value) for value in values.values())
    return f"INSERT INTO public.event ({', '.join(values)}) VALUES ({written})"


def sql_value(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, dict | list):
        value = canonical_json(value)
    if isinstance(value, datetime):
        value = value.isoformat()
    text = str(value).replace("'", "''")
    return text if isinstance(value, int) else f"'{text}'"
