"""Numbers new events, chains each to the one before, and inserts them. Single steps and bulk imports both use this.

The JSON of an event is built once: the text that is stored is the text that is hashed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple

from sqlmodel import Session

from feedback_tui.enums import Status, StepKey
from feedback_tui.models.event import Event
from feedback_tui.storage.audit.change_capture import Change
from feedback_tui.storage.audit.hash_chain import FIRST, plain
from feedback_tui.storage.backend.sqlite_engine import canonical_json, of_server
from feedback_tui.storage.bulk.inserts import Inserts, remembered
from feedback_tui.storage.errors import SavedEvent


@dataclass(frozen=True, slots=True)
class Told:
    """What the events of one step share. `details` is canonical JSON."""

    step: StepKey
    happened_on: date
    details: str


class _Alike(NamedTuple):
    """The parts that consecutive events of one step share: everything but the case, the changes, the reason, the number
    and the hashes."""

    told: Told
    from_status: Status | None
    to_status: Status | None
    row: list[object]
    """The row in the driver's form, without the values that differ."""
    before_number: str
    before_reason: str
    after_reason: str
    """The text to be hashed, in pieces around the values that differ."""


class EventRows:
    """Adds events after a register's last one. Numbers are assigned on `add`; the write lock keeps others from taking
    them."""

    def __init__(self, session: Session, officer: str, now: datetime) -> None:
        self._inserts = Inserts(Event, session, as_stored=("details", "changes"))
        self._officer, self._now = officer, now
        self._number, self._previous = last_event(session)
        self._text = remembered(lambda value: canonical_json(plain(value)))
        self._alike: _Alike | None = None
        place = {column: number for number, column in enumerate(self._inserts.order)}
        self._gaps = tuple(place[name] for name in ("id", "case_id", "reason", "changes", "previous_hash", "hash"))

    def add(
        self,
        told: Told,
        case_id: int | None,
        changed: str,
        from_status: Status | None,
        to_status: Status | None,
        reason: str | None = None,
    ) -> None:
        """Adds an event after the last one. `changed` is the canonical JSON of the changes."""
        self._number += 1
        alike = self._alike
        if (
            alike is None
            or alike.told is not told
            or alike.from_status is not from_status
            or alike.to_status is not to_status
        ):
            alike = self._alike = self._in_common(told, from_status, to_status)
        # The names are in alphabetical order, as in canonical JSON: the text must equal the one that event_hash hashes.
        hashed = (
            f'[{{"case_id":{"null" if case_id is None else case_id},"changes":{changed}{alike.before_number}'
            f"{self._number}{alike.before_reason}{'null' if reason is None else self._text[reason]}"
            f'{alike.after_reason}"{self._previous}"]'
        )
        digest = sha256(hashed.encode("utf-8", "surrogatepass")).hexdigest()
        row = alike.row.copy()
        own_id, of_case, why, what, previous, own = self._gaps
        row[own_id], row[of_case], row[why], row[what] = self._number, case_id, reason, changed
        row[previous], row[own] = self._previous, digest
        self._inserts.add_sent(row)
        self._previous = digest

    def _in_common(self, told: Told, from_status: Status | None, to_status: Status | None) -> _Alike:
        text = self._text
        row = self._inserts.sent(
            {
                "step": told.step,
                "happened_on": told.happened_on,
                "recorded_at": self._now,
                "officer": self._officer,
                "from_status": from_status,
                "to_status": to_status,
                "details": told.details,
            }
        )
        before_number = (
            f',"details":{told.details},"from_status":{text[from_status]},"happened_on":{text[told.happened_on]},"id":'
        )
        before_reason = f',"officer":{text[self._officer]},"reason":'
        after_reason = f',"recorded_at":{text[self._now]},"step":{text[told.step]},"to_status":{text[to_status]}}},'
        return _Alike(told, from_status, to_status, row, before_number, before_reason, after_reason)

    @property
    def last(self) -> SavedEvent:
        """The last event added; before any `add`, the register's last event."""
        return SavedEvent(self._number, self._previous)

    def write(self) -> None:
        """Inserts the events added since the last call."""
        self._inserts.write()


def changes_text(changes: Sequence[Change]) -> str:
    """Returns the canonical JSON of the changes."""
    return f"[{','.join([change if type(change) is str else canonical_json(change) for change in changes])}]"


def last_event(session: Session) -> tuple[int, str]:
    """Returns the number and hash of the register's last event, even if the server hides its case; (0, `FIRST`) if
    there is none."""
    connection = session.connection()
    asked = "SELECT id, hash FROM event WHERE id = (SELECT max(id) FROM event)"
    if of_server(connection):
        asked = "SELECT number, digest FROM public.feedback_last_event()"
    last = connection.exec_driver_sql(asked).first()
    return (last[0], last[1]) if last else (0, FIRST)
