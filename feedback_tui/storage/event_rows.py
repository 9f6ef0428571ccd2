"""Events on their way in: each is numbered, chained to the one before it, and written; one writer for one and for many.

The JSON of an event is written once: the text that is stored is the text that is hashed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256

from sqlmodel import Session, col, select

from feedback_tui.models.event import Event
from feedback_tui.storage.capture import Change
from feedback_tui.storage.chain import FIRST, plain
from feedback_tui.storage.engine import canonical_json
from feedback_tui.storage.inserts import Inserts, remembered
from feedback_tui.words import Status, StepKey


class Side(dict[str, object]):
    """One side of a change that many rows have in common: its JSON is written once for all of them."""

    @cached_property
    def text(self) -> str:
        """Its canonical JSON. Asked for, its values may not change any more."""
        return canonical_json(self)


@dataclass(frozen=True, slots=True)
class Told:
    """What the events of one step have in common; `details` are canonical JSON."""

    step: StepKey
    happened_on: date
    details: str


class EventRows:
    """The next events of a register. Numbers are given as events are added, which the write lock makes safe."""

    def __init__(self, session: Session, officer: str, now: datetime) -> None:
        self._inserts = Inserts(Event, session, as_stored=("details", "changes"))
        self._officer, self._now = officer, now
        self._number, self._previous = last_event(session)
        self._text = remembered(lambda value: canonical_json(plain(value)))

    def add(
        self,
        told: Told,
        case_id: int | None,
        changed: str,
        from_status: Status | None,
        to_status: Status | None,
        reason: str | None = None,
    ) -> None:
        """Takes an event; it follows the one before. `changed` is the canonical JSON of what was changed."""
        self._number += 1
        text = self._text
        # The names in order, as canonical JSON has them: the same characters as chain.event_hash makes.
        hashed = (
            f'[{{"case_id":{"null" if case_id is None else case_id},"changes":{changed},"details":{told.details},'
            f'"from_status":{text[from_status]},"happened_on":{text[told.happened_on]},"id":{self._number},'
            f'"officer":{text[self._officer]},"reason":{text[reason]},"recorded_at":{text[self._now]},'
            f'"step":{text[told.step]},"to_status":{text[to_status]}}},"{self._previous}"]'
        )
        digest = sha256(hashed.encode("utf-8", "surrogatepass")).hexdigest()
        self._inserts.add(
            {
                "id": self._number,
                "case_id": case_id,
                "step": told.step,
                "happened_on": told.happened_on,
                "recorded_at": self._now,
                "officer": self._officer,
                "from_status": from_status,
                "to_status": to_status,
                "reason": reason,
                "details": told.details,
                "changes": changed,
                "previous_hash": self._previous,
                "hash": digest,
            }
        )
        self._previous = digest

    def write(self) -> None:
        """Inserts what was added since the last time."""
        self._inserts.write()


def changes_text(changes: Sequence[Change]) -> str:
    """The canonical JSON of what was changed."""
    if changes and type(changes[0][2]) is Side:
        return f"[{','.join(map(_change_text, changes))}]"
    return canonical_json(changes)


def _change_text(change: Change) -> str:
    table, row_id, before, after = change
    sides = f"{_side_text(before)},{_side_text(after)}"
    return f'["{table}",{row_id},{sides}]'


def _side_text(side: object) -> str:
    return side.text if type(side) is Side else canonical_json(side)


def last_event(session: Session) -> tuple[int, str]:
    """The number and hash of the last event: what the next one follows."""
    last = session.execute(select(col(Event.id), col(Event.hash)).order_by(col(Event.id).desc()).limit(1)).first()
    return (last[0], last[1]) if last else (0, FIRST)
